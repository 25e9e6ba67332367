import type { ShopAccountCode } from './accounts.ts'
import { type DraftPosting, draftJournal, type JournalDraft } from './journal-draft.ts'
import type { RoyaltyLine, SaleArithmetic } from './royalty-line.ts'
import { moveRoyalty } from './royalty-target.ts'
import type { SaleFact } from './sale-fact.ts'
import type { RatedSale } from './sale-rate.ts'
import { soldGoods } from './sold-goods.ts'

const NET_ACCOUNTS = new Map<string, ShopAccountCode>([
  ['product', 'revenue/product'],
  // A sold card is owed to whoever holds it; revenue comes when it is spent on goods, as any other tender.
  ['gift_card', 'gift-cards'],
  ['shipping', 'revenue/shipping'],
  ['tip', 'tips'],
  ['duty', 'duties'],
  ['fee', 'fees'],
  ['additional_fee', 'fees'],
])

export interface SalePosting {
  /** Null when the sale moves nothing (a test order, a free item). */
  draft: JournalDraft | null
  /** Where the line stands afterwards; null when none was given. */
  line: RoyaltyLine | null
}

/**
 * Books one sale: receivable against tax and the line's account, and for product lines the royalties of its payees.
 * `line` is where the royalties of the sale's order line stand, or null when nobody is paid for it. Sales of one line must be booked one
 * after the other, each with the line that the one before returned. `rated` are its amounts at the rate of the original sale (see rateSales).
 */
export function journalForSale(
  sale: SaleFact,
  line: RoyaltyLine | null,
  rated: RatedSale = { netMinor: sale.totalMinor - sale.taxMinor, taxMinor: sale.taxMinor, fxMinor: 0n },
): SalePosting {
  if (line !== null && line.lineItemId !== sale.lineItemId) {
    throw new RangeError(`sale ${sale.saleId} is not of line ${line.lineItemId}`)
  }
  if (sale.isTest) return { draft: null, line }
  const { netMinor, taxMinor, fxMinor } = rated
  const postings: DraftPosting[] = [
    { account: 'receivable', amountMinor: sale.totalMinor },
    { account: 'tax', amountMinor: -taxMinor },
    { account: NET_ACCOUNTS.get(sale.lineType) ?? 'adjustments', amountMinor: -netMinor },
    { account: 'fx-difference', amountMinor: -fxMinor },
  ]
  const isRated = line !== null && line.payees.length > 0 && sale.lineType === 'product'
  const move = isRated ? moveRoyalty(line, changeOf(rated, line), subjectOf(sale, rated)) : null
  const arithmetic: SaleArithmetic = {
    actionType: sale.actionType,
    lineType: sale.lineType,
    title: sale.title,
    productId: sale.productId === null ? null : sale.productId.toString(),
    quantity: sale.quantity,
    listMinor: (netMinor + sale.discountMinor).toString(),
    discountMinor: sale.discountMinor.toString(),
    netMinor: netMinor.toString(),
    taxMinor: taxMinor.toString(),
    fxMinor: fxMinor.toString(),
    totalMinor: sale.totalMinor.toString(),
    royalty: move ? move.arithmetic : null,
  }
  const draft = draftJournal({
    factKey: `sale/${sale.saleId}`,
    kind: 'sale',
    effectiveAt: sale.happenedAt,
    orderId: sale.orderId,
    lineItemId: sale.lineItemId,
    saleId: sale.saleId,
    currency: sale.currency,
    arithmetic: { ...arithmetic },
    postings: move ? [...postings, ...move.postings] : postings,
    entries: move?.entries ?? [],
  })
  return { draft, line: move ? move.line : line }
}

function changeOf(rated: RatedSale, line: RoyaltyLine) {
  return { netMinor: rated.netMinor, disputeLost: line.disputeLost }
}

function subjectOf(sale: SaleFact, rated: RatedSale) {
  return {
    kind: 'sale' as const,
    effectiveAt: sale.happenedAt,
    orderId: sale.orderId,
    productId: sale.productId,
    title: sale.title,
    ...soldGoods(sale, rated),
  }
}
