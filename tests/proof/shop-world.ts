// What really happens in a shop, told in the shape in which Shopify tells it: each order holds every sale so far and its newest totals.
import type { FetchedOrder } from '#app/adapters/shopify/fetched-order.ts'

type FetchedSale = FetchedOrder['sales'][number]

export interface PlacedLine {
  productId: bigint
  quantity: number
  /** After discounts, before tax, of one piece. Minor units. */
  unitNetMinor: bigint
  discountMinor: bigint
}

export interface Placed {
  orderId: bigint
  at: number
  currency: string
  /** The currency that the buyer pays in, with its minor units for ten thousand of the shop’s. */
  presentment: { currency: string; rate: bigint }
  codes: string[]
  lines: PlacedLine[]
  /** In hundredths of a percent. */
  taxBps: bigint
  shippingMinor: bigint
  tipMinor: bigint
  giftCardMinor: bigint
  status: string
  isTest: boolean
  /** Who buys; null: nobody knows. */
  buyer?: string | null
  /** Of the subscription that the order begins or renews. */
  contractId?: bigint | null
}

interface WorldLine {
  lineItemId: bigint
  productId: bigint
  quantity: number
  netMinor: bigint
  taxMinor: bigint
  discountMinor: bigint
  /** What of it the buyer has paid for in their own currency. */
  foreignNetMinor: bigint
  foreignTaxMinor: bigint
}

type NewSale = Pick<FetchedSale, 'agreementKind' | 'actionType' | 'lineType' | 'totalMinor' | 'taxMinor'> &
  Partial<
    Pick<
      FetchedSale,
      'lineItemId' | 'productId' | 'quantity' | 'discountMinor' | 'presentmentMinor' | 'presentmentTaxMinor'
    >
  >

/** One order over its life. Every change gives it a new moment; `told()` is what a fetch would answer now. */
export class WorldOrder {
  readonly orderId: bigint
  readonly lines: WorldLine[] = []
  status: string
  at: number
  private readonly sales: FetchedSale[] = []
  private agreements = 0
  private cancelledAt: string | null = null
  private unexplainedMinor = 0n
  private readonly placed: Placed
  private rate: bigint

  constructor(placed: Placed) {
    this.placed = placed
    this.rate = placed.presentment.rate
    this.orderId = placed.orderId
    this.status = placed.status
    this.at = placed.at
    this.agreements += 1
    for (const line of placed.lines) this.sellLine(line, 'order')
    const { shippingMinor, tipMinor, giftCardMinor, taxBps } = placed
    const tax = taxOf(shippingMinor, taxBps)
    if (shippingMinor > 0n)
      this.book({ ...ORDER, lineType: 'shipping', totalMinor: shippingMinor + tax, taxMinor: tax })
    if (tipMinor > 0n) this.book({ ...ORDER, lineType: 'tip', totalMinor: tipMinor, taxMinor: 0n })
    if (giftCardMinor > 0n) {
      const lineItemId = this.orderId * 100n + 99n
      this.book({ ...ORDER, lineType: 'gift_card', totalMinor: giftCardMinor, taxMinor: 0n, lineItemId })
    }
  }

  pay(at: number): void {
    this.touch(at)
    this.status = 'PAID'
  }

  /** Takes pieces of a line back; the last ones give back what is left to the unit. Returns false when nothing is left. */
  takeBack(at: number, place: number, pieces: number, how: 'refund' | 'return' | 'order_edit'): boolean {
    const line = this.lines[place % this.lines.length]
    if (!line || line.quantity === 0) return false
    this.touch(at)
    const quantity = Math.min(pieces, line.quantity)
    const part = (minor: bigint) => (minor * BigInt(quantity)) / BigInt(line.quantity)
    const discount = part(line.discountMinor)
    const foreign = { net: part(line.foreignNetMinor), tax: part(line.foreignTaxMinor) }
    // The buyer gets back what they paid; what that costs the shop depends on the day.
    const net = this.isForeign ? this.atHome(foreign.net) : part(line.netMinor)
    const tax = this.isForeign ? this.atHome(foreign.tax) : part(line.taxMinor)
    this.book({
      agreementKind: how,
      actionType: how === 'order_edit' ? 'update' : 'return',
      lineType: 'product',
      totalMinor: -(net + tax),
      taxMinor: -tax,
      discountMinor: -discount,
      quantity: -quantity,
      lineItemId: line.lineItemId,
      productId: line.productId,
      ...(this.isForeign && {
        presentmentMinor: -(foreign.net + foreign.tax),
        presentmentTaxMinor: -foreign.tax,
      }),
    })
    line.foreignNetMinor -= foreign.net
    line.foreignTaxMinor -= foreign.tax
    line.quantity -= quantity
    line.netMinor -= net
    line.taxMinor -= tax
    line.discountMinor -= discount
    this.settleStatus()
    return true
  }

  /** Everything that the lines still hold, in one refund. */
  takeAllBack(at: number, how: 'refund' | 'return'): void {
    for (let place = 0; place < this.lines.length; place++)
      this.takeBack(at, place, this.lines[place]?.quantity ?? 0, how)
  }

  /** Money back that no line explains: shipping, tax alone, goodwill, or a fee that the shop keeps (positive). */
  adjust(at: number, kind: 'shipping' | 'tax' | 'goodwill' | 'fee', minor: bigint): void {
    this.touch(at)
    const refund = { agreementKind: 'refund', actionType: 'return' }
    if (kind === 'shipping') this.book({ ...refund, lineType: 'shipping', totalMinor: -minor, taxMinor: 0n })
    if (kind === 'tax') this.book({ ...refund, lineType: 'adjustment', totalMinor: -minor, taxMinor: -minor })
    if (kind === 'goodwill')
      this.book({ ...refund, lineType: 'adjustment', totalMinor: -minor, taxMinor: 0n })
    if (kind === 'fee') this.book({ ...refund, lineType: 'fee', totalMinor: minor, taxMinor: 0n })
    this.settleStatus()
  }

  /** An order edit, or an exchange: the new piece comes with its own line. */
  addLine(at: number, line: PlacedLine, kind: 'order_edit' | 'return'): void {
    this.touch(at)
    this.sellLine(line, kind)
  }

  /** What the shop's currency is worth in the buyer's from now on, where the buyer has one of their own. */
  setRate(rate: bigint): void {
    if (this.isForeign) this.rate = rate
  }

  cancel(at: number): void {
    this.takeAllBack(at, 'refund')
    this.touch(at)
    this.cancelledAt = new Date(at).toISOString()
  }

  /** Never captured: the authorisation lapsed. */
  void(at: number): void {
    this.touch(at)
    this.status = 'VOIDED'
  }

  /** A total that the sales do not explain; zero when Shopify's numbers meet again. */
  leaveUnexplained(at: number, minor: bigint): void {
    this.touch(at)
    this.unexplainedMinor = minor
  }

  get lineTotalMinor(): bigint {
    return this.sales.reduce((sum, sale) => sum + sale.totalMinor, 0n)
  }

  /** A copy: what is told once does not change afterwards. */
  told(): FetchedOrder {
    const { orderId, at, currency, presentment, codes, isTest, buyer = null } = this.placed
    return {
      orderId,
      name: `#${orderId}`,
      placedAt: new Date(at).toISOString(),
      updatedAt: new Date(this.at).toISOString(),
      cancelledAt: this.cancelledAt,
      isTest,
      currency,
      presentmentCurrency: presentment.currency,
      currentTotalMinor: this.lineTotalMinor + this.unexplainedMinor,
      financialStatus: this.status,
      discountCodes: [...codes],
      linkReference: null,
      customerKey: buyer,
      sales: [...this.sales],
    }
  }

  private sellLine(line: PlacedLine, kind: string): void {
    const netMinor = line.unitNetMinor * BigInt(line.quantity)
    const taxMinor = taxOf(netMinor, this.placed.taxBps)
    const lineItemId = this.orderId * 100n + BigInt(this.lines.length + 1)
    const { productId, quantity, discountMinor } = line
    const foreignTaxMinor = this.abroad(taxMinor)
    const foreignNetMinor = this.abroad(netMinor + taxMinor) - foreignTaxMinor
    const foreign = { foreignNetMinor, foreignTaxMinor }
    this.lines.push({ lineItemId, productId, quantity, netMinor, taxMinor, discountMinor, ...foreign })
    this.book({
      agreementKind: kind,
      actionType: kind === 'order' ? 'order' : 'update',
      lineType: 'product',
      totalMinor: netMinor + taxMinor,
      taxMinor,
      discountMinor,
      quantity,
      lineItemId,
      productId,
    })
  }

  private get isForeign(): boolean {
    return this.placed.presentment.currency !== this.placed.currency
  }

  private abroad(minor: bigint): bigint {
    return (minor * this.rate) / 10_000n
  }

  private atHome(foreignMinor: bigint): bigint {
    return (foreignMinor * 10_000n) / this.rate
  }

  private settleStatus(): void {
    if (this.status !== 'PAID' && this.status !== 'PARTIALLY_REFUNDED') return
    const nothingLeft = this.lines.every((line) => line.quantity === 0)
    this.status = nothingLeft ? 'REFUNDED' : 'PARTIALLY_REFUNDED'
  }

  /** Never two states at the same moment: the later one must be told apart. */
  private touch(at: number): void {
    this.at = Math.max(at, this.at + 1000)
    this.agreements += 1
  }

  private book(sale: NewSale): void {
    const { presentment, currency } = this.placed
    const number = BigInt(this.sales.length + 1)
    const told = {
      lineItemId: null,
      productId: null,
      quantity: null,
      discountMinor: 0n,
      presentmentMinor: this.abroad(sale.totalMinor),
      presentmentTaxMinor: this.abroad(sale.taxMinor),
      ...sale,
      saleId: this.orderId * 1000n + number,
      orderId: this.orderId,
      salesAgreementId: this.orderId * 100n + BigInt(this.agreements),
      reason: sale.agreementKind,
      happenedAt: new Date(this.at).toISOString(),
      variantId: null,
      title: sale.productId ? `Piece ${sale.productId}` : '',
      currency,
      presentmentCurrency: presentment.currency,
      contractId: sale.lineType === 'product' ? (this.placed.contractId ?? null) : null,
    }
    this.sales.push(told)
  }
}

const ORDER = { agreementKind: 'order', actionType: 'order' }

function taxOf(netMinor: bigint, taxBps: bigint): bigint {
  return (netMinor * taxBps) / 10_000n
}
