import type { Shop } from '#app/adapters/db/generated/client.ts'

/** ISO 3166 of the paying business, from its legal details; null until somebody said it. */
export function payerCountry(shop: Pick<Shop, 'legalDetails'>): string | null {
  const { legalDetails } = shop
  if (typeof legalDetails !== 'object' || legalDetails === null || Array.isArray(legalDetails)) return null
  const country = legalDetails.country
  return typeof country === 'string' && /^[A-Z]{2}$/.test(country) ? country : null
}
