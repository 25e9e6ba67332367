import type { Location, Shop, ShopState, TaxRate } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { findExponent, parseRatio } from './money.ts'
import { checkTaxes } from './order-input.ts'
import { type Refusal, refuse } from './refusal.ts'

export interface CreateShopInput {
  /** lumen-atelier.myshopify.com */
  domain: string
  name: string
  email: string
  currency: string
  timeZone: string
  country: string
  taxesIncluded?: boolean
  /** One flat rate, "0.08" = 8 %. Default: none. */
  taxRate?: string
  /** Several taxes beside each other, in the place of `taxRate`. */
  taxes?: TaxRate[]
  planPublicName?: string
  ownerName?: string
  /** Default: one, "Workshop". The first one is where restocked goods go. */
  locations?: string[]
}

export type CreateShopRefusal = Refusal<
  'invalid_domain' | 'domain_taken' | 'invalid_currency' | 'invalid_time_zone' | 'invalid_tax_rate'
>

/** Opens an empty shop; the app is not installed on it. */
export function createShop(
  sandbox: Sandbox,
  input: CreateShopInput,
): { ok: true; shop: Shop; locations: Location[] } | CreateShopRefusal {
  if (!/^[a-z0-9][a-z0-9-]{0,62}\.myshopify\.com$/.test(input.domain)) {
    return refuse('invalid_domain', `domain: "${input.domain}" is not of the form name.myshopify.com.`)
  }
  if (sandbox.findShop(input.domain)) return refuse('domain_taken', `domain: ${input.domain} exists already.`)
  if (findExponent(input.currency) === undefined) {
    return refuse('invalid_currency', `currency: "${input.currency}" is no currency.`)
  }
  if (!isTimeZone(input.timeZone)) {
    return refuse('invalid_time_zone', `timeZone: "${input.timeZone}" is no time zone.`)
  }
  const taxRate = parseRatio(input.taxRate ?? '0')
  if (!taxRate || taxRate.numerator < 0n || taxRate.numerator > taxRate.denominator) {
    return refuse('invalid_tax_rate', `taxRate: "${input.taxRate}" is not between 0 and 1.`)
  }
  const taxes = checkTaxes(input.taxes)
  if (!taxes.ok) return taxes
  const locations = (input.locations ?? ['Workshop']).map(
    (name): Location => ({ id: sandbox.nextId('location'), name, active: true }),
  )
  const shop: Shop = {
    id: sandbox.nextId('shop'),
    domain: input.domain,
    name: input.name,
    email: input.email,
    currency: input.currency,
    timeZone: input.timeZone,
    country: input.country,
    taxesIncluded: input.taxesIncluded ?? false,
    taxRate: input.taxRate?.trim() ?? '0',
    ...(input.taxes && { taxes: input.taxes }),
    planPublicName: input.planPublicName ?? 'Basic',
    ownerName: input.ownerName ?? '',
    installation: null,
    installations: 0,
  }
  sandbox.shops[shop.domain] = emptyState(shop, locations)
  sandbox.changed()
  return { ok: true, shop, locations }
}

function emptyState(shop: Shop, locations: Location[]): ShopState {
  return {
    shop,
    products: {},
    collections: {},
    customers: {},
    locations: Object.fromEntries(locations.map((location) => [location.id, location])),
    inventoryLevels: {},
    metaobjects: {},
    discounts: {},
    orders: {},
    disputes: {},
    nextOrderNumber: 1001,
  }
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
