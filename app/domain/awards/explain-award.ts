import { formatMoney } from '../money/format-amount.ts'
import { formatPercent } from '../money/percent.ts'
import { type Sentence, sentence } from '../sentence.ts'
import type { AwardEvidence } from './award.ts'

/** Why an award came to this amount, in the reader's locale. Names no shopper and no order. */
export function explainAward(evidence: AwardEvidence, targetMinor: bigint, locale: string): Sentence {
  switch (evidence.rule) {
    case 'tier_marginal':
    case 'tier_retroactive':
      return explainTier(evidence, targetMinor, locale)
    case 'retention':
      return explainRetention(evidence, targetMinor, locale)
    case 'guarantee_minimum':
    case 'guarantee_restock':
      return explainGuarantee(evidence, targetMinor, locale)
  }
}

/** A short name of an award for lists and statements. */
export function nameAward(evidence: Pick<AwardEvidence, 'rule' | 'facts'>, locale = 'en'): Sentence {
  const window = windowText(textOf(evidence.facts.window), locale)
  switch (evidence.rule) {
    case 'tier_marginal':
    case 'tier_retroactive':
      return sentence('award.name.tier', 'Tier extra, sales of {month}', {
        month: windowText(textOf(evidence.facts.month), locale),
      })
    case 'retention':
      return sentence('award.name.retention', 'Retention bonus')
    case 'guarantee_minimum':
      return evidence.facts.window === 'agreement'
        ? sentence('award.name.guarantee_agreement', 'Guaranteed minimum of the agreement')
        : sentence('award.name.guarantee', 'Guaranteed minimum, {window}', { window })
    case 'guarantee_restock':
      return sentence('award.name.restock', 'Restock guarantee until {endsOn}', {
        endsOn: dateText(textOf(evidence.facts.endsOn), locale),
      })
  }
}

function explainTier(evidence: AwardEvidence, targetMinor: bigint, locale: string): Sentence {
  const { facts, threshold, measured } = evidence
  const params = {
    measured: counted(evidence, measured, locale),
    threshold: threshold === null ? '' : counted(evidence, threshold, locale),
    base: percentOf(facts.baseShareBps, locale),
    share: percentOf(facts.shareBps, locale),
    amount: formatMoney(targetMinor, evidence.currency, locale),
    month: windowText(textOf(facts.month), locale),
  }
  if (threshold === null || BigInt(measured) < BigInt(threshold)) {
    return sentence(
      'award.tier_not_reached',
      '{measured} sold of the {threshold} from which the next share is paid; the base share of {base} stands.',
      params,
    )
  }
  if (evidence.rule === 'tier_retroactive') {
    return sentence(
      'award.tier_retroactive',
      '{measured} sold reach {threshold}: all of it pays {share} instead of {base}, which makes {amount} for the sales of {month}.',
      params,
    )
  }
  return sentence(
    'award.tier_marginal',
    '{measured} sold: what lies above {threshold} pays {share} instead of {base}, which makes {amount} for the sales of {month}.',
    params,
  )
}

function explainRetention(evidence: AwardEvidence, targetMinor: bigint, locale: string): Sentence {
  const params = {
    days: textOf(evidence.facts.withinDays),
    net: formatMoney(BigInt(evidence.measured), evidence.currency, locale),
    minimum: formatMoney(BigInt(evidence.threshold ?? '0'), evidence.currency, locale),
    amount: formatMoney(targetMinor, evidence.currency, locale),
  }
  if (targetMinor === 0n) {
    return sentence(
      'award.retention_open',
      'No further order within {days} days kept the {minimum} that the bonus asks for; the best kept {net}.',
      params,
    )
  }
  return sentence(
    'award.retention',
    'A customer you brought bought again within {days} days and kept goods of {net} (at least {minimum}): {amount}, once.',
    params,
  )
}

function explainGuarantee(evidence: AwardEvidence, targetMinor: bigint, locale: string): Sentence {
  const { facts, currency } = evidence
  const money = (minor: string) => formatMoney(BigInt(minor), currency, locale)
  const params = {
    guaranteed: money(evidence.threshold ?? '0'),
    earned: money(evidence.measured),
    amount: formatMoney(targetMinor, currency, locale),
    earlier: money(textOf(facts.earlierTopUpMinor) || '0'),
    endsOn: dateText(textOf(facts.endsOn), locale),
  }
  if (evidence.rule === 'guarantee_restock') {
    const stock = {
      units: textOf(facts.countedUnits),
      committed: textOf(facts.committedUnits),
      restocked: textOf(facts.restockedUnits),
      perUnit: money(textOf(facts.perUnitMinor) || '0'),
    }
    return sentence(
      'award.guarantee_restock',
      '{restocked} pieces came into stock by {endsOn}, {units} of the {committed} promised count: at {perUnit} each {guaranteed} are guaranteed, {earned} were earned, {amount} are added.',
      { ...params, ...stock },
    )
  }
  return sentence(
    'award.guarantee_minimum',
    'By {endsOn} {guaranteed} were guaranteed and {earned} earned; with {earlier} added before, this makes {amount}.',
    params,
  )
}

function counted(evidence: AwardEvidence, number: string, locale: string): string {
  if (evidence.metric !== 'units') return formatMoney(BigInt(number), evidence.currency, locale)
  const pieces = new Intl.NumberFormat(locale).format(BigInt(number))
  return number === '1' ? `${pieces} piece` : `${pieces} pieces`
}

function percentOf(bps: string | string[] | undefined, locale: string): string {
  return formatPercent(Number(textOf(bps) || '0'), locale)
}

function textOf(fact: string | string[] | undefined): string {
  return Array.isArray(fact) ? fact.join(', ') : (fact ?? '')
}

/** "2026-05" as "May 2026", "2026-Q2" as "Q2 2026"; anything else as it is. */
function windowText(window: string, locale: string): string {
  const quarter = /^(\d{4})-Q([1-4])$/.exec(window)
  if (quarter) return `Q${quarter[2]} ${quarter[1]}`
  return /^\d{4}-\d{2}$/.test(window)
    ? inWords(`${window}-01`, locale, { month: 'long', year: 'numeric' })
    : window
}

function dateText(date: string, locale: string): string {
  return date === '' ? '' : inWords(date, locale, { day: 'numeric', month: 'short', year: 'numeric' })
}

function inWords(date: string, locale: string, style: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, { ...style, timeZone: 'UTC' })
    .format(new Date(`${date}T00:00:00Z`))
    .replace(/[\u202f\u00a0]/g, ' ')
}
