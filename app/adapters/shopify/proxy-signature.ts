// The app proxy's signature, checked in microseconds and in constant time: for addresses that thousands ask for at once. Says the same as
// readProxyRequest, which leaves it to Shopify's library.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { checkProxyQuery, type ProxyIdentity, type ProxyVisit, refuseProxyVisit } from './proxy-request.ts'

/** `now` in epoch milliseconds, of the machine's clock. */
export function readProxyQuery(
  query: URLSearchParams,
  { apiSecret, previousApiSecret }: Pick<ProxyIdentity, 'apiSecret' | 'previousApiSecret'>,
  now: number,
): ProxyVisit {
  const checked = checkProxyQuery(query, now)
  if (!checked.ok) return checked
  const signature = query.get('signature') ?? ''
  const text = signedText(query)
  const isGenuine =
    isSignedWith(apiSecret, text, signature) ||
    (previousApiSecret !== undefined && isSignedWith(previousApiSecret, text, signature))
  return isGenuine ? checked : refuseProxyVisit('forged')
}

/** Each name once, several values joined by commas, sorted and joined by nothing. */
function signedText(query: URLSearchParams): string {
  const values = new Map<string, string>()
  for (const [name, value] of query) {
    if (name === 'signature') continue
    const before = values.get(name)
    values.set(name, before === undefined ? value : `${before},${value}`)
  }
  return [...values]
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('')
}

function isSignedWith(secret: string, text: string, given: string): boolean {
  const expected = Buffer.from(createHmac('sha256', secret).update(text).digest('hex'))
  const told = Buffer.from(given)
  // Only the length of a public format is compared openly.
  return told.length === expected.length && timingSafeEqual(told, expected)
}
