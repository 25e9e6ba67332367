// The control panel: what is in the sandbox, and every lever of the control API that a person may want to pull.
import { html } from 'hono/html'
import { formatAmount, formatMoment } from '#sandbox/admin/format-amount.ts'
import { sumAmounts } from '#sandbox/admin/pages/sum-amounts.ts'
import { APP_NAME } from '#sandbox/admin/shell/frame-page.ts'
import { mark } from '#sandbox/admin/shell/icons.ts'
import { handleOf } from '#sandbox/admin/shop-handle.ts'
import { messagesOf } from '#sandbox/mailbox/mail-store.ts'
import type { ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { apiFaultFields, webhookFaultFields } from './fault-fields.ts'

type Html = ReturnType<typeof html>

export function panelPage(sandbox: Sandbox): Html {
  const shops = Object.values(sandbox.shops)
  return html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Sandbox control panel</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/panel-assets/panel.css"></head>
<body><header><span class="brand">${mark()}<span>Sandbox</span></span><p>A Shopify on your own machine, for ${APP_NAME}.</p><a class="button" href="/mailbox">Mailbox <span id="mail-count" class="count">${messagesOf(sandbox).length}</span></a></header>
<main>
<section class="card clock" aria-labelledby="clock-title"><h2 id="clock-title">Clock</h2>${clock(sandbox)}</section>
<section id="shops" class="shops">${shops.map((state) => shopCard(sandbox, state))}
${shops.length === 0 ? html`<div class="card empty"><h2>No shops yet</h2><p>The demo seeds one, or <code>POST /control/shops</code> does.</p></div>` : ''}</section>
<section class="card" aria-labelledby="hooks-title"><div class="head"><h2 id="hooks-title">Webhooks</h2><span id="webhook-sum" class="faint"></span><button class="button" data-post="/control/webhooks/flush" data-done="All waiting deliveries were made.">Deliver all now</button></div>
<div class="table-wrap"><table><thead><tr><th>Topic</th><th>Shop</th><th>Triggered</th><th>State</th><th>Attempts</th><th></th></tr></thead><tbody id="deliveries"><tr><td colspan="6" class="faint">Loading…</td></tr></tbody></table></div></section>
<div class="pair"><section class="card"><h2>Webhook faults</h2><p class="faint">Shares between 0 and 1. The same seed does the same harm.</p>${webhookFaultFields()}</section>
<section class="card"><h2>Admin API faults</h2><p class="faint">Tokens, errors and the cost bucket.</p>${apiFaultFields()}</section></div>
</main><div id="note" class="note" role="status" hidden></div><script src="/panel-assets/panel.js" defer></script></body></html>`
}

function clock(sandbox: Sandbox): Html {
  const now = sandbox.clock.now()
  const zone = Object.values(sandbox.shops)[0]?.shop.timeZone ?? 'UTC'
  const steps: Array<[string, number]> = [
    ['+1 hour', 3_600_000],
    ['+1 day', 86_400_000],
    ['+7 days', 7 * 86_400_000],
    ['+30 days', 30 * 86_400_000],
  ]
  return html`<div id="clock"><p class="time">${formatMoment(now.toISOString(), zone)}</p><p class="faint">${zone}, ${offsetInWords(sandbox.clock.offsetMs)}</p></div>
<div class="buttons">${steps.map(([label, advanceMs]) => html`<button class="button" data-post="/control/clock" data-body="${JSON.stringify({ advanceMs })}" data-done="The clock was moved.">${label}</button>`)}
<button class="button plain" data-post="/control/clock" data-body='{"reset":true}' data-done="Back to real time.">Real time</button></div>`
}

function offsetInWords(offsetMs: number): string {
  if (offsetMs === 0) return 'real time'
  const days = Math.abs(offsetMs) / 86_400_000
  const amount = days >= 1 ? `${Math.round(days * 10) / 10} days` : `${Math.round(days * 240) / 10} hours`
  return `${amount} ${offsetMs > 0 ? 'ahead' : 'behind'}`
}

function shopCard(sandbox: Sandbox, state: ShopState): Html {
  const { shop } = state
  const handle = handleOf(shop.domain)
  const orders = Object.values(state.orders)
  const last = [...orders].sort((a, b) => Number(b.id) - Number(a.id))[0]
  const app = `/store/${handle}/apps/${sandbox.options.apiKey}`
  const api = `/control/shops/${shop.domain}`
  const isInstalled = shop.installation !== null
  return html`<article class="card shop"><div class="head"><div><h2>${shop.name}</h2><p class="faint">${shop.domain}</p></div><span class="badge" data-tone="${isInstalled ? 'good' : 'muted'}">${isInstalled ? 'App installed' : 'App not installed'}</span></div>
<div class="links"><a class="button primary" href="${app}">${isInstalled ? `Open ${APP_NAME}` : `Install ${APP_NAME}`}</a><a class="button" href="/store/${handle}/home">Admin</a><a class="button" href="/storefront/${handle}/">Storefront</a></div>
<dl class="figures"><div><dt>Orders</dt><dd>${orders.length}</dd></div><div><dt>Sold</dt><dd>${formatAmount(sumAmounts(orders.map((order) => order.currentTotal.shop)), shop.currency)}</dd></div><div><dt>Products</dt><dd>${Object.keys(state.products).length}</dd></div><div><dt>Customers</dt><dd>${Object.keys(state.customers).length}</dd></div></dl>
<div class="buttons"><button class="button" data-random-order="${api}" data-variants="${variantList(state)}" data-codes="${JSON.stringify(liveCodes(state))}" data-customers="${JSON.stringify(Object.keys(state.customers).slice(0, 200))}">Place a random order</button>
${
  last
    ? html`<button class="button" data-post="${api}/orders/${last.id}/refunds" data-body="${JSON.stringify({ full: true })}" data-done="${last.name} was refunded.">Refund ${last.name}</button>
<button class="button" data-post="${api}/orders/${last.id}/disputes" data-body="${JSON.stringify({ type: 'CHARGEBACK', reason: 'product_not_received' })}" data-done="${last.name} is disputed.">Dispute ${last.name}</button>`
    : ''
}
<button class="button plain" data-post="${api}/${isInstalled ? 'uninstall' : 'install'}" data-confirm="${isInstalled ? `Uninstall ${APP_NAME} from ${shop.name}?` : ''}" data-done="Done.">${isInstalled ? 'Uninstall app' : 'Install app'}</button>
${isInstalled ? '' : html`<button class="button plain" data-post="${api}/redact" data-confirm="Send shop/redact for ${shop.name}?" data-done="shop/redact was sent.">Send shop/redact</button>`}</div></article>`
}

function variantList(state: ShopState): string {
  const variants = Object.values(state.products)
    .filter((product) => product.status === 'ACTIVE')
    .flatMap((product) => product.variants.map((variant) => variant.id))
  return JSON.stringify(variants.slice(0, 500))
}

function liveCodes(state: ShopState): string[] {
  return Object.values(state.discounts)
    .filter((discount) => discount.status === 'ACTIVE')
    .map((discount) => discount.code)
    .slice(0, 50)
}
