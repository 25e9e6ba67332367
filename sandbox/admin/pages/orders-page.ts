// The list of orders: search, state filter, pages of fifty.
import { html } from 'hono/html'
import type { Order, ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { formatAmount, formatMoment, sentenceCase } from '../format-amount.ts'
import { framePage, type Html } from '../shell/frame-page.ts'
import { handleOf } from '../shop-handle.ts'

const PAGE_SIZE = 50

export function ordersPage(sandbox: Sandbox, state: ShopState, query: URLSearchParams): Html {
  const words = (query.get('q') ?? '').trim().toLowerCase()
  const wanted = query.get('status') ?? ''
  const found = Object.values(state.orders)
    .filter((order) => wanted === '' || order.financialStatus === wanted)
    .filter((order) => matches(state, order, words))
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt))
  const pages = Math.max(1, Math.ceil(found.length / PAGE_SIZE))
  const page = Math.min(pages, Math.max(1, Number.parseInt(query.get('page') ?? '1', 10) || 1))
  const shown = found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
  const statuses = [...new Set(Object.values(state.orders).map((order) => order.financialStatus))].sort()
  const link = (target: number) =>
    `?${new URLSearchParams({ ...(words && { q: words }), ...(wanted && { status: wanted }), page: String(target) })}`
  return framePage(sandbox, state, {
    section: 'orders',
    title: 'Orders',
    body: html`<div class="page"><header class="page-head"><h1>Orders</h1><p class="faint">${found.length} of ${Object.keys(state.orders).length}</p></header>
<section class="card flush">
<form class="filters" role="search"><input type="search" name="q" value="${words}" placeholder="Order, customer, item or code" aria-label="Search orders">
<select name="status" aria-label="Payment"><option value="">Any payment</option>${statuses.map((status) => html`<option value="${status}"${status === wanted ? html` selected` : ''}>${sentenceCase(status)}</option>`)}</select>
<button class="button">Search</button></form>
${orderRows(state, shown)}
${pages > 1 ? html`<nav class="pager" aria-label="Pages">${page > 1 ? html`<a class="button" href="${link(page - 1)}">Newer</a>` : ''}<span>Page ${page} of ${pages}</span>${page < pages ? html`<a class="button" href="${link(page + 1)}">Older</a>` : ''}</nav>` : ''}
</section></div>`,
  })
}

function matches(state: ShopState, order: Order, words: string): boolean {
  if (words === '') return true
  const customer = order.customerId ? state.customers[order.customerId] : undefined
  const text = [
    order.name,
    order.email ?? '',
    customer ? `${customer.firstName} ${customer.lastName}` : '',
    ...order.discountCodes,
    ...order.lineItems.map((line) => line.title),
  ].join('\n')
  return text.toLowerCase().includes(words)
}

export function orderRows(state: ShopState, orders: Order[]): Html {
  if (orders.length === 0) {
    return html`<p class="empty">No orders here. Place one on the storefront, or with the control panel.</p>`
  }
  const handle = handleOf(state.shop.domain)
  return html`<div class="table-wrap"><table><thead><tr><th>Order</th><th>Date</th><th>Customer</th><th>Payment</th><th>Items</th><th class="num">Total</th></tr></thead><tbody>
${orders.map(
  (
    order,
  ) => html`<tr><td><a class="row-link" href="/store/${handle}/orders/${order.id}">${order.name}</a></td>
<td>${formatMoment(order.createdAt, state.shop.timeZone)}</td><td>${customerName(state, order)}</td>
<td>${statusBadge(order)}</td><td>${order.lineItems.reduce((sum, line) => sum + line.quantity, 0)}</td>
<td class="num">${formatAmount(order.currentTotal.shop, order.currency)}</td></tr>`,
)}</tbody></table></div>`
}

export function customerName(state: ShopState, order: Order): string {
  const customer = order.customerId ? state.customers[order.customerId] : undefined
  const name = customer ? `${customer.firstName} ${customer.lastName}`.trim() : ''
  return name || order.email || 'No customer'
}

export function statusBadge(order: Order): Html {
  const status = order.cancelledAt ? 'CANCELLED' : order.financialStatus
  const tone =
    status === 'PAID' ? 'good' : status.includes('REFUNDED') || status === 'CANCELLED' ? 'muted' : 'warn'
  return html`<span class="badge" data-tone="${tone}">${sentenceCase(status)}</span>`
}
