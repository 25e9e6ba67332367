import { formatMoney } from '../money/format-amount.ts'
import { type Sentence, sentence } from '../sentence.ts'
import { compareText } from './group-lines.ts'
import { abs, productChanges } from './product-changes.ts'
import type { StatementDocument, StatementLine } from './statement-document.ts'

type FormatMinor = (minor: bigint) => string

/** Two sentences: what changed since the last statement, and the largest reason for it. */
export function describeChange(
  document: StatementDocument,
  previous: StatementDocument | null,
): [Sentence, Sentence] {
  const money = (minor: bigint) => formatMoney(minor, document.currency, document.locale)
  const now = earnedOf(document)
  // Amounts of another currency cannot be compared; such a statement starts a new series.
  if (previous === null || previous.currency !== document.currency) return describeFirst(document, money)
  const before = earnedOf(previous)
  const params = {
    now: money(now),
    before: money(before),
    difference: money(abs(now - before)),
    period: previous.period,
  }
  const what =
    now > before
      ? sentence('change.more', 'You earned {now}, {difference} more than in {period}.', params)
      : now < before
        ? sentence('change.less', 'You earned {now}, {difference} less than in {period}.', params)
        : sentence('change.same', 'You earned {now}, the same as in {period}.', params)
  return [what, describeReason(document, previous, money)]
}

/** Royalties of the period's sales with its bonuses; changes of earlier periods are told as a reason of their own. */
function earnedOf(document: StatementDocument): bigint {
  return BigInt(document.royaltiesMinor) + BigInt(document.bonusesMinor)
}

function describeFirst(document: StatementDocument, money: FormatMinor): [Sentence, Sentence] {
  const what = sentence('change.first', 'This is your first statement: you earned {now}.', {
    now: money(earnedOf(document)),
  })
  const [top] = [...document.lines].sort(byRoyalty)
  if (!top)
    return [what, sentence('change.first.nothing', 'Nothing under your agreements was sold in this period.')]
  const params = { product: top.product, royalty: money(BigInt(top.royaltyMinor)) }
  return [what, sentence('change.first.top', 'Most of it comes from {product}: {royalty}.', params)]
}

function describeReason(
  document: StatementDocument,
  previous: StatementDocument,
  money: FormatMinor,
): Sentence {
  const rise = earnedOf(document) - earnedOf(previous)
  // What moved against the whole is no reason for where the whole went.
  const isReason = (change: bigint) => change !== 0n && (rise === 0n || change > 0n === rise > 0n)
  const [largest] = productChanges(document, previous).filter(({ change }) => isReason(change))
  const adjusted = BigInt(document.adjustmentsMinor)
  const bonuses = BigInt(document.bonusesMinor) - BigInt(previous.bonusesMinor)
  const size = largest ? abs(largest.change) : 0n
  if (abs(adjusted) > size && abs(adjusted) >= abs(bonuses)) {
    return sentence('change.why.adjusted', 'Changes to earlier statements move the balance by {amount}.', {
      amount: money(adjusted),
    })
  }
  if (isReason(bonuses) && abs(bonuses) > size) {
    const params = {
      amount: money(BigInt(document.bonusesMinor)),
      before: money(BigInt(previous.bonusesMinor)),
    }
    return sentence(
      'change.why.bonuses',
      'Bonuses made most of the difference: {amount} after {before} before.',
      params,
    )
  }
  if (!largest)
    return sentence('change.why.nothing', 'No product earned noticeably more or less than before.')
  return describeProduct(largest, money)
}

function describeProduct(largest: ReturnType<typeof productChanges>[number], money: FormatMinor): Sentence {
  const params = {
    product: largest.product,
    amount: money(abs(largest.change)),
    units: largest.units,
    unitsBefore: largest.unitsBefore,
    returned: largest.returned,
  }
  if (largest.change > 0n) {
    const pattern =
      'Most of the difference is {product}: {amount} more, with {units} sold after {unitsBefore} before.'
    return sentence('change.why.more', pattern, params)
  }
  return largest.returned > largest.returnedBefore
    ? sentence(
        'change.why.returns',
        'Most of the difference is {product}: {amount} less, with {returned} returned.',
        params,
      )
    : sentence(
        'change.why.less',
        'Most of the difference is {product}: {amount} less, with {units} sold after {unitsBefore} before.',
        params,
      )
}

function byRoyalty(left: StatementLine, right: StatementLine): number {
  const [leftRoyalty, rightRoyalty] = [BigInt(left.royaltyMinor), BigInt(right.royaltyMinor)]
  if (leftRoyalty !== rightRoyalty) return leftRoyalty > rightRoyalty ? -1 : 1
  return compareText(left.product, right.product)
}
