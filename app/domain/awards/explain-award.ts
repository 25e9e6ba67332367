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
export function nameAward(evidence: Pick<AwardEvidence, 'rule' | 'facts'>): Sentence {
  const window = textOf(evidence.facts.window)
  switch (evidence.rule) {
    case 'tier_marginal':
    case 'tier_retroactive':
      return sentence('award.name.tier', 'Tier extra, sales of {month}', {
        month: textOf(evidence.facts.month),
      })
    case 'retention':
      return sentence('award.name.retention', 'Retention bonus')
    case 'guarantee_minimum':
      return window === 'agreement'
        ? sentence('award.name.guarantee_agreement', 'Guaranteed minimum of the agreement')
        : sentence('award.name.guarantee', 'Guaranteed minimum, {window}', { window })
    case 'guarantee_restock':
      return sentence('award.name.restock', 'Restock guarantee until {endsOn}', {
        endsOn: textOf(evidence.facts.endsOn),
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
    month: textOf(facts.month),
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
    endsOn: textOf(facts.endsOn),
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
