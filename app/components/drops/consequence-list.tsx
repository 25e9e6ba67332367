import { List } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { ActRef, Consequence } from '#app/domain/drops/drop-state.ts'
import { formatInstant } from '../figures/format-date.ts'

export interface ConsequenceListProps {
  consequences: readonly Consequence[]
  timeZone: string
  /** Titles by variant. */
  titles: ReadonlyMap<string, string>
}

/** What follows from a press, said before it is made. */
export function ConsequenceList(props: ConsequenceListProps) {
  const say = useConsequenceText(props)
  const sentences = props.consequences.flatMap(say)
  return (
    <List>
      {sentences.map((sentence) => (
        <List.Item key={sentence}>{sentence}</List.Item>
      ))}
    </List>
  )
}

function useConsequenceText({ timeZone, titles }: ConsequenceListProps) {
  const { t, i18n } = useTranslation()
  const time = (at: string) => formatInstant(at, 'exact', i18n.language, timeZone)
  const clock = (at: string) => formatInstant(at, 'seconds', i18n.language, timeZone)
  const acts = (refs: readonly ActRef[]) =>
    refs
      .map(({ kind, at }) => t('drops.follows.act', { act: t(`drops.act.${kind}`), time: clock(at) }))
      .join(', ')
  return (consequence: Consequence): string[] => {
    const key = `drops.follows.${consequence.kind}`
    switch (consequence.kind) {
      case 'selling_stops':
      case 'selling_goes_on':
        return [t(key, { time: clock(consequence.checkoutBy) })]
      case 'pieces_unpublished':
        return [t(key, { count: consequence.variantIds.length })]
      case 'stock_reserved':
      case 'stock_stays_reserved':
      case 'stock_returns': {
        const units = new Map<string, number>()
        for (const wave of consequence.waves)
          units.set(wave.variantId, (units.get(wave.variantId) ?? 0) + wave.units)
        return [...units].map(([variantId, count]) =>
          t(key, { count, title: titles.get(variantId) ?? t('drops.follows.aPiece') }),
        )
      }
      case 'acts_wait':
      case 'acts_skipped':
      case 'acts_run_at_once':
      case 'acts_run':
        return consequence.acts.length > 0 ? [t(key, { acts: acts(consequence.acts) })] : []
      case 'act_moves':
        return [
          t(key, {
            act: t(`drops.act.${consequence.act.kind}`),
            from: time(consequence.act.at),
            to: time(consequence.to),
          }),
        ]
      case 'told_end_changes':
        return [t(key, { from: time(consequence.from), to: time(consequence.to) })]
      case 'hold_ends_with':
        return [t(key, { time: time(consequence.closeAt) })]
      case 'price_ends':
        return [t(key, { time: time(consequence.at) })]
      case 'orders_stay':
      case 'final':
        return [t(key)]
    }
  }
}
