// The checkout page. It is Shopify's own page, not the theme's: plain, calm, one column beside the summary.
import { html } from 'hono/html'
import { formatAmount } from '#sandbox/admin/format-amount.ts'
import { formatMoney } from '#sandbox/commerce/money.ts'
import type { ShopState } from '#sandbox/state/nouns.ts'
import { storefrontRoot } from './liquid-objects.ts'
import type { PricedCart } from './price-cart.ts'
import { SHIPPING_METHODS, shippingPrice } from './shipping-methods.ts'

export interface CheckoutForm {
  values: Record<string, string>
  /** By field; `order` is about the whole. */
  problems: Record<string, string>
}

export const EMPTY_FORM: CheckoutForm = { values: {}, problems: {} }

type Html = ReturnType<typeof html>

export function checkoutPage(state: ShopState, priced: PricedCart, form: CheckoutForm): Html {
  const { currency } = state.shop
  const money = (minor: bigint) => formatAmount(formatMoney(minor, currency), currency)
  const root = storefrontRoot(state)
  const chosen = form.values.shipping === 'express' ? 'express' : 'standard'
  const firstProblem = Object.values(form.problems)[0]
  return checkoutFrame(
    state,
    'Checkout',
    html`
<form method="post" action="${root}/checkout" class="checkout" novalidate>
<div class="steps">
${firstProblem ? html`<p class="alert" role="alert">${form.problems.order ?? 'Some fields need your attention.'}</p>` : ''}
<section><h2>Contact</h2>${field(form, 'email', 'Email', 'email', 'email')}</section>
<section><h2>Delivery</h2><div class="pair">${field(form, 'firstName', 'First name', 'text', 'given-name')}${field(form, 'lastName', 'Last name', 'text', 'family-name')}</div>
${field(form, 'address', 'Address', 'text', 'street-address')}<div class="pair">${field(form, 'postalCode', 'Postal code', 'text', 'postal-code')}${field(form, 'city', 'City', 'text', 'address-level2')}</div></section>
<section><h2>Shipping</h2><div class="options">${(['standard', 'express'] as const).map(
      (key) =>
        html`<label><input type="radio" name="shipping" value="${key}"${key === chosen ? html` checked` : ''} onchange="this.form.querySelector('[value=shipping]').click()"><span>${SHIPPING_METHODS[key].title}<small>${SHIPPING_METHODS[key].days}</small></span><b>${money(shippingPrice(key, currency))}</b></label>`,
    )}</div></section>
<section><h2>Payment</h2><p class="hint">Nothing is charged. Choose how the payment turns out.</p><div class="options">${payments(form)}</div></section>
<button class="pay" name="step" value="pay">Pay ${money(priced.total)}</button>
<button class="visually-hidden" name="step" value="shipping" tabindex="-1" aria-hidden="true">Update shipping</button>
</div>
<aside class="summary"><h2 class="visually-hidden">Your order</h2>
<ul>${priced.lines.map(
      ({
        line,
        product,
        variant,
        unitPrice,
        net,
        automatic,
      }) => html`<li><span class="picture"><img src="${root}/images/${product.handle}.svg" alt="" width="64" height="64"><i>${line.quantity}</i></span>
<span>${product.title}${variant.title === 'Default Title' ? '' : html`<small>${variant.title}</small>`}${automatic ? html`<small>${automatic}</small>` : ''}</span><b>${net === unitPrice * BigInt(line.quantity) ? '' : html`<s>${money(unitPrice * BigInt(line.quantity))}</s> `}${money(net)}</b></li>`,
    )}</ul>
<div class="code">${codeField(form, priced)}</div>
<dl><div><dt>Subtotal</dt><dd>${money(priced.subtotal)}</dd></div>
${priced.discount > 0n ? html`<div><dt>Saved</dt><dd>${money(priced.discount)}</dd></div>` : ''}
<div><dt>Shipping</dt><dd>${money(priced.shipping)}</dd></div>
<div><dt>${state.shop.taxesIncluded ? 'Taxes included' : 'Taxes'}</dt><dd>${money(priced.tax)}</dd></div>
<div class="total"><dt>Total <small>${currency}</small></dt><dd>${money(priced.total)}</dd></div></dl></aside></form>`,
  )
}

function field(form: CheckoutForm, name: string, label: string, type: string, autocomplete: string): Html {
  const problem = form.problems[name]
  return html`<label class="field">${label}<input name="${name}" type="${type}" autocomplete="${autocomplete}" value="${form.values[name] ?? ''}"${problem ? html` aria-invalid="true" aria-describedby="${name}-problem"` : ''}>${problem ? html`<small class="problem" id="${name}-problem">${problem}</small>` : ''}</label>`
}

function payments(form: CheckoutForm): Html[] {
  const chosen = form.values.payment ?? 'paid'
  const ways = [
    ['paid', 'Card', 'Paid at once'],
    ['authorized', 'Card, authorized only', 'The shop captures later'],
    ['pending', 'Bank transfer', 'Waits for payment'],
  ] as const
  return ways.map(
    ([value, label, note]) =>
      html`<label><input type="radio" name="payment" value="${value}"${value === chosen ? html` checked` : ''}><span>${label}<small>${note}</small></span></label>`,
  )
}

function codeField(form: CheckoutForm, { code }: PricedCart): Html {
  if (code && !code.problem) {
    return html`<p class="code-on"><code>${code.text}</code> is applied <button name="step" value="remove-code">Remove</button></p>`
  }
  return html`<label class="field">Discount code<span class="code-row"><input name="code" value="${code?.text ?? form.values.code ?? ''}" autocomplete="off"><button name="step" value="code">Apply</button></span>${code?.problem ? html`<small class="problem" role="alert">${code.problem}</small>` : ''}</label>`
}

/** Head and header of the pages around paying. */
export function checkoutFrame(state: ShopState, title: string, body: Html): Html {
  const root = storefrontRoot(state)
  return html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} – ${state.shop.name}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="${root}/assets/checkout.css"></head>
<body><header><a href="${root}/">${state.shop.name}</a><a class="bag" href="${root}/cart">Bag</a></header><main>${body}</main></body></html>`
}
