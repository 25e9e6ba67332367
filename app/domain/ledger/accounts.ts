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
  /** What a refund cost more or less because the exchange rate moved since the sale. */
  'fx-difference': 'expense',
  /** What cash lost (or won) because coins are not small enough. */
  rounding: 'expense',
  /** Differences that Shopify's numbers do not explain. */
  suspense: 'liability',
  /** Differences that somebody decided to bear. */
  'write-offs': 'expense',
  'royalty-expense': 'expense',
  /** Tier extras, retention bonuses, guarantees. */
  'award-expense': 'expense',
  /** Corrections of creators' balances that no sale explains. */
  'correction-expense': 'expense',
  /** Pieces given to creators, at their value. */
  'gifts-in-kind': 'expense',
  'goods-given': 'asset',
  /** Taken back by a bank while a chargeback is open. */
  'chargebacks-pending': 'asset',
  'chargeback-losses': 'expense',
  /** Sent, not yet confirmed. */
  'payouts-in-transit': 'liability',
  /** Kept from payouts for the tax office. */
  'withholding-payable': 'liability',
  bank: 'asset',
} as const satisfies Record<string, AccountKind>

export type ShopAccountCode = keyof typeof SHOP_ACCOUNTS
/** held: the return window is open; available: payable; reserve: kept back against returns; advance: paid ahead, not earned yet. */
export type CreatorBucket = 'held' | 'available' | 'reserve' | 'advance'
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

const CREATOR_ACCOUNT = /^creator\/([^/]+)\/(held|available|reserve|advance)$/

/** Reads a stored account code. Throws on one that is not of the chart. */
export function describeAccount(code: string): AccountDescription {
  if (isShopAccount(code)) return { code, kind: SHOP_ACCOUNTS[code], creatorId: null, bucket: null }
  const [, creatorId, bucket] = CREATOR_ACCOUNT.exec(code) ?? []
  if (creatorId === undefined || !isBucket(bucket))
    throw new RangeError(`account ${code} is not in the chart`)
  return { code: creatorAccount(creatorId, bucket), kind: bucketKind(bucket), creatorId, bucket }
}

/** A movement as whoever keeps the account reads it: above zero when it grows. `account`: a shop's account or a creators' bucket. */
export function growth(account: ShopAccountCode | CreatorBucket, debitMinor: bigint): bigint {
  const kind = isBucket(account) ? bucketKind(account) : SHOP_ACCOUNTS[account]
  return kind === 'asset' || kind === 'expense' ? debitMinor : -debitMinor
}

function bucketKind(bucket: CreatorBucket): AccountKind {
  return bucket === 'advance' ? 'asset' : 'liability'
}

function isBucket(text: string | undefined): text is CreatorBucket {
  return text === 'held' || text === 'available' || text === 'reserve' || text === 'advance'
}

function isShopAccount(code: string): code is ShopAccountCode {
  return Object.hasOwn(SHOP_ACCOUNTS, code)
}

/** The shop's own accounts, as the chart lists them. */
export function shopAccounts(): ShopAccountCode[] {
  return Object.keys(SHOP_ACCOUNTS).filter(isShopAccount)
}
