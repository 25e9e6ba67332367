// The books said a second time, in the shortest way: facts in, balances out. Nothing is posted and nothing remembered but facts, what stands
// where is computed from all of them each time. Plain bigint; shares no code with the app.
import { exactSplit } from './exact-split.ts'
import { ModelAwards, type SoldPart } from './model-awards.ts'
import { type Line, ModelLines } from './model-lines.ts'
import { ModelPeople } from './model-people.ts'
import { atRateOfSale, type RatedSale } from './model-rates.ts'
import type { ModelDrop, ModelVersion, ToldCount, ToldDispute, ToldOrder, ToldSale } from './model-types.ts'

const WHOLE = 100_000_000n
const HAS_MONEY = ['PAID', 'PARTIALLY_PAID', 'PARTIALLY_REFUNDED', 'REFUNDED']
const ACCOUNTS: Record<string, string> = {
  product: 'revenue/product',
  gift_card: 'gift-cards',
  shipping: 'revenue/shipping',
  tip: 'tips',
  duty: 'duties',
  fee: 'fees',
  additional_fee: 'fees',
}

export class ModelBooks {
  readonly people = new ModelPeople()
  private readonly lines: ModelLines
  private readonly awards = new ModelAwards()
  private readonly orders = new Map<bigint, ToldOrder>()
  private readonly sales = new Map<bigint, Map<bigint, ToldSale>>()
  private readonly booked = new Set<bigint>()
  private readonly disputes = new Map<bigint, ToldDispute>()
  private readonly counts = new Map<string, ToldCount>()

  constructor(capBps = 10_000) {
    this.lines = new ModelLines(capBps)
  }

  accept(version: ModelVersion): void {
    this.lines.versions.push(version)
  }

  plan(drop: ModelDrop): void {
    this.lines.drops.push(drop)
  }

  /** Nothing is sold in it from then on. */
  abort(drop: ModelDrop, at: number): void {
    drop.ends = drop.ends < at ? drop.ends : at
  }

  /** A count of one moment counts once. */
  hearCount(told: ToldCount): void {
    const key = `${told.itemId} ${told.locationId} ${told.at}`
    if (!this.counts.has(key)) this.counts.set(key, told)
  }

  /** An order as it was at some moment; an older one than is known adds nothing but sales that were not seen. */
  hear(told: ToldOrder): void {
    const known = this.orders.get(told.orderId)
    if (!known || known.updatedAt <= told.updatedAt) this.orders.set(told.orderId, told)
    const sales = this.sales.get(told.orderId) ?? new Map<bigint, ToldSale>()
    for (const sale of told.sales) if (!sales.has(sale.saleId)) sales.set(sale.saleId, sale)
    this.sales.set(told.orderId, sales)
    const order = this.orders.get(told.orderId)
    if (!order || order.isTest) return
    if (HAS_MONEY.includes(order.financialStatus)) this.booked.add(told.orderId)
    for (const sale of this.inOrder(told.orderId)) {
      this.lines.hearContract(order, sale)
      if (this.booked.has(told.orderId)) this.lines.decide(order, sale)
    }
  }

  hearDispute(told: ToldDispute): void {
    this.disputes.set(told.disputeId, told)
  }

  /** Everything whose date has come moves on, unless the order is disputed or not paid in full. */
  mature(now: number): void {
    this.lines.mature(now, {
      isDisputed: (orderId) => this.isDisputed(orderId, 'needs_response'),
      isUnpaid: (orderId) => this.orders.get(orderId)?.financialStatus === 'PARTIALLY_PAID',
    })
  }

  /** Lines sold since then that the agreement pays, or would pay now, are decided anew. */
  rerate(agreementId: string, since: number): void {
    this.lines.rerate(agreementId, since)
  }

  /** What follows once a few facts are known together: awards, and differences that Shopify explained after all. */
  settle(now: number): void {
    for (const orderId of this.booked) if (this.unexplained(orderId) === 0n) this.people.explained(orderId)
    const sold = this.lines.all().flatMap((line) => this.partsOf(line))
    const buyers = [...this.orders.values()].filter(({ isTest }) => !isTest)
    const customers = buyers.map((order) => {
      const isLost = this.isDisputed(order.orderId, 'lost')
      const isPaid = ['PAID', 'PARTIALLY_REFUNDED', 'REFUNDED'].includes(order.financialStatus)
      return {
        orderId: order.orderId,
        customerKey: order.customerKey,
        placedAt: Date.parse(order.placedAt),
        isDisputed: this.isDisputed(order.orderId, 'needs_response'),
        counts: isPaid && !isLost,
        goodsMinor: this.goodsOf(order.orderId),
      }
    })
    const counts = [...this.counts.values()]
    this.awards.settle({ versions: this.lines.versions, sold, customers, counts, now })
  }

  /** What the order's sales leave unexplained of its total and nobody has booked elsewhere. */
  inSuspense(orderId: bigint): bigint {
    return this.booked.has(orderId) ? this.unexplained(orderId) - this.people.bookedOut(orderId) : 0n
  }

  /** Payable to a creator: credits positive. */
  available(creatorId: string): bigint {
    return -(this.balances().get(`creator/${creatorId}/available EUR`) ?? 0n)
  }

  /** "account currency balance" lines, sorted; zeros left out. */
  text(): string {
    const lines = [...this.balances()].filter(([, minor]) => minor !== 0n)
    return lines
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, minor]) => `${key} ${minor}\n`)
      .join('')
  }

  private balances(): Map<string, bigint> {
    const books = new Map<string, bigint>()
    for (const orderId of this.booked) this.addOrder(books, orderId)
    for (const dispute of this.disputes.values()) {
      const isPending = dispute.status === 'needs_response'
      const isLost = dispute.status === 'lost'
      if (isPending) add(books, `chargebacks-pending ${dispute.currency}`, dispute.amountMinor)
      if (isLost) add(books, `chargeback-losses ${dispute.currency}`, dispute.amountMinor)
      if (isPending || isLost) add(books, `receivable ${dispute.currency}`, -dispute.amountMinor)
    }
    for (const { account, minor } of [...this.awards.moves(), ...this.people.moves()])
      add(books, `${account} EUR`, minor)
    return books
  }

  private addOrder(books: Map<string, bigint>, orderId: bigint): void {
    const order = this.orders.get(orderId)
    if (!order) return
    const { currency } = order
    const nets = new Set<bigint>()
    for (const { sale, net, tax } of atRateOfSale(this.inOrder(orderId))) {
      add(books, `receivable ${currency}`, sale.totalMinor)
      add(books, `tax ${currency}`, -tax)
      add(books, `${ACCOUNTS[sale.lineType] ?? 'adjustments'} ${currency}`, -net)
      add(books, `fx-difference ${currency}`, -(sale.totalMinor - net - tax))
      if (sale.lineType === 'product' && sale.lineItemId !== null) nets.add(sale.lineItemId)
    }
    add(books, `receivable ${currency}`, this.unexplained(orderId))
    add(books, `suspense ${currency}`, -this.unexplained(orderId))
    for (const lineItemId of nets) this.addRoyalties(books, lineItemId, currency)
  }

  private addRoyalties(books: Map<string, bigint>, lineItemId: bigint, currency: string): void {
    const line = this.lines.get(lineItemId)
    if (!line) return
    const earned = new Map<string, bigint>()
    for (const { version, royaltyMinor } of this.partsOf(line)) add(earned, version.creatorId, royaltyMinor)
    for (const [creatorId, royalty] of earned) {
      add(books, `royalty-expense ${currency}`, royalty)
      const back = keptBack(line, creatorId, royalty)
      const bucket = line.released.has(creatorId) ? 'available' : 'held'
      add(books, `creator/${creatorId}/${bucket} ${currency}`, back - royalty)
      add(books, `creator/${creatorId}/reserve ${currency}`, -back)
    }
  }

  /** Each payee's part in a line. The merchant takes part with the rest, and last of all in ties. */
  private partsOf(line: Line): SoldPart[] {
    const { orderId, soldAt, productId } = line
    const dropId = this.lines.dropOf(line)?.id ?? null
    const rated = atRateOfSale(this.inOrder(orderId)).filter(
      ({ sale }) => sale.lineItemId === line.lineItemId,
    )
    const isLost = this.isDisputed(orderId, 'lost')
    const net = rated.reduce((all, sale) => all + sale.net, 0n)
    const taken = line.payees.reduce((all, payee) => all + payee.weight, 0n)
    const claims = line.payees.map(({ version, weight }) => ({ id: version.id, weight }))
    const parts = exactSplit(isLost ? 0n : net, [...claims, { id: '\uffff', weight: WHOLE - taken }])
    return line.payees.map(({ version, roomBps }, place) => ({
      version,
      orderId,
      productId,
      dropId,
      soldAt,
      roomBps,
      isLost,
      netMinor: net,
      pieces: piecesOf(rated),
      royaltyMinor: parts[place] ?? 0n,
    }))
  }

  /** As the buyers paid for them that day. */
  private goodsOf(orderId: bigint): bigint {
    return this.inOrder(orderId)
      .filter(({ lineType }) => lineType === 'product')
      .reduce((all, { totalMinor, taxMinor }) => all + totalMinor - taxMinor, 0n)
  }

  private unexplained(orderId: bigint): bigint {
    const total = this.orders.get(orderId)?.currentTotalMinor ?? 0n
    return this.inOrder(orderId).reduce((rest, { totalMinor }) => rest - totalMinor, total)
  }

  private isDisputed(orderId: bigint, status: string): boolean {
    return [...this.disputes.values()].some(
      (dispute) => dispute.orderId === orderId && dispute.status === status,
    )
  }

  private inOrder(orderId: bigint): ToldSale[] {
    return [...(this.sales.get(orderId)?.values() ?? [])].sort(
      (left, right) =>
        Date.parse(left.happenedAt) - Date.parse(right.happenedAt) || (left.saleId < right.saleId ? -1 : 1),
    )
  }
}

/** Pieces that money moved for: one that was given for nothing, or came back for nothing, climbs no ladder. */
function piecesOf(rated: readonly RatedSale[]): bigint {
  return rated.reduce((all, { sale }) => all + (sale.totalMinor === 0n ? 0n : BigInt(sale.quantity ?? 0)), 0n)
}

function keptBack(line: Line, creatorId: string, royalty: bigint): bigint {
  const wait = line.waits.get(creatorId)
  if (!wait || !line.released.has(creatorId) || line.freed.has(creatorId)) return 0n
  const size = royalty < 0n ? -royalty : royalty
  const kept = (size * BigInt(wait.reserveBps)) / 10_000n
  return royalty < 0n ? -kept : kept
}

function add(books: Map<string, bigint>, key: string, minor: bigint): void {
  books.set(key, (books.get(key) ?? 0n) + minor)
}
