// Who is paid for a line, by what was agreed when it was sold, and how long they wait.
import { exactSplit } from './exact-split.ts'
import { nearest, sum } from './fractions.ts'
import type { ModelDrop, ModelVersion, ToldOrder, ToldSale } from './model-types.ts'

const DAY = 86_400_000

export interface Payee {
  version: ModelVersion
  /** Out of a hundred million. */
  weight: bigint
  /** How much more a ladder may add under the shop's cap. */
  roomBps: bigint
}

/** What a line is as it was sold. */
interface Sold {
  lineItemId: bigint
  orderId: bigint
  productId: bigint | null
  codes: readonly string[]
  contractId: bigint | null
  soldAt: number
}

export interface Line extends Sold {
  payees: Payee[]
  /** By creator: when the wait ends, and what then stays back for how long. */
  waits: Map<string, { until: number; reserveBps: number; reserveUntil: number }>
  /** Creators whose wait is over, and whose reserve is. */
  released: Set<string>
  freed: Set<string>
}

interface Winner {
  version: ModelVersion
  shareBps: bigint
}

export class ModelLines {
  readonly versions: ModelVersion[] = []
  readonly drops: ModelDrop[] = []
  private readonly lines = new Map<bigint, Line>()
  /** Lines of subscriptions, paid for or not, by contract. */
  private readonly contracts = new Map<bigint, Map<bigint, Sold>>()
  private readonly capBps: bigint

  constructor(capBps: number) {
    this.capBps = BigInt(capBps)
  }

  all(): Line[] {
    return [...this.lines.values()]
  }

  get(lineItemId: bigint): Line | undefined {
    return this.lines.get(lineItemId)
  }

  /** The drop that sold it; of several at once the one that began last. */
  dropOf({ productId, soldAt }: Pick<Sold, 'productId' | 'soldAt'>): ModelDrop | undefined {
    return this.drops
      .filter(
        ({ productIds, begins, ends }) =>
          productIds.includes(productId ?? 0n) && begins <= soldAt && soldAt < ends,
      )
      .reduce<ModelDrop | undefined>(
        (last, drop) => (last && last.begins > drop.begins ? last : drop),
        undefined,
      )
  }

  /** A subscription's earlier order that comes late makes other renewals of the later ones. */
  hearContract(order: ToldOrder, sale: ToldSale): void {
    const sold = soldOf(order, sale)
    if (sold?.contractId == null) return
    const lines = this.contracts.get(sold.contractId) ?? new Map<bigint, Sold>()
    this.contracts.set(sold.contractId, lines)
    if (lines.has(sold.lineItemId)) return
    lines.set(sold.lineItemId, sold)
    for (const { lineItemId } of lines.values()) {
      const line = this.lines.get(lineItemId)
      if (line) this.redecide(line)
    }
  }

  /** Once a line. */
  decide(order: ToldOrder, sale: ToldSale): void {
    const sold = soldOf(order, sale)
    if (!sold || this.lines.has(sold.lineItemId)) return
    const winners = this.winnersOf(sold)
    this.lines.set(sold.lineItemId, {
      ...sold,
      payees: this.capped(winners),
      waits: waitsOf(winners, sold.soldAt),
      released: new Set(),
      freed: new Set(),
    })
  }

  /** Lines sold since then that the agreement pays, or would pay now. */
  rerate(agreementId: string, since: number): void {
    for (const line of this.lines.values()) {
      if (line.soldAt < since) continue
      const concerned = [...line.payees, ...this.winnersOf(line)]
      if (concerned.some(({ version }) => version.agreementId === agreementId)) this.redecide(line)
    }
  }

  /** Everything whose date has come moves on, unless its order is disputed, or not paid in full. */
  mature(now: number, order: { isDisputed(id: bigint): boolean; isUnpaid(id: bigint): boolean }): void {
    for (const line of this.lines.values()) {
      if (order.isDisputed(line.orderId)) continue
      for (const [creatorId, wait] of line.waits) {
        if (wait.until <= now && !order.isUnpaid(line.orderId)) line.released.add(creatorId)
        if (wait.reserveUntil <= now && line.released.has(creatorId)) line.freed.add(creatorId)
      }
    }
  }

  /** Waits that run keep their dates. */
  private redecide(line: Line): void {
    const winners = this.winnersOf(line)
    line.payees = this.capped(winners)
    for (const [creatorId, wait] of waitsOf(winners, line.soldAt))
      if (!line.waits.has(creatorId)) line.waits.set(creatorId, wait)
  }

  private winnersOf(sold: Sold): Winner[] {
    const owners = this.inForceAt(sold.soldAt)
      .filter(
        ({ role, productIds }) => role === 'design_owner' && productIds.includes(String(sold.productId)),
      )
      .map(agreed)
    const named = this.promoterOf(sold)
    const promoter = named ? agreed(named) : this.renewedBy(sold)
    return promoter ? [...owners, promoter] : owners
  }

  /** Whose drop sold it, else whose code was used. */
  private promoterOf(sold: Sold): ModelVersion | undefined {
    const drop = this.dropOf(sold)
    const byDrop = this.inForceAt(sold.soldAt).find(
      ({ role, agreementId }) => role === 'promoter' && agreementId === drop?.agreementId,
    )
    return byDrop ?? this.promoterByCode(sold)
  }

  private promoterByCode({ codes, soldAt }: Pick<Sold, 'codes' | 'soldAt'>): ModelVersion | undefined {
    const promoters = this.inForceAt(soldAt).filter(({ role }) => role === 'promoter')
    return codes
      .map((code) => promoters.find((version) => version.codes.includes(code)))
      .find((found) => found !== undefined)
  }

  /** Whoever brought the subscription's first order, for as many renewals as agreed. */
  private renewedBy({ contractId, orderId, soldAt }: Sold): Winner | null {
    if (contractId === null) return null
    const begun = new Map<bigint, Sold[]>()
    for (const line of this.contracts.get(contractId)?.values() ?? [])
      begun.set(line.orderId, [...(begun.get(line.orderId) ?? []), line])
    const firstAt = (order: Sold[]) => Math.min(...order.map((line) => line.soldAt))
    const orders = [...begun].sort(
      ([leftId, left], [rightId, right]) => firstAt(left) - firstAt(right) || (leftId < rightId ? -1 : 1),
    )
    const cycle = orders.findIndex(([id]) => id === orderId)
    const bringer = orders[0]?.[1]
      .toSorted((left, right) => (left.lineItemId < right.lineItemId ? -1 : 1))
      .map((line) => this.promoterOf(line))
      .find((found) => found !== undefined)
    const version = this.inForceAt(soldAt).find(
      ({ role, creatorId }) => role === 'promoter' && creatorId === bringer?.creatorId,
    )
    if (!version?.renewals || cycle < 1 || cycle > version.renewals.cycles) return null
    const kept = BigInt(10_000 - version.renewals.decayBps) ** BigInt(cycle)
    return { version, shareBps: nearest(BigInt(version.shareBps) * kept, 10_000n ** BigInt(cycle)) }
  }

  /** Of each agreement the latest version that has begun by then: it replaces the earlier ones, also where it reaches back before them. */
  private inForceAt(at: number): ModelVersion[] {
    const newest = new Map<string, ModelVersion>()
    for (const version of this.versions) if (version.from <= at) newest.set(version.agreementId, version)
    return [...newest.values()]
  }

  private capped(winners: Winner[]): Payee[] {
    const claims = winners.map(({ version, shareBps }) => ({ id: version.id, weight: shareBps }))
    const wanted = sum(claims.map(({ weight }) => weight))
    const shares = wanted > this.capBps ? exactSplit(this.capBps, claims) : claims.map(({ weight }) => weight)
    const room = this.capBps - sum(shares)
    const rooms = roomsOf(winners, shares, room > 0n ? room : 0n)
    return winners.map(({ version }, place) => ({
      version,
      weight: (shares[place] ?? 0n) * (10_000n - BigInt(version.feeBps)),
      roomBps: rooms[place] ?? 0n,
    }))
  }
}

/** Ladders that could climb beyond the room under the cap together share it by how far each could. */
function roomsOf(winners: Winner[], shares: bigint[], room: bigint): bigint[] {
  const climbs = winners.map(({ version }, place) => {
    const highest = version.ladder?.steps.map(({ shareBps }) => BigInt(shareBps)) ?? []
    const climb = highest.reduce((most, bps) => (bps > most ? bps : most), 0n) - (shares[place] ?? 0n)
    return { id: version.id, weight: climb > 0n ? climb : 0n }
  })
  if (sum(climbs.map(({ weight }) => weight)) <= room) return winners.map(() => room)
  return exactSplit(room, climbs)
}

function agreed(version: ModelVersion): Winner {
  return { version, shareBps: BigInt(version.shareBps) }
}

function soldOf(order: ToldOrder, sale: ToldSale): Sold | null {
  const { lineItemId, productId, contractId = null } = sale
  if (sale.lineType !== 'product' || lineItemId === null) return null
  const soldAt = Date.parse(sale.happenedAt)
  return { lineItemId, orderId: order.orderId, productId, codes: order.discountCodes, contractId, soldAt }
}

function waitsOf(winners: readonly Winner[], soldAt: number): Line['waits'] {
  const waits: Line['waits'] = new Map()
  for (const { version } of winners) {
    const until = soldAt + version.holdDays * DAY
    const { reserveBps, reserveDays } = version
    waits.set(version.creatorId, { until, reserveBps, reserveUntil: until + reserveDays * DAY })
  }
  return waits
}
