import { formatMoney } from '../money/format-amount.ts'
import { type Sentence, sentence } from '../sentence.ts'
import type { StatementDocument, StatementLine } from './statement-document.ts'

/** Two sentences: what changed since the last statement, and the largest reason for it. */
export function describeChange(
  document: StatementDocument,
  previous: StatementDocument | null,
): [Sentence, Sentence] {
  const money = (minor: bigint) => formatMoney(minor, document.currency, document.locale)
  const now = BigInt(document.royaltiesMinor)
  // Amounts of another currency cannot be compared; such a statement starts a new series.
  if (previous === null || previous.currency !== document.currency) return describeFirst(document, money)
  const before = BigInt(previous.royaltiesMinor)
  const params = {
    now: money(now),
    before: money(before),
    difference: money(abs(now - before)),
    period: previous.period,
  }
  const what =
    now > before
      ? sentence('change.more', 'Royalties are {now}, {difference} more than in {period}.', params)
      : now < before
        ? sentence('change.less', 'Royalties are {now}, {difference} less than in {period}.', params)
        : sentence('change.same', 'Royalties are {now}, the same as in {period}.', params)
  return [what, describeReason(document, previous, money)]
}

type FormatMinor = (minor: bigint) => string

function describeFirst(document: StatementDocument, money: FormatMinor): [Sentence, Sentence] {
  const what = sentence('change.first', 'This is your first statement: royalties of {now}.', {
    now: money(BigInt(document.royaltiesMinor)),
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
  const adjusted = BigInt(document.adjustmentsMinor)
  const rise = BigInt(document.royaltiesMinor) - BigInt(previous.royaltiesMinor)
  // A product that moved against the whole is no reason for where the whole went.
  const [largest] = productChanges(document, previous).filter(
    ({ change }) => rise === 0n || change > 0n === rise > 0n,
  )
  if (adjusted !== 0n && (largest === undefined || abs(adjusted) > abs(largest.change))) {
    return sentence('change.why.adjusted', 'Adjustments outside of sales change the balance by {amount}.', {
      amount: money(adjusted),
    })
  }
  if (largest === undefined || largest.change === 0n) {
    return sentence('change.why.nothing', 'No product earned noticeably more or less than before.')
  }
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

interface ProductChange {
  product: string
  change: bigint
  units: number
  unitsBefore: number
  returned: number
  returnedBefore: number
}

/** Largest change first; ties by name. */
function productChanges(document: StatementDocument, previous: StatementDocument): ProductChange[] {
  const changes = new Map<string, ProductChange>()
  const changeOf = (line: StatementLine): ProductChange => {
    const key = line.productId ?? line.product
    const nothing = { change: 0n, units: 0, unitsBefore: 0, returned: 0, returnedBefore: 0 }
    const change = changes.get(key) ?? { product: line.product, ...nothing }
    changes.set(key, change)
    return change
  }
  for (const line of document.lines) {
    const change = changeOf(line)
    change.change += BigInt(line.royaltyMinor)
    change.units += line.unitsSold
    change.returned += line.unitsReturned
  }
  for (const line of previous.lines) {
    const change = changeOf(line)
    change.change -= BigInt(line.royaltyMinor)
    change.unitsBefore += line.unitsSold
    change.returnedBefore += line.unitsReturned
  }
  return [...changes.values()].sort((left, right) => {
    const [leftSize, rightSize] = [abs(left.change), abs(right.change)]
    if (leftSize !== rightSize) return leftSize > rightSize ? -1 : 1
    return left.product < right.product ? -1 : 1
  })
}

function byRoyalty(left: StatementLine, right: StatementLine): number {
  const [leftRoyalty, rightRoyalty] = [BigInt(left.royaltyMinor), BigInt(right.royaltyMinor)]
  if (leftRoyalty !== rightRoyalty) return leftRoyalty > rightRoyalty ? -1 : 1
  return left.product < right.product ? -1 : 1
}

function abs(minor: bigint): bigint {
  return minor < 0n ? -minor : minor
}
