// The nouns of a Shopify store as plain, JSON-safe data. Money is a decimal string with its currency's decimals, as in Shopify's API.
import type { OrderEdit } from './order-edit-nouns.ts'
import type { Return } from './return-nouns.ts'

/** Decimal string such as "120.00" (USD) or "1200" (JPY). */
export type DecimalAmount = string

export interface MoneyBag {
  shop: DecimalAmount
  presentment: DecimalAmount
}

export interface AppInstallation {
  installedAt: string
  scopes: string[]
  /** Bumped at uninstall: tokens of an older generation are void. */
  generation: number
  subscriptions: AppSubscription[]
  metafields: Metafield[]
}

export interface AppSubscription {
  id: string
  name: string
  status: 'PENDING' | 'ACTIVE' | 'DECLINED' | 'EXPIRED' | 'CANCELLED'
  test: boolean
  price: DecimalAmount
  currency: string
  interval: 'EVERY_30_DAYS' | 'ANNUAL'
  returnUrl: string
  trialDays: number
  createdAt: string
}

export interface Shop {
  id: string
  /** lumen-atelier.myshopify.com */
  domain: string
  name: string
  email: string
  currency: string
  timeZone: string
  country: string
  taxesIncluded: boolean
  /** The flat rate, "0.08" = 8 %; not in force where `taxes` are given. */
  taxRate: string
  /** Several taxes beside each other (state and county, GST and PST); absent: one, called Tax. */
  taxes?: TaxRate[]
  /** Today's rates by currency: shop money × rate = money of that currency. Refunds of orders in it are exchanged at them. */
  exchangeRates?: Record<string, string>
  planPublicName: string
  ownerName: string
  installation: AppInstallation | null
  /** How often the app was ever installed; survives uninstall. */
  installations: number
}

export interface Image {
  url: string
  altText: string
  /** Pixels; pictures that the sandbox draws are of 2,048 by 2,048. */
  width?: number
  height?: number
}

export interface Variant {
  id: string
  title: string
  sku: string
  price: DecimalAmount
  compareAtPrice: DecimalAmount | null
  inventoryItemId: string
  inventoryPolicy: 'DENY' | 'CONTINUE'
  unitCost: DecimalAmount | null
}

export interface Product {
  id: string
  title: string
  handle: string
  descriptionHtml: string
  vendor: string
  productType: string
  tags: string[]
  status: 'ACTIVE' | 'DRAFT' | 'ARCHIVED' | 'UNLISTED'
  images: Image[]
  variants: Variant[]
  metafields: Metafield[]
  /** From when it is published, by the publication's id; absent: everywhere, since it was created. */
  publications?: Record<string, string>
  createdAt: string
  updatedAt: string
}

export interface Collection {
  id: string
  title: string
  handle: string
  productIds: string[]
  updatedAt: string
}

export interface Customer {
  id: string
  firstName: string
  lastName: string
  email: string
  phone: string | null
  tags: string[]
  createdAt: string
  redactedAt: string | null
}

export interface Location {
  id: string
  name: string
  active: boolean
}

/** Quantities of one inventory item at one location. */
export interface InventoryLevel {
  id: string
  inventoryItemId: string
  locationId: string
  available: number
  reserved: number
  committed: number
  onHand: number
  updatedAt: string
}

export interface Metafield {
  id: string
  namespace: string
  key: string
  type: string
  value: string
  /** Values before, as long as functions may still see them. Times in milliseconds. */
  earlier?: Array<{ value: string; until: number }>
}

export interface Metaobject {
  id: string
  type: string
  handle: string
  fields: Array<{ key: string; value: string }>
  updatedAt: string
}

export interface DiscountCode {
  id: string
  code: string
  title: string
  /** Fraction off each entitled line, "0.1" = 10 %. */
  percentage: string
  startsAt: string
  endsAt: string | null
  usageLimit: number | null
  appliesOncePerCustomer: boolean
  usageCount: number
  /** Empty: all products. */
  productIds: string[]
  status: 'ACTIVE' | 'SCHEDULED' | 'EXPIRED'
  /** May be used beside other codes; absent: it may not. */
  combines?: boolean
  createdAt: string
  /** Absent: never changed. */
  updatedAt?: string
}

/** An automatic discount whose effect a function of the app decides. */
export interface AutomaticDiscount {
  id: string
  title: string
  functionHandle: string
  startsAt: string
  endsAt: string | null
  /** EXPIRED: switched off; otherwise the clock decides. */
  status: 'ACTIVE' | 'EXPIRED'
  classes: Array<'ORDER' | 'PRODUCT' | 'SHIPPING'>
  combinesWith: { orderDiscounts: boolean; productDiscounts: boolean; shippingDiscounts: boolean }
  appliesOnOneTimePurchase: boolean
  appliesOnSubscription: boolean
  usageCount: number
  createdAt: string
  updatedAt: string
}

/** An order that the shop prepares for a buyer, who pays it through its link. */
export interface DraftOrder {
  id: string
  name: string
  /** In the link: who has it may pay. */
  token: string
  email: string | null
  customerId: string | null
  lines: Array<{
    id: string
    variantId: string
    quantity: number
    /** Fraction off, with its title. */
    discount: { title: string; fraction: string } | null
  }>
  customAttributes: Array<{ key: string; value: string }>
  note: string
  tags: string[]
  acceptAutomaticDiscounts: boolean
  reserveInventoryUntil: string | null
  /** Units that it holds, level by level; none: not any more. */
  reserved: Array<{ levelId: string; quantity: number }>
  createdAt: string
  updatedAt: string
  completedAt: string | null
  orderId: string | null
}

/** A cart and checkout validation: a function of the app, switched on in this shop. */
export interface Validation {
  id: string
  title: string
  functionHandle: string
  enabled: boolean
  /** Whether checkout stops when the function crashes. */
  blockOnFailure: boolean
}

export interface TaxRate {
  title: string
  /** "0.05" = 5 %. */
  rate: string
}

export interface TaxLine {
  title: string
  rate: string
  amount: MoneyBag
}

export interface LineItem {
  id: string
  productId: string | null
  variantId: string | null
  title: string
  sku: string
  quantity: number
  /** Units neither refunded nor removed. */
  currentQuantity: number
  isGiftCard: boolean
  unitPrice: MoneyBag
  /** Whole-line discount over all units. */
  discount: MoneyBag
  /** The automatic discount that it comes from; absent: from codes, or given by hand. */
  automaticDiscount?: { id: string; title: string }
  taxes: TaxLine[]
  sellingPlanName: string | null
  /** Custom items without tax; absent: taxed unless it is a gift card. */
  isTaxExempt?: boolean
  /** Custom items that are no goods; absent: shipped unless it is a gift card. */
  isNotShipped?: boolean
}

export interface ShippingLine {
  title: string
  price: MoneyBag
  discount: MoneyBag
  taxes: TaxLine[]
  /** Taken off by an edit. */
  isRemoved?: boolean
}

/** Shipping that an edit added. */
export interface AddedShippingLine extends ShippingLine {
  id: string
}

export interface Duty {
  id: string
  lineItemId: string
  price: MoneyBag
  harmonizedSystemCode: string | null
  countryCodeOfOrigin: string | null
}

export interface AdditionalFee {
  id: string
  name: string
  price: MoneyBag
  taxes: TaxLine[]
}

export type SaleLineType =
  | 'PRODUCT'
  | 'GIFT_CARD'
  | 'SHIPPING'
  | 'TIP'
  | 'DUTY'
  | 'FEE'
  | 'ADDITIONAL_FEE'
  | 'ADJUSTMENT'
  | 'UNKNOWN'

export interface Sale {
  id: string
  actionType: 'ORDER' | 'RETURN' | 'UPDATE' | 'UNKNOWN'
  lineType: SaleLineType
  lineItemId: string | null
  /** The shipping line, duty or fee that it is of; absent: there is one only. */
  partId?: string
  quantity: number | null
  /** After discounts, taxes included. Negative for returns. */
  total: MoneyBag
  tax: MoneyBag
  discountBeforeTaxes: MoneyBag
  discountAfterTaxes: MoneyBag
  /** Only where there are several tax lines: the parts of `tax`, in their order. */
  taxes?: TaxLine[]
}

export interface SalesAgreement {
  id: string
  kind: 'ORDER' | 'ORDER_EDIT' | 'REFUND' | 'RETURN'
  reason: 'ORDER' | 'ORDER_EDIT' | 'REFUND' | 'RETURN' | 'UNKNOWN'
  happenedAt: string
  /** The refund's or return's id. */
  subjectId: string | null
  /** Edits: what the staff wrote beside it. */
  staffNote?: string
  sales: Sale[]
}

export interface Transaction {
  id: string
  kind: 'SALE' | 'AUTHORIZATION' | 'CAPTURE' | 'VOID' | 'REFUND'
  status: 'SUCCESS' | 'FAILURE' | 'PENDING'
  gateway: string
  amount: MoneyBag
  createdAt: string
  /** The authorization that is captured or voided, the payment that is given back. */
  parentId?: string
  /** Cash handed over less `amount`: what rounding to the smallest coin added. */
  rounding?: MoneyBag
  /** What it settles of the order at the order's own rate, where the money moved at another. */
  settles?: MoneyBag
}

export interface Refund {
  id: string
  note: string
  createdAt: string
  lines: Array<{
    id: string
    lineItemId: string
    quantity: number
    restockType: string
    subtotal: MoneyBag
    tax: MoneyBag
  }>
  shipping: MoneyBag | null
  /** Money back that is tied to no line. */
  adjustment: MoneyBag | null
  /** What moved, at the rate of its day. */
  total: MoneyBag
  duties?: Array<{ dutyId: string; amount: MoneyBag }>
  discrepancyReason?: 'CUSTOMER' | 'DAMAGE' | 'OTHER' | 'RESTOCK'
  returnId?: string
  /** Absent: of an older state. */
  transactionIds?: string[]
}

export interface PostalAddress {
  address1: string
  city: string
  zip: string
  countryCode: string
}

export interface Order {
  id: string
  name: string
  number: number
  customerId: string | null
  email: string | null
  phone?: string | null
  /** Where it is sent; absent: nobody said. */
  shippingAddress?: PostalAddress | null
  createdAt: string
  processedAt: string
  updatedAt: string
  cancelledAt: string | null
  cancelReason: string | null
  /** Archived; absent: open. */
  closedAt?: string | null
  test: boolean
  currency: string
  presentmentCurrency: string
  taxesIncluded: boolean
  financialStatus:
    | 'PENDING'
    | 'PAID'
    | 'PARTIALLY_PAID'
    | 'PARTIALLY_REFUNDED'
    | 'REFUNDED'
    | 'VOIDED'
    | 'AUTHORIZED'
  discountCodes: string[]
  customAttributes: Array<{ key: string; value: string }>
  note: string
  tags: string[]
  sourceName: string
  lineItems: LineItem[]
  shipping: ShippingLine | null
  /** Beside `shipping`: what edits added. */
  addedShipping?: AddedShippingLine[]
  duties?: Duty[]
  additionalFees?: AdditionalFee[]
  tip: MoneyBag | null
  /** What Shopify's order says it is worth now; for captured payloads, what the payload said. */
  currentTotal: MoneyBag
  originalTotal: MoneyBag
  agreements: SalesAgreement[]
  transactions: Transaction[]
  refunds: Refund[]
  returns: Return[]
  /** Set on imported payloads that do not add up: what was found, in words. */
  importNotes: string[]
  /** Shop money × rate = presentment money; absent: the same currency, or a captured order. */
  presentmentRate?: string
  /** The taxes of its place, where these are not the shop's. */
  taxRates?: TaxRate[]
  /** Captured orders: which payload was read last. */
  imported?: { fingerprint: string; payloadUpdatedAt: string | null; tipLineIds: string[] }
}

export interface Dispute {
  id: string
  orderId: string
  type: 'CHARGEBACK' | 'INQUIRY'
  status: 'NEEDS_RESPONSE' | 'UNDER_REVIEW' | 'WON' | 'LOST' | 'ACCEPTED'
  amount: DecimalAmount
  currency: string
  reason: string
  initiatedAt: string
  evidenceDueBy: string
  finalizedOn: string | null
}

/** One access token with the refresh token that was issued beside it. Times are the machine's real clock, in milliseconds. */
export interface IssuedToken {
  accessToken: string
  mode: 'offline' | 'online'
  /** Online tokens only. */
  userId: string | null
  /** Generation of the installation that it was issued for. */
  generation: number
  /** null: the token does not expire (and the Admin API refuses it). */
  expiresAtMs: number | null
  refreshToken: string | null
  refreshExpiresAtMs: number | null
  /** Refresh token that was traded for this one; it stays usable until this one is used. */
  replacesRefreshToken: string | null
}

/** The stored answer of a mutation that carried an idempotency key. */
export interface IdempotentAnswer {
  fingerprint: string
  answer: unknown
  storedAtMs: number
}

/** Everything of one shop. Records are keyed by id. */
export interface ShopState {
  shop: Shop
  products: Record<string, Product>
  collections: Record<string, Collection>
  customers: Record<string, Customer>
  locations: Record<string, Location>
  inventoryLevels: Record<string, InventoryLevel>
  metaobjects: Record<string, Metaobject>
  discounts: Record<string, DiscountCode>
  orders: Record<string, Order>
  disputes: Record<string, Dispute>
  nextOrderNumber: number
  tokens?: IssuedToken[]
  /** Keyed by mutation and key. */
  idempotentAnswers?: Record<string, IdempotentAnswer>
  /** Metafields of owners that carry none themselves, keyed by the owner's global id. */
  ownerMetafields?: Record<string, Metafield[]>
  orderEdits?: Record<string, OrderEdit>
  automaticDiscounts?: Record<string, AutomaticDiscount>
  validations?: Record<string, Validation>
  draftOrders?: Record<string, DraftOrder>
  theme?: ThemeSettings
}

/** What the merchant did in the theme editor. */
export interface ThemeSettings {
  /** App blocks in their order; absent: each once on the product page, where its schema lets it be. */
  blocks?: PlacedBlock[]
  /** How long, s, a page without a cart is served as it was written; absent or 0: never. */
  pageCacheSeconds?: number
}

export interface PlacedBlock {
  /** File of the block without its ending. */
  block: string
  template: string
  /** By id; a product is named by its handle. */
  settings?: Record<string, unknown>
}
