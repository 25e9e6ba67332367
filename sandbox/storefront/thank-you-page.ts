// After the purchase: what was bought and what was paid, from the order itself.
import { html } from 'hono/html'
import { formatAmount, sentenceCase } from '#sandbox/admin/format-amount.ts'
import { sumAmounts } from '#sandbox/admin/pages/sum-amounts.ts'
import type { Order, ShopState } from '#sandbox/state/nouns.ts'
import { checkoutFrame } from './checkout-page.ts'
import { storefrontRoot } from './liquid-objects.ts'

export function thankYouPage(state: ShopState, order: Order) {
  const money = (amount: string) => formatAmount(amount, order.presentmentCurrency)
  const sales = order.agreements.flatMap((agreement) => agreement.sales)
  const tax = sumAmounts(sales.map((sale) => sale.tax.presentment))
  const saleOf = (lineItemId: string) =>
    sumAmounts(sales.filter((sale) => sale.lineItemId === lineItemId).map((sale) => sale.total.presentment))
  // As the pieces: with its tax, so that what is listed adds up to the total.
  const shipping = sumAmounts(
    sales.filter((sale) => sale.lineType === 'SHIPPING').map((sale) => sale.total.presentment),
  )
  return checkoutFrame(
    state,
    'Thank you',
    html`<div class="thanks"><h1>Thank you</h1><p>Order <strong>${order.name}</strong> is placed. ${order.email ? html`A confirmation would go to ${order.email}.` : ''}</p>
<div class="summary"><ul>${order.lineItems.map(
      (line) => html`<li><span>${line.quantity} × ${line.title}</span><b>${money(saleOf(line.id))}</b></li>`,
    )}${order.shipping ? html`<li><span>${order.shipping.title}</span><b>${money(shipping)}</b></li>` : ''}</ul>
<dl>${order.discountCodes.length > 0 ? html`<div><dt>Code</dt><dd><code>${order.discountCodes.join(', ')}</code></dd></div>` : ''}
<div><dt>Of which taxes</dt><dd>${money(tax)}</dd></div><div class="total"><dt>Total</dt><dd>${money(order.originalTotal.presentment)}</dd></div>
<div><dt>Payment</dt><dd>${sentenceCase(order.financialStatus)}</dd></div></dl></div>
<p><a class="pay" href="${storefrontRoot(state)}/">Back to the shop</a></p></div>`,
  )
}
