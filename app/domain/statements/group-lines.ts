import { lineKey } from './line-key.ts'
import type { StatementLine } from './statement-document.ts'
import type { LineSums } from './statement-input.ts'

/** Folds the sums by month of sale into lines: product by version by share. Sorted by product, then key. */
export function groupLines(sums: readonly LineSums[]): StatementLine[] {
  const groups = new Map<string, LineSums[]>()
  for (const part of sums) {
    const key = lineKey(part)
    const group = groups.get(key)
    if (group) group.push(part)
    else groups.set(key, [part])
  }
  return [...groups]
    .map(([key, parts]) => ({
      key,
      parts: parts.sort((left, right) => compareText(left.soldIn, right.soldIn)),
    }))
    .sort(
      (left, right) =>
        compareText(titleOf(left.parts), titleOf(right.parts)) || compareText(left.key, right.key),
    )
    .map(({ key, parts }, index) => finishedLine(key, index + 1, parts))
}

/** The newest name wins: products are renamed. */
function titleOf(parts: readonly LineSums[]): string {
  return parts.at(-1)?.title ?? ''
}

function finishedLine(key: string, position: number, parts: readonly LineSums[]): StatementLine {
  const [first] = parts
  if (!first) throw new RangeError('a line without sums')
  const amount = (pick: (part: LineSums) => bigint) => parts.reduce((total, part) => total + pick(part), 0n)
  const count = (pick: (part: LineSums) => number) => parts.reduce((total, part) => total + pick(part), 0)
  const [list, discount, net] = [
    amount((part) => part.listMinor),
    amount((part) => part.discountMinor),
    amount((part) => part.netMinor),
  ]
  const returns = amount((part) => part.returnsMinor)
  const [unitsSold, unitsReturned] = [count((part) => part.unitsSold), count((part) => part.unitsReturned)]
  return {
    key,
    position,
    productId: first.productId,
    product: titleOf(parts),
    versionId: first.versionId,
    incomeType: first.incomeType,
    shareBps: first.shareBps,
    unitsSold,
    listMinor: `${list}`,
    discountMinor: `${discount}`,
    deductionMinor: `${list - discount - net}`,
    netMinor: `${net}`,
    unitsReturned,
    returnsMinor: `${returns}`,
    netUnits: unitsSold - unitsReturned,
    netAfterReturnsMinor: `${net + returns}`,
    royaltyMinor: `${amount((part) => part.royaltyMinor)}`,
    earlierReturns: parts.filter(isEarlierReturn).map((part) => ({
      statement: part.soldOnStatement,
      soldIn: part.soldIn,
      units: part.unitsReturned,
      returnsMinor: `${part.returnsMinor}`,
      royaltyMinor: `${part.royaltyMinor}`,
    })),
    ...soldInDrops(parts),
    entries: count((part) => part.entries),
    firstJournal: `${parts.map((part) => part.firstJournal).reduce((least, seq) => (seq < least ? seq : least))}`,
    lastJournal: `${parts.map((part) => part.lastJournal).reduce((most, seq) => (seq > most ? seq : most))}`,
  }
}

function soldInDrops(parts: readonly LineSums[]): Pick<StatementLine, 'drops'> {
  const sold = parts.flatMap(({ drops }) => drops ?? [])
  if (sold.length === 0) return {}
  const titles = [...new Set(sold.flatMap((part) => part.titles))].sort(compareText)
  return {
    drops: {
      titles,
      units: sold.reduce((total, { units }) => total + units, 0),
      royaltyMinor: `${sold.reduce((total, { royaltyMinor }) => total + royaltyMinor, 0n)}`,
    },
  }
}

function isEarlierReturn(part: LineSums): boolean {
  return part.soldOnStatement !== null && (part.unitsReturned !== 0 || part.returnsMinor !== 0n)
}

export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
