/** One who takes part in a split. Ids are unique within it and settle ties. */
export interface WeightedPart {
  id: string
  weight: bigint
}

/**
 * Splits a total over weights by largest remainder. The parts add up to the total exactly, each is less than one unit from its exact
 * share, the order of the parts does not matter, and a negative total gives the negated split. Ties go to the smaller id.
 * Throws on negative weights, doubled ids, and a total that nobody has weight to take.
 */
export function allocate(total: bigint, parts: readonly WeightedPart[]): Map<string, bigint> {
  const weightSum = checkedWeightSum(parts)
  const split = new Map<string, bigint>()
  if (total === 0n) {
    for (const part of parts) split.set(part.id, 0n)
    return split
  }
  if (weightSum === 0n) throw new RangeError('a total other than zero needs a weight other than zero')
  const size = total < 0n ? -total : total
  const sign = total < 0n ? -1n : 1n
  let given = 0n
  const remainders = parts.map((part) => {
    const product = size * part.weight
    const whole = product / weightSum
    given += whole
    return { id: part.id, whole, remainder: product % weightSum }
  })
  // Plain code-unit comparison: a locale's collation would make ties depend on the machine.
  remainders.sort((left, right) => {
    if (left.remainder !== right.remainder) return left.remainder > right.remainder ? -1 : 1
    return left.id < right.id ? -1 : 1
  })
  let left = size - given
  for (const part of remainders) {
    const extra = left > 0n ? 1n : 0n
    left -= extra
    split.set(part.id, sign * (part.whole + extra))
  }
  return split
}

function checkedWeightSum(parts: readonly WeightedPart[]): bigint {
  const ids = new Set<string>()
  let sum = 0n
  for (const part of parts) {
    if (part.weight < 0n) throw new RangeError(`the weight of ${part.id} is negative`)
    if (ids.has(part.id)) throw new RangeError(`${part.id} takes part twice`)
    ids.add(part.id)
    sum += part.weight
  }
  return sum
}
