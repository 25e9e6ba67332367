import type { PayeeArithmetic, RoyaltyArithmetic, SaleArithmetic } from './royalty-line.ts'

/** The arithmetic of a stored `sale` journal. Throws when it is not one: the ledger holds nothing else under that kind. */
export function readSaleArithmetic(value: unknown): SaleArithmetic {
  const json = record(value)
  return {
    actionType: text(json, 'actionType'),
    lineType: text(json, 'lineType'),
    title: text(json, 'title'),
    productId: json.productId === null ? null : text(json, 'productId'),
    quantity: typeof json.quantity === 'number' ? json.quantity : null,
    listMinor: minor(json, 'listMinor'),
    discountMinor: minor(json, 'discountMinor'),
    netMinor: minor(json, 'netMinor'),
    taxMinor: minor(json, 'taxMinor'),
    fxMinor: minor(json, 'fxMinor'),
    totalMinor: minor(json, 'totalMinor'),
    royalty: readRoyaltyArithmetic(json),
  }
}

/** The royalty part of any journal's arithmetic, or null when that journal has none. Throws when it is malformed. */
export function readRoyaltyArithmetic(arithmetic: unknown): RoyaltyArithmetic | null {
  const { royalty } = record(arithmetic)
  if (royalty === null || royalty === undefined) return null
  const json = record(royalty)
  if (!Array.isArray(json.payees)) throw new TypeError('royalty arithmetic without payees')
  return {
    cumulativeBeforeMinor: minor(json, 'cumulativeBeforeMinor'),
    cumulativeAfterMinor: minor(json, 'cumulativeAfterMinor'),
    capped: json.capped === true,
    disputeLost: json.disputeLost === true,
    merchantTargetMinor: minor(json, 'merchantTargetMinor'),
    payees: json.payees.map(readPayee),
  }
}

function readPayee(value: unknown): PayeeArithmetic {
  const json = record(value)
  const role = json.role
  const bucket = json.bucket
  if (role !== 'promoter' && role !== 'design_owner') throw new TypeError(`unknown role ${String(role)}`)
  if (bucket !== 'held' && bucket !== 'available' && bucket !== 'reserve')
    throw new TypeError(`unknown bucket ${String(bucket)}`)
  return {
    creatorId: text(json, 'creatorId'),
    agreementId: text(json, 'agreementId'),
    agreementVersionId: text(json, 'agreementVersionId'),
    role,
    agreedShareBps: whole(json, 'agreedShareBps'),
    shareBps: whole(json, 'shareBps'),
    deductPaymentFeeBps: whole(json, 'deductPaymentFeeBps'),
    weight: minor(json, 'weight'),
    targetMinor: minor(json, 'targetMinor'),
    postedBeforeMinor: minor(json, 'postedBeforeMinor'),
    deltaMinor: minor(json, 'deltaMinor'),
    bucket,
  }
}

function record(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new TypeError('arithmetic is not an object')
  return { ...value }
}

function text(json: Record<string, unknown>, key: string): string {
  const value = json[key]
  if (typeof value !== 'string') throw new TypeError(`arithmetic lacks ${key}`)
  return value
}

function minor(json: Record<string, unknown>, key: string): string {
  const value = text(json, key)
  if (!/^-?\d+$/.test(value)) throw new TypeError(`arithmetic's ${key} is no whole number: ${value}`)
  return value
}

function whole(json: Record<string, unknown>, key: string): number {
  const value = json[key]
  if (typeof value !== 'number' || !Number.isInteger(value)) throw new TypeError(`arithmetic lacks ${key}`)
  return value
}
