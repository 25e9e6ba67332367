// Payout details in the database are sealed like tokens, each bound to its own row.
import { openToken, sealToken, type TokenKeys } from '#app/adapters/shopify/token-cipher.ts'
import { type PayoutMethodDetails, readDetails } from '#app/domain/payouts/method-details.ts'
import type { PayerAccount } from '#app/domain/payouts/pain-001.ts'

const methodOwner = (methodId: string) => `payout_method/${methodId}`
const payerOwner = (shopId: number) => `payer_account/${shopId}`

export function sealDetails(details: PayoutMethodDetails, methodId: string, keys: TokenKeys): string {
  return sealToken(JSON.stringify(details), methodOwner(methodId), keys)
}

/** Null when today's keys do not open it: a key was lost, or the row was tampered with. */
export function openDetails(sealed: string, methodId: string, keys: TokenKeys): PayoutMethodDetails | null {
  const opened = openToken(sealed, methodOwner(methodId), keys)
  return opened.ok ? readDetails(opened.token) : null
}

export function sealPayer(payer: PayerAccount, shopId: number, keys: TokenKeys): string {
  return sealToken(JSON.stringify(payer), payerOwner(shopId), keys)
}

export function openPayer(sealed: string, shopId: number, keys: TokenKeys): PayerAccount | null {
  const opened = openToken(sealed, payerOwner(shopId), keys)
  return opened.ok ? (JSON.parse(opened.token) as PayerAccount) : null
}
