// One order: its lines, its agreements with their sales, and what else the shop knows of it.
import { html } from 'hono/html'
import type { Order, ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { formatAmount, formatMoment, sentenceCase } from '../format-amount.ts'
import { framePage, type Html } from '../shell/frame-page.ts'
import { handleOf } from '../shop-handle.ts'
import { customerName, statusBadge } from './orders-page.ts'
import { sumAmounts } from './sum-amounts.ts'

export function orderPage(sandbox: Sandbox, state: ShopState, order: Order): Html {
  const money = (amount: string) => formatAmount(amount, order.currency)
  const handle = handleOf(state.shop.domain)
  return framePage(sandbox, state, {
    section: 'orders',
    title: order.name,
    body: html`<div class="page"><header class="page-head"><a class="back" href="/store/${handle}/orders">Orders</a><h1>${order.name} ${statusBadge(order)}${order.test ? html` <span class="badge">Test</span>` : ''}</h1>
<p class="faint">${formatMoment(order.createdAt, state.shop.timeZone)} · ${order.sourceName}</p></header>
<div class="two-columns"><div>
<section class="card flush"><h2 class="card-head">Items</h2><div class="table-wrap"><table><thead><tr><th>Item</th><th class="num">Price</th><th class="num">Quantity</th><th class="num">Discount</th><th class="num">Total</th></tr></thead><tbody>
${order.lineItems.map(
  (
    line,
  ) => html`<tr><td>${line.title}<br><span class="faint">${line.sku}${line.currentQuantity === line.quantity ? '' : ` · ${line.quantity - line.currentQuantity} removed or refunded`}</span></td>
<td class="num">${money(line.unitPrice.shop)}</td><td class="num">${line.quantity}</td><td class="num">${money(line.discount.shop)}</td><td class="num">${money(lineTotal(line.unitPrice.shop, line.quantity, line.discount.shop))}</td></tr>`,
)}
${order.shipping ? html`<tr><td>${order.shipping.title}</td><td class="num">${money(order.shipping.price.shop)}</td><td></td><td class="num">${money(order.shipping.discount.shop)}</td><td class="num">${money(sumAmounts([order.shipping.price.shop, `-${order.shipping.discount.shop}`]))}</td></tr>` : ''}
</tbody></table></div>
<dl class="totals"><div><dt>Originally</dt><dd>${money(order.originalTotal.shop)}</dd></div><div class="strong"><dt>Now</dt><dd>${money(order.currentTotal.shop)}</dd></div></dl></section>
${agreements(state, order)}
</div><aside>
<section class="card"><h2>Customer</h2><p>${customerName(state, order)}</p>${order.email ? html`<p class="faint">${order.email}</p>` : ''}</section>
<section class="card"><h2>Codes and attributes</h2>
${order.discountCodes.length === 0 && order.customAttributes.length === 0 ? html`<p class="faint">None.</p>` : ''}
${order.discountCodes.map((code) => html`<p><code>${code}</code></p>`)}${order.customAttributes.map(({ key, value }) => html`<p class="faint">${key}<br><code>${value}</code></p>`)}</section>
<section class="card"><h2>Payments</h2>${order.transactions.map((entry) => html`<p>${sentenceCase(entry.kind)} ${money(entry.amount.shop)}<br><span class="faint">${entry.gateway} · ${sentenceCase(entry.status)}</span></p>`)}</section>
${disputes(state, order)}
${order.importNotes.length > 0 ? html`<section class="card"><h2>Import</h2>${order.importNotes.map((note) => html`<p>${note}</p>`)}</section>` : ''}
</aside></div></div>`,
  })
}

function agreements(state: ShopState, order: Order): Html {
  const titles = new Map(order.lineItems.map((line) => [line.id, line.title]))
  return html`<section class="card flush"><h2 class="card-head">Agreements and sales</h2>
${order.agreements.map(
  (
    agreement,
  ) => html`<h3 class="sub-head">${sentenceCase(agreement.kind)} <span class="faint">${formatMoment(agreement.happenedAt, state.shop.timeZone)}</span></h3>
<div class="table-wrap"><table><tbody>${agreement.sales.map(
    (
      sale,
    ) => html`<tr><td>${(sale.lineItemId && titles.get(sale.lineItemId)) || sentenceCase(sale.lineType)}<br><span class="faint">${sentenceCase(sale.actionType)} · sale ${sale.id}</span></td>
<td class="num">${sale.quantity ?? ''}</td><td class="num"><span class="faint">tax ${formatAmount(sale.tax.shop, order.currency)}</span></td><td class="num">${formatAmount(sale.total.shop, order.currency)}</td></tr>`,
  )}</tbody></table></div>`,
)}</section>`
}

function disputes(state: ShopState, order: Order): Html {
  const own = Object.values(state.disputes).filter((dispute) => dispute.orderId === order.id)
  if (own.length === 0) return html``
  return html`<section class="card"><h2>Disputes</h2>${own.map((dispute) => html`<p>${sentenceCase(dispute.type)} ${formatAmount(dispute.amount, dispute.currency)}<br><span class="faint">${sentenceCase(dispute.status)} · ${dispute.reason}</span></p>`)}</section>`
}

function lineTotal(unit: string, quantity: number, discount: string): string {
  const units = Array.from({ length: Math.min(quantity, 10_000) }, () => unit)
  return sumAmounts([...units, discount.startsWith('-') ? discount.slice(1) : `-${discount}`])
}
