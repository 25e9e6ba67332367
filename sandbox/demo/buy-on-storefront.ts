// Buys on the storefront's pages as a shopper's browser would: bag, code, checkout.
import type { HouseUrls } from './url-panel.ts'

export interface Purchase {
  variantId: string
  quantity?: number
  code?: string
  buyer?: Buyer
  /** As the customer with the buyer's address. */
  signedIn?: boolean
  /** Cart attributes, such as a guest pass. */
  attributes?: Record<string, string>
}

export interface Buyer {
  email: string
  firstName: string
  lastName: string
  /** Street and number; unless it is given, everybody lives in a house of their own. */
  address?: string
}

export type PurchaseOutcome =
  | { ok: true; orderId: string }
  /** In the shop's words. */
  | { ok: false; at: 'bag' | 'checkout'; message: string }

const NINA: Buyer = { email: 'nina.cole@shoppers.example', firstName: 'Nina', lastName: 'Cole' }
const ADDRESS = {
  city: 'Portland',
  postalCode: '04101',
  shipping: 'standard',
  payment: 'paid',
}

/** The new order's id. Errors: throws with what refused it. */
export async function buyOnStorefront(
  urls: Pick<HouseUrls, 'storefront'>,
  purchase: Purchase,
): Promise<string> {
  const bought = await tryToBuy(urls.storefront, purchase)
  if (bought.ok) return bought.orderId
  throw new Error(`The ${bought.at} refused: ${bought.message}`)
}

/** `storefront`: the shop's address. Errors: throws with the status of a page that did not answer as shops do. */
export async function tryToBuy(storefront: string, purchase: Purchase): Promise<PurchaseOutcome> {
  const { variantId, quantity = 1, code, buyer = NINA, attributes } = purchase
  const visit = openBrowser(storefront)
  if (purchase.signedIn) await visit('/account/login', new URLSearchParams({ email: buyer.email }))
  if (code) await visit(`/discount/${code}?redirect=/`)
  if (attributes) await visit('/cart/update.js', JSON.stringify({ attributes }))
  const added = await visit('/cart/add.js', JSON.stringify({ id: variantId, quantity }))
  if (added.status >= 400) {
    const { description = '' } = JSON.parse(added.text) as { description?: string }
    return { ok: false, at: 'bag', message: description }
  }
  const paid = await visit(
    '/checkout',
    new URLSearchParams({
      address: homeOf(buyer),
      ...buyer,
      ...ADDRESS,
      step: 'pay',
      ...(code ? { code } : {}),
    }),
  )
  const orderId = /\/orders\/(\d+)\//.exec(paid.location)?.[1]
  if (orderId) return { ok: true, orderId }
  const message = /role="alert"[^>]*>(.*?)<\//s.exec(paid.text)?.[1] ?? ''
  if (paid.status === 422)
    return { ok: false, at: 'checkout', message: message.replace(/<[^>]+>/g, '').trim() }
  throw new Error(`The checkout led to ${paid.location || `status ${paid.status}`} instead of an order.`)
}

function homeOf({ email }: Buyer): string {
  let number = 7
  for (const sign of email) number = (number * 31 + sign.charCodeAt(0)) % 9_973
  return `${number + 1} Harbour Row`
}

/** A browser with a bag of its own. Refusals (404 and 422) are answers; other errors are thrown. */
function openBrowser(storefront: string) {
  const cookies = new Map<string, string>()
  return async (path: string, body?: string | URLSearchParams) => {
    const answer = await fetch(`${storefront}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      body,
      headers: {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(typeof body === 'string' ? { 'content-type': 'application/json' } : {}),
      },
      redirect: 'manual',
    })
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    const text = await answer.text()
    if (answer.status >= 400 && answer.status !== 404 && answer.status !== 422)
      throw new Error(`The storefront answered ${path} with ${answer.status}.`)
    return { status: answer.status, text, location: answer.headers.get('location') ?? '' }
  }
}
