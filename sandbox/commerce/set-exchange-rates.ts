import type { Shop } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { findShopState } from './find-nouns.ts'
import { findExponent, parseRatio } from './money.ts'
import { type Refusal, refuse } from './refusal.ts'

/** Today's rates by currency: shop money × rate = money of that currency. They replace those of before. */
export function setExchangeRates(
  sandbox: Sandbox,
  shopDomain: string,
  rates: Record<string, string>,
): { ok: true; shop: Shop } | Refusal<'unknown_shop' | 'invalid_currency' | 'invalid_rate'> {
  const found = findShopState(sandbox, shopDomain)
  if (!found.ok) return found
  const { shop } = found.state
  for (const [currency, rate] of Object.entries(rates)) {
    if (findExponent(currency) === undefined || currency === shop.currency) {
      return refuse('invalid_currency', `rates: "${currency}" is no other currency than the shop's.`)
    }
    if ((parseRatio(rate)?.numerator ?? 0n) <= 0n) {
      return refuse('invalid_rate', `rates.${currency}: "${rate}" is no exchange rate.`)
    }
  }
  shop.exchangeRates = rates
  sandbox.changed()
  return { ok: true, shop }
}
