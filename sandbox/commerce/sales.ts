// Sales of an order: what each part is worth now, and how a new agreement is appended. A sale is never changed.
import type { Order, Sale, SaleLineType, SalesAgreement } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { addBags, isZero, type MinorBag, mapBag, negateBag, readBag, writeBag, ZERO } from './minor-bag.ts'
import { scale } from './money.ts'
import { splitTax } from './sale-taxes.ts'

/** Money of one sale, or the sum of several. */
export interface SaleMoney {
  total: MinorBag
  tax: MinorBag
  discountBeforeTaxes: MinorBag
  discountAfterTaxes: MinorBag
}

export interface SaleDraft extends SaleMoney {
  actionType: Sale['actionType']
  lineType: SaleLineType
  lineItemId: string | null
  partId?: string
  quantity: number | null
  /** One for each tax line of the part; absent: in proportion to what is left of each. */
  taxes?: MinorBag[]
}

export const NO_MONEY: SaleMoney = {
  total: ZERO,
  tax: ZERO,
  discountBeforeTaxes: ZERO,
  discountAfterTaxes: ZERO,
}

/** Sum of the order's sales that are asked for. */
export function sumSales(order: Order, wanted: (sale: Sale) => boolean = () => true): SaleMoney {
  const sales = order.agreements.flatMap((agreement) => agreement.sales).filter(wanted)
  const sum = (of: (sale: Sale) => Sale['total']) => addBags(...sales.map((sale) => readBag(of(sale), order)))
  return {
    total: sum((sale) => sale.total),
    tax: sum((sale) => sale.tax),
    discountBeforeTaxes: sum((sale) => sale.discountBeforeTaxes),
    discountAfterTaxes: sum((sale) => sale.discountAfterTaxes),
  }
}

/** What is left of a line after everything that was taken back. */
export function lineBalance(order: Order, lineItemId: string): SaleMoney {
  return sumSales(order, (sale) => sale.lineItemId === lineItemId)
}

/** What is left of everything that belongs to no line, by type (shipping, tip, duties …). */
export function balanceOfType(order: Order, lineType: SaleLineType): SaleMoney {
  return sumSales(order, (sale) => sale.lineType === lineType && sale.lineItemId === null)
}

/** What is left of one shipping line, duty or fee; `partId` undefined: of the one that has no id. */
export function balanceOfPart(order: Order, lineType: SaleLineType, partId: string | undefined): SaleMoney {
  return sumSales(
    order,
    (sale) => sale.lineType === lineType && sale.lineItemId === null && sale.partId === partId,
  )
}

/** The part × numerator ÷ denominator of each amount. Taking all that is left leaves exactly nothing. */
export function portion(money: SaleMoney, numerator: bigint, denominator: bigint): SaleMoney {
  return mapMoney(money, (bag) => mapBag(bag, (minor) => scale(minor, numerator, denominator)))
}

export function mapMoney(money: SaleMoney, change: (bag: MinorBag) => MinorBag): SaleMoney {
  return {
    total: change(money.total),
    tax: change(money.tax),
    discountBeforeTaxes: change(money.discountBeforeTaxes),
    discountAfterTaxes: change(money.discountAfterTaxes),
  }
}

export function addMoney(a: SaleMoney, b: SaleMoney): SaleMoney {
  return {
    total: addBags(a.total, b.total),
    tax: addBags(a.tax, b.tax),
    discountBeforeTaxes: addBags(a.discountBeforeTaxes, b.discountBeforeTaxes),
    discountAfterTaxes: addBags(a.discountAfterTaxes, b.discountAfterTaxes),
  }
}

export function negateMoney(money: SaleMoney): SaleMoney {
  return mapMoney(money, negateBag)
}

/** An amount without tax or discount, such as an adjustment. */
export function plainMoney(total: MinorBag): SaleMoney {
  return { ...NO_MONEY, total }
}

export function isNothing(money: SaleMoney): boolean {
  return [money.total, money.tax, money.discountBeforeTaxes, money.discountAfterTaxes].every(isZero)
}

export interface AgreementDraft {
  kind: SalesAgreement['kind']
  happenedAt: string
  subjectId: string | null
  staffNote?: string
  sales: SaleDraft[]
}

/** Appends an agreement and moves the order's current total by its sales. Without sales nothing is appended. */
export function appendAgreement(sandbox: Pick<Sandbox, 'nextId'>, order: Order, draft: AgreementDraft): void {
  if (draft.sales.length === 0) return
  const { kind, happenedAt, subjectId, staffNote } = draft
  const sales: Sale[] = []
  order.agreements.push({
    id: sandbox.nextId('agreement'),
    kind,
    reason: kind,
    happenedAt,
    subjectId,
    ...(staffNote && { staffNote }),
    sales,
  })
  for (const sale of draft.sales) sales.push(writeSale(sandbox, order, sale))
  const change = addBags(...draft.sales.map(({ total }) => total))
  order.currentTotal = writeBag(addBags(readBag(order.currentTotal, order), change), order)
}

function writeSale(sandbox: Pick<Sandbox, 'nextId'>, order: Order, sale: SaleDraft): Sale {
  const taxes = splitTax(order, sale)
  return {
    id: sandbox.nextId('sale'),
    actionType: sale.actionType,
    lineType: sale.lineType,
    lineItemId: sale.lineItemId,
    ...(sale.partId !== undefined && { partId: sale.partId }),
    quantity: sale.quantity,
    total: writeBag(sale.total, order),
    tax: writeBag(sale.tax, order),
    discountBeforeTaxes: writeBag(sale.discountBeforeTaxes, order),
    discountAfterTaxes: writeBag(sale.discountAfterTaxes, order),
    ...(taxes && { taxes }),
  }
}
