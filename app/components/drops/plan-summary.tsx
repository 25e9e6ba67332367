import { BlockStack, Card, List, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { TypedProblem } from '#app/domain/drops/typed-plan.ts'
import type { DropFormView } from '#app/features/drops/drop-form-view.server.ts'
import { formatInstant } from '../figures/format-date.ts'
import { refusalText } from '../form/form-outcome.ts'
import { type DropFormValues, namesIn } from './drop-form-values.ts'
import { durationText } from './duration-text.ts'
import { instantOf } from './move-acts.ts'
import { refusalOf } from './plan-problems.ts'
import { placeOfZone } from './use-viewer-zone.ts'

/** Stays in sight beside the form, and scrolls by itself where the window is low. */
const inSight = {
  position: 'sticky',
  top: 'var(--p-space-400)',
  maxHeight: 'calc(100vh - var(--p-space-800))',
  overflowY: 'auto',
} as const

export interface PlanSummaryProps {
  values: DropFormValues
  view: DropFormView
  problems: readonly TypedProblem[]
}

/** The plan as it stands in sentences, and what it still lacks before it can be scheduled. */
export function PlanSummary({ values, view, problems }: PlanSummaryProps) {
  const { t, i18n } = useTranslation()
  const sentences = useSentences(values, view)
  const toDo = [
    ...new Set(
      problems.map((problem) =>
        refusalText(refusalOf(problem, view.timeZone, i18n.language), (key, params) => t(key, params ?? {})),
      ),
    ),
  ]
  return (
    <div>
      <div style={inSight}>
        <BlockStack gap="400">
          <Card>
            <BlockStack gap="300">
              <Text as="h2" variant="headingMd">
                {t('drops.words.title')}
              </Text>
              <List>
                {sentences.map((sentence) => (
                  <List.Item key={sentence}>{sentence}</List.Item>
                ))}
              </List>
            </BlockStack>
          </Card>
          <Card>
            <BlockStack gap="300">
              <Text as="h2" variant="headingMd">
                {t('drops.words.toDo')}
              </Text>
              {toDo.length === 0 ? (
                <Text as="p">{t('drops.words.complete')}</Text>
              ) : (
                <List>
                  {toDo.map((text) => (
                    <List.Item key={text}>{text}</List.Item>
                  ))}
                </List>
              )}
            </BlockStack>
          </Card>
        </BlockStack>
      </div>
    </div>
  )
}

function useSentences(values: DropFormValues, { timeZone, currency }: DropFormView): string[] {
  const { t, i18n } = useTranslation()
  const { language } = i18n
  const at = (kind: string) => {
    const act = values.acts.find((one) => one.kind === kind)
    return act ? instantOf(act.local, timeZone) : null
  }
  const time = (instant: string) => formatInstant(instant, 'exact', language, timeZone)
  const sentences: string[] = []
  const [teaser, early, open, close] = [at('teaser'), at('early_access'), at('open'), at('close')]
  const place = placeOfZone(timeZone)
  if (teaser) sentences.push(t('drops.words.teaser', { time: time(teaser) }))
  if (early) sentences.push(t('drops.words.early', { time: time(early), who: whoIsEarly(values, t) }))
  if (open) sentences.push(t('drops.words.open', { time: time(open), place }))
  const [hero, ...others] = values.pieces
  if (hero) sentences.push(t('drops.words.sells', { hero: hero.title, count: others.length }))
  for (const act of values.acts) {
    const units = values.waves
      .filter(({ actId }) => actId === act.id)
      .reduce((sum, wave) => sum + (/^\d{1,7}$/.test(wave.units) ? Number(wave.units) : 0), 0)
    const instant = instantOf(act.local, timeZone)
    if (units > 0 && instant) sentences.push(t('drops.words.wave', { count: units, time: time(instant) }))
  }
  if (open && close && close > open) {
    const lasts = durationText(Date.parse(close) - Date.parse(open), language)
    sentences.push(t('drops.words.close', { time: time(close), lasts }))
  }
  if (/^\d+$/.test(values.limit.trim()))
    sentences.push(t('drops.words.limit', { count: Number(values.limit) }))
  if (values.priceKind !== 'none' && values.priceOff.trim() !== '') {
    const off = values.priceKind === 'percent' ? `${values.priceOff} %` : `${values.priceOff} ${currency}`
    sentences.push(t('drops.words.price', { off }))
  }
  return sentences
}

function whoIsEarly(values: DropFormValues, t: (key: string) => string): string {
  const who = [
    ...namesIn(values.earlyTags),
    ...namesIn(values.earlyTiers),
    ...(values.earlyPastBuyers ? [t('drops.words.pastBuyers')] : []),
    ...(values.earlyPasses ? [t('drops.words.passes')] : []),
  ]
  return who.length > 0 ? who.join(', ') : t('drops.words.nobodyYet')
}
