import { useTranslation } from 'react-i18next'
import type { EvidenceStep } from '#app/domain/awards/award.ts'
import { formatPercent } from '#app/domain/money/percent.ts'
import { formatInstant, formatLocalDate } from '../figures/format-date.ts'
import { useMoneyText } from '../figures/money.tsx'

export interface AwardStepsProps {
  steps: EvidenceStep[]
  /** What the steps count: pieces for `units` and `restocked_units`, else money. */
  metric: string
  currency: string
  timeZone: string
}

/** How an award came to its amount, one step a line, with the numbers that are kept with it. */
export function AwardSteps(props: AwardStepsProps) {
  const say = useStepWords(props)
  return (
    <ol className="fil-sentences">
      {props.steps.map((step) => (
        <li key={JSON.stringify(step)}>{say(step)}</li>
      ))}
    </ol>
  )
}

function useStepWords({ metric, currency, timeZone }: AwardStepsProps): (step: EvidenceStep) => string {
  const { t, i18n } = useTranslation()
  const moneyText = useMoneyText()
  const money = (minor = '0') => moneyText(minor, currency)
  const count = (number = '0') => new Intl.NumberFormat(i18n.language).format(BigInt(number))
  const measure = metric === 'units' ? count : money
  const day = (at = '') =>
    at.includes('T')
      ? formatInstant(at, 'date', i18n.language, timeZone)
      : formatLocalDate(at, 'date', i18n.language)
  return (step) => {
    const measured = measure(step.measured)
    switch (step.name) {
      case 'bracket': {
        const share = formatPercent(step.shareBps ?? 0, i18n.language)
        const words = { from: measure(step.from), measured, share, amount: money(step.amountMinor) }
        return step.to
          ? t('awards.steps.between', { ...words, to: measure(step.to) })
          : t('awards.steps.above', words)
      }
      case 'restock':
        return t('awards.steps.restock', {
          at: day(step.at),
          from: count(step.from),
          to: count(step.to ?? '0'),
          units: count(step.measured),
        })
      case 'window_guaranteed':
        return t('awards.steps.guaranteed', { to: day(step.to ?? ''), amount: money(step.amountMinor) })
      case 'window_earned':
        return t('awards.steps.earned', { to: day(step.to ?? ''), amount: money(step.amountMinor) })
      case 'first_order':
        return t('awards.steps.firstOrder', { at: day(step.at), net: measured })
      case 'repeat_order':
        return t('awards.steps.repeatOrder', { at: day(step.at), net: measured })
      default:
        return t('awards.steps.otherOrder', { at: day(step.at), net: measured })
    }
  }
}
