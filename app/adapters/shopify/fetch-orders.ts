// Orders with all their sales, by id: small requests that stay below Shopify's limit of 1,000 points, paged where an order is large.
import type { AdminApi, AdminRefusal } from './admin-api.ts'
import { customerKeyOf } from './customer-key.ts'
import type { FetchedOrder } from './fetched-order.ts'
import { OrderAgreementPageDocument, OrdersByIdsDocument } from './generated/operations.ts'
import { toGid } from './gid.ts'
import { type AgreementNode, type OrderNode, readOrder } from './read-order.ts'

export interface UnreadableOrder {
  orderId: bigint
  message: string
}

export type FetchOrdersResult =
  | {
      ok: true
      orders: FetchedOrder[]
      /** Shopify does not show these to us (deleted, or too old for our scopes). */
      missing: bigint[]
      /** Shown, but with figures that we refuse to guess at. */
      unreadable: UnreadableOrder[]
    }
  | AdminRefusal

// A sale costs up to 4 points, an agreement 3 and its sales, an order 14 and its agreements: 6 orders ask for at most 924 points. With the
// contract of each line a sale costs up to 6.
const ORDERS_PER_REQUEST = 6
const ORDERS_WITH_CONTRACTS = 4
const AGREEMENTS_PER_ORDER = 4
const SALES_PER_AGREEMENT = 8
/** One agreement alone: 4 x 200 and a little. */
const SALES_PER_PAGE = 200

/** Shows the subscription contracts that the app itself made. */
const CONTRACT_SCOPE = 'read_own_subscription_contracts'

export interface FetchOrdersOptions {
  customerKeySecret: string
  /** Granted scopes, comma separated: what they do not cover is not asked for. */
  scopes?: string
}

export async function fetchOrders(
  shopify: AdminApi,
  orderIds: readonly bigint[],
  options: FetchOrdersOptions,
): Promise<FetchOrdersResult> {
  const withContracts = (options.scopes ?? '').split(',').includes(CONTRACT_SCOPE)
  const atOnce = withContracts ? ORDERS_WITH_CONTRACTS : ORDERS_PER_REQUEST
  const keyOf = (customerId: bigint) =>
    customerKeyOf(shopify.shopDomain, customerId, options.customerKeySecret)
  const ids = [...new Set(orderIds)]
  const found: { ok: true; orders: FetchedOrder[]; missing: bigint[]; unreadable: UnreadableOrder[] } = {
    ok: true,
    orders: [],
    missing: [],
    unreadable: [],
  }
  for (let start = 0; start < ids.length; start += atOnce) {
    const batch = ids.slice(start, start + atOnce)
    const answer = await shopify.request(OrdersByIdsDocument, {
      ids: batch.map((id) => toGid('Order', id)),
      agreementsPerOrder: AGREEMENTS_PER_ORDER,
      salesPerAgreement: SALES_PER_AGREEMENT,
      withContracts,
    })
    if (!answer.ok) return answer
    for (const [index, id] of batch.entries()) {
      const node = answer.data.nodes[index]
      if (node?.__typename !== 'Order') {
        found.missing.push(id)
        continue
      }
      const agreements = await wholeAgreements(shopify, node, withContracts)
      if (!agreements.ok) return agreements
      const read = readOrder(node, agreements.agreements, keyOf)
      if (read.ok) found.orders.push(read.order)
      else found.unreadable.push({ orderId: id, message: read.message })
    }
  }
  return found
}

type AgreementsResult = { ok: true; agreements: AgreementNode[] } | AdminRefusal

async function wholeAgreements(
  shopify: AdminApi,
  node: OrderNode,
  withContracts: boolean,
): Promise<AgreementsResult> {
  const { nodes, pageInfo } = node.agreements
  const isWhole = !pageInfo.hasNextPage && nodes.every(({ sales }) => !sales.pageInfo.hasNextPage)
  return isWhole ? { ok: true, agreements: nodes } : walkAgreements(shopify, node.id, withContracts)
}

/** Large orders: one agreement after the other, each with all pages of its sales. */
async function walkAgreements(
  shopify: AdminApi,
  orderId: string,
  withContracts: boolean,
): Promise<AgreementsResult> {
  const agreements: AgreementNode[] = []
  let agreementBefore: string | null = null
  let salesAfter: string | null = null
  for (;;) {
    const asked = { orderId, agreementBefore, salesAfter, withContracts }
    const answer: Awaited<ReturnType<typeof askPage>> = await askPage(shopify, asked)
    if (!answer.ok) return answer
    const page = answer.data.order?.agreements
    const agreement = page?.nodes[0]
    if (!page || !agreement) return { ok: true, agreements }
    const last = agreements.at(-1)
    if (last?.id === agreement.id) last.sales.nodes.push(...agreement.sales.nodes)
    else agreements.push({ ...agreement, sales: { nodes: [...agreement.sales.nodes] } })
    if (agreement.sales.pageInfo.hasNextPage) {
      salesAfter = agreement.sales.pageInfo.endCursor
      continue
    }
    if (!page.pageInfo.hasNextPage) return { ok: true, agreements }
    agreementBefore = page.pageInfo.endCursor
    salesAfter = null
  }
}

interface AgreementPage {
  orderId: string
  agreementBefore: string | null
  salesAfter: string | null
  withContracts: boolean
}

function askPage(shopify: AdminApi, page: AgreementPage) {
  return shopify.request(OrderAgreementPageDocument, { ...page, sales: SALES_PER_PAGE })
}
