// The books said a second time, in the shortest way: facts in, balances out. Nothing is posted and nothing remembered but facts, what stands
// where is computed from all of them each time. Plain bigint; shares no code with the app.
import { exactSplit } from './exact-split.ts'
import type { ModelVersion, ToldDispute, ToldOrder, ToldSale } from './model-types.ts'

const DAY = 86_400_000
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

interface Payee {
  version: ModelVersion
  weight: bigint
}

interface Line {
  orderId: bigint
  productId: bigint | null
  codes: readonly string[]
  payees: Payee[]
  soldAt: number
  /** By creator: when the wait ends, and what then stays back for how long. */
  waits: Map<string, { until: number; reserveBps: number; reserveUntil: number }>
  /** Creators whose wait is over, and whose reserve is. */
  released: Set<string>
  freed: Set<string>
}

export class ModelBooks {
  private readonly versions: ModelVersion[] = []
  private readonly orders = new Map<bigint, ToldOrder>()
  private readonly sales = new Map<bigint, Map<bigint, ToldSale>>()
  private readonly booked = new Set<bigint>()
  private readonly disputes = new Map<bigint, ToldDispute>()
  private readonly lines = new Map<bigint, Line>()
  /** What people asked for: sums by "account currency". */
  private readonly asked = new Map<string, bigint>()
  private readonly capBps: bigint

  constructor(capBps = 10_000) {
    this.capBps = BigInt(capBps)
  }

  accept(version: ModelVersion): void {
    this.versions.push(version)
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
    if (this.booked.has(told.orderId)) for (const sale of this.inOrder(told.orderId)) this.decide(order, sale)
  }

  hearDispute(told: ToldDispute): void {
    this.disputes.set(told.disputeId, told)
  }

  /** Everything whose date has come moves on, unless the order is disputed or not paid in full. */
  mature(now: number): void {
    for (const line of this.lines.values()) {
      for (const [creatorId, wait] of line.waits) {
        if (wait.until <= now && !line.released.has(creatorId) && !this.waits(line.orderId))
          line.released.add(creatorId)
        if (wait.reserveUntil <= now && line.released.has(creatorId)) line.freed.add(creatorId)
      }
    }
  }

  /** Lines sold since then that the agreement pays, or would pay now, are decided anew. Waits that run keep their dates. */
  rerate(agreementId: string, since: number): void {
    for (const line of this.lines.values()) {
      if (line.soldAt < since) continue
      const winners = this.winnersOf(line)
      const concerned = [...line.payees.map(({ version }) => version), ...winners]
      if (!concerned.some((version) => version.agreementId === agreementId)) continue
      line.payees = this.capped(winners)
      for (const [creatorId, wait] of waitsOf(winners, line.soldAt))
        if (!line.waits.has(creatorId)) line.waits.set(creatorId, wait)
    }
  }

  /** Money that people moved: pairs of account and amount, debits positive. */
  move(currency: string, ...moves: Array<[account: string, minor: bigint]>): void {
    for (const [account, minor] of moves) add(this.asked, `${account} ${currency}`, minor)
  }

  balanceOf(account: string, currency: string): bigint {
    return this.balances().get(`${account} ${currency}`) ?? 0n
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
    const books = new Map(this.asked)
    for (const orderId of this.booked) this.addOrder(books, orderId)
    for (const dispute of this.disputes.values()) {
      const isPending = dispute.status === 'needs_response'
      const isLost = dispute.status === 'lost'
      if (isPending) add(books, `chargebacks-pending ${dispute.currency}`, dispute.amountMinor)
      if (isLost) add(books, `chargeback-losses ${dispute.currency}`, dispute.amountMinor)
      if (isPending || isLost) add(books, `receivable ${dispute.currency}`, -dispute.amountMinor)
    }
    return books
  }

  private addOrder(books: Map<string, bigint>, orderId: bigint): void {
    const order = this.orders.get(orderId)
    if (!order) return
    const { currency } = order
    const sales = this.inOrder(orderId)
    let sold = 0n
    const nets = new Map<bigint, bigint>()
    for (const { sale, net, tax } of atRateOfSale(sales)) {
      sold += sale.totalMinor
      add(books, `receivable ${currency}`, sale.totalMinor)
      add(books, `tax ${currency}`, -tax)
      add(books, `${ACCOUNTS[sale.lineType] ?? 'adjustments'} ${currency}`, -net)
      add(books, `fx-difference ${currency}`, -(sale.totalMinor - net - tax))
      if (sale.lineType === 'product' && sale.lineItemId !== null)
        nets.set(sale.lineItemId, (nets.get(sale.lineItemId) ?? 0n) + net)
    }
    const unexplained = order.currentTotalMinor - sold
    add(books, `receivable ${currency}`, unexplained)
    add(books, `suspense ${currency}`, -unexplained)
    const isLost = [...this.disputes.values()].some(
      (dispute) => dispute.orderId === orderId && dispute.status === 'lost',
    )
    for (const [lineItemId, net] of nets) this.addRoyalties(books, lineItemId, isLost ? 0n : net, currency)
  }

  private addRoyalties(books: Map<string, bigint>, lineItemId: bigint, net: bigint, currency: string): void {
    const line = this.lines.get(lineItemId)
    if (!line || line.payees.length === 0) return
    const taken = line.payees.reduce((sum, payee) => sum + payee.weight, 0n)
    const claims = line.payees.map(({ version, weight }) => ({ id: version.id, weight }))
    // The merchant takes part with the rest, and last of all in ties.
    const parts = exactSplit(net, [...claims, { id: '\uffff', weight: WHOLE - taken }])
    const earned = new Map<string, bigint>()
    line.payees.forEach(({ version }, place) => {
      add(earned, version.creatorId, parts[place] ?? 0n)
    })
    for (const [creatorId, royalty] of earned) {
      add(books, `royalty-expense ${currency}`, royalty)
      const back = this.keptBack(line, creatorId, royalty)
      const bucket = line.released.has(creatorId) ? 'available' : 'held'
      add(books, `creator/${creatorId}/${bucket} ${currency}`, back - royalty)
      add(books, `creator/${creatorId}/reserve ${currency}`, -back)
    }
  }

  private keptBack(line: Line, creatorId: string, royalty: bigint): bigint {
    const wait = line.waits.get(creatorId)
    if (!wait || !line.released.has(creatorId) || line.freed.has(creatorId)) return 0n
    const size = royalty < 0n ? -royalty : royalty
    const kept = (size * BigInt(wait.reserveBps)) / 10_000n
    return royalty < 0n ? -kept : kept
  }

  private waits(orderId: bigint): boolean {
    const isDisputed = [...this.disputes.values()].some(
      (dispute) => dispute.orderId === orderId && dispute.status === 'needs_response',
    )
    return isDisputed || this.orders.get(orderId)?.financialStatus === 'PARTIALLY_PAID'
  }

  private inOrder(orderId: bigint): ToldSale[] {
    return [...(this.sales.get(orderId)?.values() ?? [])].sort(
      (left, right) =>
        Date.parse(left.happenedAt) - Date.parse(right.happenedAt) || (left.saleId < right.saleId ? -1 : 1),
    )
  }

  /** Once a line, by what was agreed when it was sold. */
  private decide(order: ToldOrder, sale: ToldSale): void {
    const { lineItemId, productId } = sale
    if (sale.lineType !== 'product' || lineItemId === null || this.lines.has(lineItemId)) return
    const soldAt = Date.parse(sale.happenedAt)
    const line = { orderId: order.orderId, productId, codes: order.discountCodes, soldAt }
    const winners = this.winnersOf(line)
    this.lines.set(lineItemId, {
      ...line,
      payees: this.capped(winners),
      waits: waitsOf(winners, soldAt),
      released: new Set(),
      freed: new Set(),
    })
  }

  private winnersOf({
    soldAt,
    productId,
    codes,
  }: Pick<Line, 'soldAt' | 'productId' | 'codes'>): ModelVersion[] {
    const inForce = this.inForceAt(soldAt)
    const owners = inForce.filter(
      ({ role, productIds }) => role === 'design_owner' && productIds.includes(String(productId)),
    )
    const promoter = codes
      .map((code) => inForce.find((version) => version.role === 'promoter' && version.codes.includes(code)))
      .find((found) => found !== undefined)
    return promoter ? [...owners, promoter] : owners
  }

  /** Of each agreement the latest version that has begun by then: it replaces the earlier ones, also where it reaches back before them. */
  private inForceAt(at: number): ModelVersion[] {
    const newest = new Map<string, ModelVersion>()
    for (const version of this.versions) if (version.from <= at) newest.set(version.agreementId, version)
    return [...newest.values()]
  }

  private capped(winners: ModelVersion[]): Payee[] {
    const wanted = winners.reduce((sum, { shareBps }) => sum + BigInt(shareBps), 0n)
    const claims = winners.map(({ id, shareBps }) => ({ id, weight: BigInt(shareBps) }))
    const shares = wanted > this.capBps ? exactSplit(this.capBps, claims) : claims.map(({ weight }) => weight)
    return winners.map((version, place) => ({
      version,
      weight: (shares[place] ?? 0n) * (10_000n - BigInt(version.feeBps)),
    }))
  }
}

function waitsOf(winners: readonly ModelVersion[], soldAt: number): Line['waits'] {
  const waits: Line['waits'] = new Map()
  for (const { creatorId, holdDays, reserveBps, reserveDays } of winners) {
    const until = soldAt + holdDays * DAY
    waits.set(creatorId, { until, reserveBps, reserveUntil: until + reserveDays * DAY })
  }
  return waits
}

/** A return of a sale in another currency is worth what it was sold for; the rest is a difference of exchange. */
function atRateOfSale(sales: ToldSale[]): Array<{ sale: ToldSale; net: bigint; tax: bigint }> {
  const blank = () => ({ net: 0n, tax: 0n, foreignNet: 0n, foreignTax: 0n, backNet: 0n, backTax: 0n })
  const known = new Map<string, ReturnType<typeof blank>>()
  return sales.map((sale) => {
    const net = sale.totalMinor - sale.taxMinor
    const foreignTax = sale.presentmentTaxMinor ?? 0n
    const foreignNet = sale.presentmentMinor - foreignTax
    const key = String(sale.lineItemId ?? sale.lineType)
    const line = known.get(key) ?? blank()
    known.set(key, line)
    if (sale.totalMinor >= 0n) {
      line.net += net
      line.tax += sale.taxMinor
      line.foreignNet += foreignNet
      line.foreignTax += foreignTax
      return { sale, net, tax: sale.taxMinor }
    }
    if (sale.presentmentCurrency === sale.currency || line.foreignNet <= 0n)
      return { sale, net, tax: sale.taxMinor }
    const worth = (sold: bigint, back: bigint, foreign: bigint) =>
      foreign === 0n ? 0n : nearest(sold * back, foreign)
    const before = [
      worth(line.net, line.backNet, line.foreignNet),
      worth(line.tax, line.backTax, line.foreignTax),
    ]
    line.backNet += foreignNet
    line.backTax += foreignTax
    return {
      sale,
      net: worth(line.net, line.backNet, line.foreignNet) - (before[0] ?? 0n),
      tax: worth(line.tax, line.backTax, line.foreignTax) - (before[1] ?? 0n),
    }
  })
}

/** Halves away from zero. */
function nearest(numerator: bigint, denominator: bigint): bigint {
  const doubled = 2n * (numerator < 0n ? -numerator : numerator) + denominator
  const size = (doubled - (doubled % (2n * denominator))) / (2n * denominator)
  return numerator < 0n ? -size : size
}

function add(books: Map<string, bigint>, key: string, minor: bigint): void {
  books.set(key, (books.get(key) ?? 0n) + minor)
}
