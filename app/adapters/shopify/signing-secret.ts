// Which client secret signed a session token. Chooses only: everything else about the token is Shopify's library's to judge.
import { createHmac, timingSafeEqual } from 'node:crypto'

/** Whether the JSON Web Token's HS256 signature is of `secret`. False for what is no such token. */
export function isTokenSignedWith(token: string, secret: string): boolean {
  const parts = token.split('.')
  const [header, payload, signature] = parts
  if (!header || !payload || !signature || parts.length !== 3) return false
  const expected = createHmac('sha256', secret).update(`${header}.${payload}`).digest()
  const told = Buffer.from(signature, 'base64url')
  return told.length === expected.length && timingSafeEqual(told, expected)
}
