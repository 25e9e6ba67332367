// Lists for the panel, the demo and tests.
import { findShopState } from '#sandbox/commerce/find-nouns.ts'
import { type Refusal, refuse } from '#sandbox/commerce/refusal.ts'
import type { Order, ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'

type Query = Record<string, string>

const LARGEST_PAGE = 250

/** Newest first. Query: `limit` (50, at most 250), `offset`, `status` (financial), `code` (discount), `since` (ISO, by createdAt), `q` (name or email). */
export function listOrders(
  sandbox: Sandbox,
  shopDomain: string,
  query: Query,
): { ok: true; total: number; orders: Order[] } | Refusal {
  const page = readPage(query)
  if (!page.ok) return page
  if (query.since !== undefined && Number.isNaN(Date.parse(query.since))) {
    return refuse('invalid_query', `since: "${query.since}" is no ISO time.`)
  }
  const found = findShopState(sandbox, shopDomain)
  if (!found.ok) return found
  const orders = Object.values(found.state.orders)
    .filter((order) => matches(order, query))
    .sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt) || b.number - a.number)
  return { ok: true, total: orders.length, orders: orders.slice(page.offset, page.offset + page.limit) }
}

function matches(order: Order, { status, code, since, q }: Query): boolean {
  if (status && order.financialStatus !== status.toUpperCase()) return false
  if (code && !order.discountCodes.some((one) => one.toLowerCase() === code.toLowerCase())) return false
  if (since && Date.parse(order.createdAt) < Date.parse(since)) return false
  if (!q) return true
  const wanted = q.toLowerCase()
  return order.name.toLowerCase().includes(wanted) || (order.email ?? '').toLowerCase().includes(wanted)
}

type ListedNoun =
  | 'products'
  | 'collections'
  | 'customers'
  | 'discounts'
  | 'disputes'
  | 'locations'
  | 'inventoryLevels'

/** In order of creation. Query: `limit`, `offset`. */
export function listNouns(
  sandbox: Sandbox,
  shopDomain: string,
  noun: ListedNoun,
  query: Query,
): ({ ok: true; total: number } & Record<string, unknown>) | Refusal {
  const page = readPage(query)
  if (!page.ok) return page
  const found = findShopState(sandbox, shopDomain)
  if (!found.ok) return found
  const all: unknown[] = Object.values(found.state[noun])
  return { ok: true, total: all.length, [noun]: all.slice(page.offset, page.offset + page.limit) }
}

function readPage(query: Query): { ok: true; limit: number; offset: number } | Refusal<'invalid_query'> {
  const limit = Number(query.limit ?? 50)
  const offset = Number(query.offset ?? 0)
  if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_PAGE) {
    return refuse('invalid_query', `limit: "${query.limit}" is not between 1 and ${LARGEST_PAGE}.`)
  }
  if (!Number.isInteger(offset) || offset < 0) {
    return refuse('invalid_query', `offset: "${query.offset}" is no whole number.`)
  }
  return { ok: true, limit, offset }
}

/** Figures of one shop for GET /control/state. */
export function summarizeShop({ shop, ...nouns }: ShopState) {
  const count = (records: Record<string, unknown>) => Object.keys(records).length
  return {
    domain: shop.domain,
    name: shop.name,
    currency: shop.currency,
    installed: shop.installation !== null,
    products: count(nouns.products),
    collections: count(nouns.collections),
    customers: count(nouns.customers),
    discounts: count(nouns.discounts),
    orders: count(nouns.orders),
    disputes: count(nouns.disputes),
  }
}
