// What a year of equal sales would pay under terms: shares, ladders, guarantee and bonus, by the functions that post real ones.
import { renewalShare } from '../attribution/renewal-share.ts'
import { guaranteeAwards } from '../awards/guarantee-awards.ts'
import { retentionTarget } from '../awards/retention-target.ts'
import { shareHeadroom } from '../awards/share-headroom.ts'
import { tierAwards } from '../awards/tier-awards.ts'
import { allocate } from '../money/allocate.ts'
import { computeSamplePayout, type SampleSale } from './sample-payout.ts'
import type { AgreementTerms } from './terms.ts'

export interface SampleYear {
  /** Pieces sold in every month of it. */
  piecesPerMonth: number
  /** One piece. */
  sale: Omit<SampleSale, 'terms' | 'quantity'>
  terms: AgreementTerms
}

/** Minor units. */
export interface SampleYearPayout {
  netMinor: bigint
  /** The share that each sale pays at once. */
  baseMinor: bigint
  /** What the ladder adds or takes off. */
  tiersMinor: bigint
  /** Bonuses, when every tenth buyer comes back once for one piece. */
  bonusMinor: bigint
  /** What the guarantee adds; pieces committed to a restock are taken as restocked. */
  guaranteeMinor: bigint
  totalMinor: bigint
  othersMinor: bigint
  keepsMinor: bigint
  /** Most that is kept back at one time. Null without a reserve. */
  reserveMinor: bigint | null
  /** All credited renewals of one subscription to such a piece. Null without credit. */
  renewalsMinor: bigint | null
}

const YEAR = 2026
const FIRST_DAY = `${YEAR}-01-01`
const LAST_DAY = `${YEAR}-12-31`
const MONTHS = Array.from({ length: 12 }, (_, index) => `${YEAR}-${String(index + 1).padStart(2, '0')}`)
const ZONE = 'UTC'
const VERSION = 'sample'
export const BUYERS_FOR_ONE_REPEAT = 10
export const MOST_PIECES_PER_MONTH = 100_000

export type SampleYearResult =
  | ({ ok: true } & SampleYearPayout)
  | { ok: false; reason: 'pieces_out_of_range' | 'no_sale' }

export function computeSampleYear(year: SampleYear): SampleYearResult {
  const { terms, piecesPerMonth: pieces } = year
  if (!Number.isInteger(pieces) || pieces < 1 || pieces > MOST_PIECES_PER_MONTH)
    return { ok: false, reason: 'pieces_out_of_range' }
  const one = computeSamplePayout({ ...year.sale, terms, quantity: 1 })
  if (!one.ok) return { ok: false, reason: 'no_sale' }
  const monthly = (minor: bigint) => minor * BigInt(pieces)
  const productId = soldProduct(terms)
  const tiers = tierAwards(
    [{ id: VERSION, number: 1, terms }],
    MONTHS.map((month) => ({
      agreementVersionId: VERSION,
      month,
      productId,
      dropId: 'sample',
      headroomBps: headroomOf(year, one.shareBps),
      units: pieces,
      netMinor: monthly(one.netMinor),
      lastAt: `${month}-28T12:00:00.000Z`,
    })),
  )
  const tiersMinor = sum(tiers.map((award) => award.targetMinor))
  const bonusMinor = bonusOfYear(terms, one.netMinor, pieces)
  const earned = MONTHS.map((month) => ({
    soldOn: `${month}-15`,
    month,
    productId,
    royaltyMinor:
      monthly(one.royaltyMinor) +
      sum(tiers.filter((award) => award.month === month).map((award) => award.targetMinor)),
  }))
  const guaranteeMinor = guaranteeOfYear(terms, earned, bonusMinor)
  const baseMinor = monthly(one.royaltyMinor) * 12n
  const netMinor = monthly(one.netMinor) * 12n
  const othersMinor = monthly(one.otherRoyaltiesMinor) * 12n
  const totalMinor = baseMinor + tiersMinor + bonusMinor + guaranteeMinor
  return {
    ok: true,
    netMinor,
    baseMinor,
    tiersMinor,
    bonusMinor,
    guaranteeMinor,
    totalMinor,
    othersMinor,
    keepsMinor: netMinor - totalMinor - othersMinor,
    reserveMinor: terms.reserve ? reserveOf(terms.reserve, monthly(one.royaltyMinor)) : null,
    renewalsMinor: terms.subscription ? renewalsOf(year) : null,
  }
}

/** The sample sells the piece that a guarantee or the scope names. */
function soldProduct({ guarantee, scope }: AgreementTerms): string {
  const named =
    guarantee?.kind === 'restock'
      ? guarantee.productIds[0]
      : scope.kind === 'products'
        ? scope.productIds[0]
        : undefined
  return named ?? '1'
}

function headroomOf({ terms, sale }: SampleYear, paidBps: number): number {
  const highest = Math.max(...(terms.tiers?.steps ?? []).map((step) => step.shareBps), 0)
  const payees = [
    { id: VERSION, shareBps: paidBps, highestShareBps: highest },
    ...sale.otherSharesBps.map((shareBps, index) => ({
      id: `with-${index}`,
      shareBps,
      highestShareBps: null,
    })),
  ]
  return shareHeadroom(payees, sale.capBps).get(VERSION) ?? 0
}

function bonusOfYear({ retention, currency }: AgreementTerms, netMinor: bigint, pieces: number): bigint {
  if (!retention) return 0n
  const repeats = BigInt(Math.floor((pieces * 12) / BUYERS_FOR_ONE_REPEAT))
  const order = (orderId: string, day: string) => ({
    orderId,
    placedAt: `${day}T12:00:00.000Z`,
    netMinor,
    attributedNetMinor: netMinor,
  })
  const orders = [order('1', FIRST_DAY), order('2', `${YEAR}-01-02`)]
  const award = retentionTarget(retention, orders, { timeZone: ZONE, currency })
  return (award?.targetMinor ?? 0n) * repeats
}

function guaranteeOfYear(
  terms: AgreementTerms,
  earned: Array<{ soldOn: string; month: string; productId: string; royaltyMinor: bigint }>,
  bonusMinor: bigint,
): bigint {
  const { guarantee } = terms
  if (!guarantee) return 0n
  const ofYear = guarantee.kind === 'restock' ? { ...guarantee, until: LAST_DAY } : guarantee
  const awards = guaranteeAwards({
    versions: [
      {
        id: VERSION,
        number: 1,
        beginsOn: FIRST_DAY,
        terms: { ...terms, guarantee: ofYear, startsOn: FIRST_DAY, endsOn: LAST_DAY },
      },
    ],
    endedOn: null,
    earned: [
      ...earned,
      // Bonuses belong to no piece, and come with the year's last sale.
      { soldOn: LAST_DAY, month: `${YEAR}-12`, productId: null, royaltyMinor: bonusMinor },
    ],
    stock: guarantee.kind === 'restock' ? restocked(guarantee.productIds[0], guarantee.units) : new Map(),
    today: `${YEAR + 1}-01-01`,
    timeZone: ZONE,
  })
  return sum(awards.map((award) => award.targetMinor))
}

function restocked(productId: string | undefined, units: number) {
  const count = (observedAt: string, available: number) => ({
    inventoryItemId: 'sample',
    locationId: 'sample',
    observedAt,
    available,
  })
  const counts = [count(`${YEAR}-01-02T00:00:00.000Z`, 0), count(`${YEAR}-02-01T00:00:00.000Z`, units)]
  return new Map(productId === undefined ? [] : [[productId, counts]])
}

/** A month's part stays as many months as the reserve lasts, so that as many parts lie beside each other, at most a year's. */
function reserveOf(reserve: { bps: number; days: number }, perMonthMinor: bigint): bigint {
  const months = BigInt(Math.min(12, Math.ceil(reserve.days / 30)))
  return bpsOf(perMonthMinor, reserve.bps) * months
}

/** Each renewal is such a sale of one piece, at the share that it has come down to. */
function renewalsOf({ terms, sale }: SampleYear): bigint {
  const cycles = terms.subscription?.cycles ?? 0
  let total = 0n
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    const shareBps = renewalShare(terms, { kind: 'subscription', contractId: 'sample', cycle })
    const paid = computeSamplePayout({ ...sale, quantity: 1, terms: { ...terms, shareBps } })
    if (paid.ok) total += paid.royaltyMinor
  }
  return total
}

function bpsOf(minor: bigint, bps: number): bigint {
  const parts = [
    { id: 'part', weight: BigInt(bps) },
    { id: 'rest', weight: BigInt(10_000 - bps) },
  ]
  return allocate(minor, parts).get('part') ?? 0n
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n)
}
