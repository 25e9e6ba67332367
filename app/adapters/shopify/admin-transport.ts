// Sends GraphQL over the same replaceable fetch that Shopify's library uses, so that one seam covers all traffic.
import { abstractFetch } from '@shopify/shopify-api/runtime'
import type { AdminTransport } from './admin-api.ts'

export const ADMIN_API_VERSION = '2026-10'
const TIMEOUT_MS = 20_000

export const sendToShopify: AdminTransport = async ({ shopDomain, accessToken, body }) => {
  const answer = await abstractFetch(`https://${shopDomain}/admin/api/${ADMIN_API_VERSION}/graphql.json`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      'user-agent': 'Filigree',
      'x-shopify-access-token': accessToken,
    },
    body,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  const text = await answer.text()
  const retryAfter = Number(answer.headers.get('retry-after') ?? Number.NaN)
  return {
    status: answer.status,
    body: parse(text),
    retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : null,
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
