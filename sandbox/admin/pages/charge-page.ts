// Shopify's confirmation page of an app charge.
import { html } from 'hono/html'
import type { AppSubscription, ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { formatAmount, sentenceCase } from '../format-amount.ts'
import { APP_NAME, framePage, type Html } from '../shell/frame-page.ts'
import { appMark } from '../shell/icons.ts'

export function chargePage(
  sandbox: Sandbox,
  state: ShopState,
  charge: AppSubscription,
  action: string,
): Html {
  const price = `${formatAmount(charge.price, charge.currency)} ${charge.interval === 'ANNUAL' ? 'a year' : 'every 30 days'}`
  return framePage(sandbox, state, {
    section: 'charge',
    title: 'Approve charge',
    body: html`<div class="page narrow"><section class="card install">${appMark(48)}
<h1>Approve subscription</h1><p>${APP_NAME} asks <strong>${state.shop.name}</strong> for a recurring charge.</p>
<dl class="totals"><div><dt>Plan</dt><dd>${charge.name}${charge.test ? html` <span class="badge" data-tone="warn">Test charge</span>` : ''}</dd></div>
<div class="strong"><dt>Price</dt><dd>${price}</dd></div>${charge.trialDays > 0 ? html`<div><dt>Free trial</dt><dd>${charge.trialDays} days</dd></div>` : ''}</dl>
${charge.status === 'PENDING' ? decision(action) : html`<p class="notice">This charge is ${sentenceCase(charge.status).toLowerCase()} already.</p>`}
</section></div>`,
  })
}

function decision(action: string): Html {
  return html`<form method="post" action="${action}"><div class="row-end"><button class="button" name="decision" value="decline">Decline</button><button class="button" data-tone="primary" name="decision" value="approve">Approve</button></div></form>
<p class="faint">No money moves in the sandbox.</p>`
}
