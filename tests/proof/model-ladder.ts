// What a ladder adds to the agreed share, by area: every line takes part in every stretch of the ladder as it takes part in all that was sold.
import { nearest, sum } from './fractions.ts'
import type { SoldPart } from './model-awards.ts'
import type { Ladder, ModelVersion } from './model-types.ts'

const WHOLE = 100_000_000n

/** Of one window. Each version pays for what was sold under it, above what was sold under the versions before. */
export function ladderWorth(versions: readonly ModelVersion[], sold: readonly SoldPart[]): bigint {
  const countOf = (parts: readonly SoldPart[]) => sum(parts.filter(({ isLost }) => !isLost).map(countsAs))
  return sum(
    versions.map((version, number) => {
      const { ladder } = version
      const own = sold.filter((part) => part.version === version && !part.isLost)
      const counted = countOf(own)
      const net = sum(own.map(({ netMinor }) => netMinor))
      if (!ladder || counted <= 0n || net <= 0n) return 0n
      const before = countOf(sold.filter((part) => versions.indexOf(part.version) < number))
      const after = countOf(sold.filter((part) => versions.indexOf(part.version) > number))
      const start = before > 0n ? before : 0n
      const stretches = stretchesOf(ladder, start, counted, start + counted + after)
      const extra = own.map((part) =>
        sum(stretches.map(({ shareBps, length }) => part.netMinor * length * extraBps(shareBps, part))),
      )
      return nearest(sum(extra) * BigInt(10_000 - version.feeBps), counted * WHOLE)
    }),
  )
}

function countsAs({ version, netMinor, pieces }: SoldPart): bigint {
  return version.ladder?.counts === 'units' ? pieces : netMinor
}

/** How much of what was counted lies on each step; below the first one nothing is added. */
function stretchesOf({ mode, steps }: Ladder, start: bigint, counted: bigint, reached: bigint) {
  const end = start + counted
  return steps.map(({ from, shareBps }, place) => {
    const next = steps[place + 1]?.from
    if (mode === 'retroactive') {
      const isReached = from <= reached && (next === undefined || next > reached)
      return { shareBps, length: isReached ? counted : 0n }
    }
    const low = from > start ? from : start
    const high = next === undefined || next > end ? end : next
    return { shareBps, length: high > low ? high - low : 0n }
  })
}

function extraBps(shareBps: number, { version, roomBps }: SoldPart): bigint {
  const more = BigInt(shareBps - version.shareBps)
  return more > roomBps ? roomBps : more
}
