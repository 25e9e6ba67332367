// The admin's home: the last thirty days of the shop at a glance.
import { html } from 'hono/html'
import type { Order, ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { formatAmount, formatMoment } from '../format-amount.ts'
import { framePage, type Html } from '../shell/frame-page.ts'
import { handleOf } from '../shop-handle.ts'
import { orderRows } from './orders-page.ts'
import { sumAmounts } from './sum-amounts.ts'

const DAY_MS = 86_400_000
const DAYS = 30

export function homePage(sandbox: Sandbox, state: ShopState): Html {
  const now = sandbox.clock.now()
  const since = now.getTime() - DAYS * DAY_MS
  const orders = Object.values(state.orders)
  const recent = orders.filter((order) => Date.parse(order.createdAt) >= since)
  const latest = [...orders].sort((a, b) => b.createdAt.localeCompare(a.createdAt)).slice(0, 6)
  const total = sumAmounts(recent.map((order) => order.currentTotal.shop))
  return framePage(sandbox, state, {
    section: 'home',
    title: 'Home',
    body: html`<div class="page">
<header class="page-head"><h1>Good day, ${state.shop.ownerName.split(' ')[0] ?? ''}</h1><p class="faint">It is ${formatMoment(now.toISOString(), state.shop.timeZone)} in this shop${sandbox.clock.offsetMs === 0 ? '' : ' (the sandbox clock was moved)'}.</p></header>
<div class="figures">
${figure('Sales, 30 days', formatAmount(total, state.shop.currency))}
${figure('Orders, 30 days', String(recent.length))}
${figure('Products', String(Object.keys(state.products).length))}
${figure('Customers', String(Object.keys(state.customers).length))}
</div>
<section class="card"><h2>Orders a day</h2>${dayBars(recent, now.getTime())}</section>
<section class="card flush"><div class="card-head"><h2>Latest orders</h2><a href="/store/${handleOf(state.shop.domain)}/orders">All orders</a></div>${orderRows(state, latest)}</section>
</div>`,
  })
}

function figure(label: string, value: string): Html {
  return html`<section class="card figure"><h2>${label}</h2><p>${value}</p></section>`
}

function dayBars(orders: Order[], nowMs: number): Html {
  const counts = Array.from({ length: DAYS }, () => 0)
  for (const order of orders) {
    const day = DAYS - 1 - Math.floor((nowMs - Date.parse(order.createdAt)) / DAY_MS)
    if (counts[day] !== undefined) counts[day] += 1
  }
  const most = Math.max(...counts, 1)
  return html`<svg class="bars" viewBox="0 0 600 90" preserveAspectRatio="none" role="img" aria-label="Orders of each of the last 30 days, at most ${most} a day">
${counts.map((count, index) => html`<rect x="${index * 20 + 3}" y="${88 - (count / most) * 84}" width="14" height="${(count / most) * 84 + 2}" rx="2"/>`)}</svg>`
}
