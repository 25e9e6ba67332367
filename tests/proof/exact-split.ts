// What a fair split is, said a second time and in another way: each part's exact share as a fraction, and the left-over units by rank.
// Shares no code with the app's own split.

export interface Claim {
  id: string
  weight: bigint
}

/**
 * Amount of each claim, in the order given. Of the units that whole shares leave over, one goes to each of the first in rank: the larger
 * missing fraction first, equal fractions by the smaller id. Ranks are counted, nothing is sorted.
 */
export function exactSplit(total: bigint, claims: readonly Claim[]): bigint[] {
  let all = 0n
  for (const claim of claims) all += claim.weight
  if (total === 0n) return claims.map(() => 0n)
  const owed = total < 0n ? -total : total
  const wholes = claims.map((claim) => (owed * claim.weight - ((owed * claim.weight) % all)) / all)
  let over = owed
  for (const whole of wholes) over -= whole
  return claims.map((claim, at) => {
    const whole = wholes[at] ?? 0n
    // What the exact share exceeds the whole units by, as a fraction of `all`.
    const missing = owed * claim.weight - whole * all
    let ahead = 0n
    claims.forEach((other, place) => {
      if (place === at) return
      const theirs = owed * other.weight - (wholes[place] ?? 0n) * all
      if (theirs > missing || (theirs === missing && other.id < claim.id)) ahead += 1n
    })
    const part = whole + (ahead < over ? 1n : 0n)
    return total < 0n ? -part : part
  })
}
