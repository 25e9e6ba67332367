import { compareText } from './group-lines.ts'
import type { StatementDocument, StatementLine } from './statement-document.ts'

export interface ProductChange {
  product: string
  change: bigint
  units: number
  unitsBefore: number
  returned: number
  returnedBefore: number
}

/** What each product earned more or less than before. Largest change first; ties by name. */
export function productChanges(document: StatementDocument, previous: StatementDocument): ProductChange[] {
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
    return compareText(left.product, right.product)
  })
}

export function abs(minor: bigint): bigint {
  return minor < 0n ? -minor : minor
}
