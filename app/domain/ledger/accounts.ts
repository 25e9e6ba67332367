export type AccountKind = 'asset' | 'liability' | 'revenue' | 'expense'

/** The shop's own accounts. Amounts are signed: debits positive, credits negative. */
const SHOP_ACCOUNTS = {
  /** What buyers owe or have paid, before the payment provider settles. */
  receivable: 'asset',
  'revenue/product': 'revenue',
  'revenue/shipping': 'revenue',
  /** Passed on to staff, so not revenue. */
  tips: 'liability',
  tax: 'liability',
  /** Sold cards that nobody has spent yet. */
  'gift-cards': 'liability',
  /** Collected for customs. */
  duties: 'liability',
  /** Restocking, return and other fees charged to buyers. */
  fees: 'revenue',
  /** Refunds and corrections that no line explains. */
  adjustments: 'revenue',
  /** Differences that Shopify's numbers do not explain. */
  suspense: 'liability',
  'royalty-expense': 'expense',
  /** Taken back by a bank while a chargeback is open. */
  'chargebacks-pending': 'asset',
  'chargeback-losses': 'expense',
} as const satisfies Record<string, AccountKind>

export type ShopAccountCode = keyof typeof SHOP_ACCOUNTS
/** held: the return window is open; available: payable. */
export type CreatorBucket = 'held' | 'available'
export type CreatorAccountCode = `creator/${string}/${CreatorBucket}`
export type AccountCode = ShopAccountCode | CreatorAccountCode

export interface AccountDescription {
  code: AccountCode
  kind: AccountKind
  creatorId: string | null
  bucket: CreatorBucket | null
}

export function creatorAccount(creatorId: string, bucket: CreatorBucket): CreatorAccountCode {
  return `creator/${creatorId}/${bucket}`
}

const CREATOR_ACCOUNT = /^creator\/([^/]+)\/(held|available)$/

/** Reads a stored account code. Throws on one that is not of the chart. */
export function describeAccount(code: string): AccountDescription {
  if (isShopAccount(code)) return { code, kind: SHOP_ACCOUNTS[code], creatorId: null, bucket: null }
  const [, creatorId, bucket] = CREATOR_ACCOUNT.exec(code) ?? []
  if (creatorId === undefined || (bucket !== 'held' && bucket !== 'available')) {
    throw new RangeError(`account ${code} is not in the chart`)
  }
  return { code: creatorAccount(creatorId, bucket), kind: 'liability', creatorId, bucket }
}

function isShopAccount(code: string): code is ShopAccountCode {
  return Object.hasOwn(SHOP_ACCOUNTS, code)
}

/** The shop's own accounts, as the chart lists them. */
export function shopAccounts(): ShopAccountCode[] {
  return Object.keys(SHOP_ACCOUNTS).filter(isShopAccount)
}
