// Buys on the storefront's pages as a shopper's browser would: bag, code, checkout.
import type { HouseUrls } from './url-panel.ts'

export interface Purchase {
  variantId: string
  code: string
}

const BUYER = {
  email: 'nina.cole@shoppers.example',
  firstName: 'Nina',
  lastName: 'Cole',
  address: '12 Harbour Row',
  city: 'Portland',
  postalCode: '04101',
  shipping: 'standard',
  payment: 'paid',
}

/** The new order's id. Errors: throws with the status of the page that refused. */
export async function buyOnStorefront(urls: HouseUrls, { variantId, code }: Purchase): Promise<string> {
  const cookies = new Map<string, string>()
  const visit = async (path: string, fields?: Record<string, string>) => {
    const answer = await fetch(`${urls.storefront}${path}`, {
      method: fields ? 'POST' : 'GET',
      body: fields ? new URLSearchParams(fields) : undefined,
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      redirect: 'manual',
    })
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    await answer.arrayBuffer()
    if (answer.status >= 400) throw new Error(`The storefront answered ${path} with ${answer.status}.`)
    return answer
  }
  await visit(`/discount/${code}?redirect=/`)
  await visit('/cart/add', { id: variantId, quantity: '1' })
  const paid = await visit('/checkout', { ...BUYER, step: 'pay', code })
  const id = /\/orders\/(\d+)\//.exec(paid.headers.get('location') ?? '')?.[1]
  if (!id)
    throw new Error(`The checkout led to ${paid.headers.get('location') ?? 'no page'} instead of an order.`)
  return id
}
