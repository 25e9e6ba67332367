// Adds sold lines up, month by month, as they were paid and as other decisions would pay them.
import type { Payee } from '../attribution/attribution.ts'
import { splitNet } from '../attribution/cap-shares.ts'
import type { AwardKind } from '../awards/award.ts'
import type { CountedSales, TierVersion } from '../awards/tier-awards.ts'
import { tierAwards } from '../awards/tier-awards.ts'
import type { RoyaltyLine } from '../ledger/royalty-line.ts'
import type { MonthLabel, SimulationResult } from './simulation.ts'

export interface LineToCount {
  line: RoyaltyLine
  title: string
  productId: bigint | null
  soldAt: string
  units: number
  decided: { payees: readonly Payee[] }
}

interface LadderKey {
  agreementId: string
  creatorId: string
}

export interface SimulationSums {
  add(line: LineToCount): void
  /** `versions` by agreement id: ladders are climbed by all simulated sales of an agreement together. */
  result(frame: {
    currency: string
    since: string
    versions: ReadonlyMap<string, readonly TierVersion[]>
    /** Awards in the books, by creator and month. */
    awarded: ReadonlyArray<{ creatorId: string; month: MonthLabel; kind: AwardKind; royaltyMinor: bigint }>
  }): SimulationResult
}

const TEN_THOUSAND = 10_000n

export function openSimulation(): SimulationSums {
  const creators = new Map<string, { actual: bigint; simulated: bigint }>()
  const months = new Map<MonthLabel, { net: bigint; actual: bigint; simulated: bigint }>()
  const ladders = new Map<string, LadderKey & { sales: CountedSales[] }>()
  let lines = 0
  let linesChanged = 0
  let worstLine: SimulationResult['worstLine'] = null

  function credit(creatorId: string, month: MonthLabel, actual: bigint, simulated: bigint): void {
    const key = `${creatorId} ${month}`
    const sums = creators.get(key) ?? { actual: 0n, simulated: 0n }
    creators.set(key, { actual: sums.actual + actual, simulated: sums.simulated + simulated })
    const whole = months.get(month) ?? { net: 0n, actual: 0n, simulated: 0n }
    months.set(month, { ...whole, actual: whole.actual + actual, simulated: whole.simulated + simulated })
  }

  return {
    add({ line, title, productId, soldAt, units, decided }) {
      lines += 1
      const month = line.soldOn.slice(0, 7)
      // A lost dispute takes the net away under any terms, and the pieces with it.
      const net = line.disputeLost ? 0n : line.cumulativeNetMinor
      const kept = line.disputeLost ? 0 : units
      const whole = months.get(month) ?? { net: 0n, actual: 0n, simulated: 0n }
      months.set(month, { ...whole, net: whole.net + net })
      for (const payee of line.payees)
        credit(payee.creatorId, month, line.posted.get(payee.agreementVersionId) ?? 0n, 0n)
      const targets = splitNet(
        net,
        decided.payees.map((payee) => ({ id: payee.agreementVersionId, weight: BigInt(payee.weight) })),
      )
      for (const payee of decided.payees) {
        credit(payee.creatorId, month, 0n, targets.payees.get(payee.agreementVersionId) ?? 0n)
        countForLadder(ladders, payee, {
          month,
          productId,
          dropId: line.dropId,
          units: kept,
          net,
          soldAt,
        })
      }
      if (differs(line.payees, decided.payees)) linesChanged += 1
      const bps = decided.payees.reduce((sum, payee) => sum + payee.shareBps, 0)
      if (net > 0n && bps > (worstLine?.creatorsBps ?? 0)) worstLine = { title, creatorsBps: bps }
    },
    result({ currency, since, versions, awarded }) {
      let awards = 0n
      for (const { creatorId, month, kind, royaltyMinor } of awarded) {
        // Bonuses and guarantees are taken as they stand: only ladders are climbed anew.
        const kept = kind === 'tier' ? 0n : royaltyMinor
        credit(creatorId, month, royaltyMinor, kept)
        awards += kept
      }
      for (const { agreementId, creatorId, sales } of ladders.values()) {
        for (const award of tierAwards(versions.get(agreementId) ?? [], sales)) {
          credit(creatorId, award.month, 0n, award.targetMinor)
          awards += award.targetMinor
        }
      }
      const ordered = [...months].sort(([left], [right]) => (left < right ? -1 : 1))
      return {
        currency,
        since,
        lines,
        linesChanged,
        months: ordered.map(([month, sums]) => ({
          month,
          netMinor: sums.net.toString(),
          keptActualMinor: (sums.net - sums.actual).toString(),
          keptSimulatedMinor: (sums.net - sums.simulated).toString(),
        })),
        creators: [...creators]
          .map(([key, sums]) => {
            const [creatorId = '', month = ''] = key.split(' ')
            return {
              creatorId,
              month,
              actualMinor: sums.actual.toString(),
              simulatedMinor: sums.simulated.toString(),
            }
          })
          .sort((left, right) => (left.month + left.creatorId < right.month + right.creatorId ? -1 : 1)),
        worstMonth: worstOf(ordered),
        worstLine,
        awardsMinor: awards.toString(),
      }
    },
  }
}

function countForLadder(
  ladders: Map<string, LadderKey & { sales: CountedSales[] }>,
  payee: Payee,
  sold: {
    month: MonthLabel
    productId: bigint | null
    dropId: string | null
    units: number
    net: bigint
    soldAt: string
  },
): void {
  const ladder = ladders.get(payee.agreementId) ?? {
    agreementId: payee.agreementId,
    creatorId: payee.creatorId,
    sales: [],
  }
  ladder.sales.push({
    agreementVersionId: payee.agreementVersionId,
    month: sold.month,
    productId: sold.productId?.toString() ?? null,
    dropId: sold.dropId,
    headroomBps: payee.headroomBps ?? 0,
    units: sold.units,
    netMinor: sold.net,
    lastAt: sold.soldAt,
  })
  ladders.set(payee.agreementId, ladder)
}

function differs(before: readonly Payee[], after: readonly Payee[]): boolean {
  const text = (payees: readonly Payee[]) =>
    payees
      .map(({ creatorId, weight }) => `${creatorId} ${weight}`)
      .sort()
      .join()
  return text(before) !== text(after)
}

function worstOf(
  months: ReadonlyArray<[MonthLabel, { net: bigint; simulated: bigint }]>,
): SimulationResult['worstMonth'] {
  let worst: SimulationResult['worstMonth'] = null
  for (const [month, { net, simulated }] of months) {
    if (net <= 0n) continue
    const creatorsBps = Number((simulated * TEN_THOUSAND) / net)
    if (worst === null || creatorsBps > worst.creatorsBps) worst = { month, creatorsBps }
  }
  return worst
}
