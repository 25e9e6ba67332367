// Who pays, from which account, and how many people must agree.
import type { TokenKeys } from '#app/adapters/shopify/token-cipher.ts'
import { isInSepa, parseBic, parseIban } from '#app/domain/payouts/iban.ts'
import { type MethodField, type MethodProblem, parseAddress } from '#app/domain/payouts/method-details.ts'
import { toSepaText } from '#app/domain/payouts/sepa-text.ts'
import { hasUnreadable } from '#app/domain/plain-text.ts'
import type { ShopContext } from '../context.ts'
import { payerCountry } from './payer-country.ts'
import { sealPayer } from './sealed-details.ts'

export interface PayoutSettings {
  payoutApprovals: number
  adjustmentsNeedSecond: boolean
  payerEnding: string | null
  payerCountry: string | null
}

export async function readPayoutSettings(ctx: ShopContext): Promise<PayoutSettings> {
  const shop = await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.shop.findUniqueOrThrow({ where: { id: ctx.shop.id } }),
  )
  return {
    payoutApprovals: shop.payoutApprovals,
    adjustmentsNeedSecond: shop.adjustmentsNeedSecond,
    payerEnding: shop.payerAccountEnding,
    payerCountry: payerCountry(shop),
  }
}

export type SavePayoutRulesResult =
  | { ok: true }
  | { ok: false; reason: 'approvals_out_of_range' | 'country_malformed' }

export async function savePayoutRules(
  ctx: ShopContext,
  input: { payoutApprovals: number; adjustmentsNeedSecond: boolean; payerCountry: string },
): Promise<SavePayoutRulesResult> {
  const country = input.payerCountry.trim().toUpperCase()
  if (input.payoutApprovals !== 1 && input.payoutApprovals !== 2)
    return { ok: false, reason: 'approvals_out_of_range' }
  if (country !== '' && !/^[A-Z]{2}$/.test(country)) return { ok: false, reason: 'country_malformed' }
  const { payoutApprovals, adjustmentsNeedSecond } = input
  const details = JSON.stringify(country === '' ? {} : { country })
  await ctx.db.inShop(ctx.shop.id, async (tx) => {
    await tx.shop.update({ where: { id: ctx.shop.id }, data: { payoutApprovals, adjustmentsNeedSecond } })
    await tx.$executeRaw`
      update shop set legal_details = (legal_details - 'country') || ${details}::jsonb where id = ${ctx.shop.id}`
  })
  return { ok: true }
}

export type PayerField = Exclude<MethodField, 'kind' | 'currency' | 'email' | 'instructions'>

export type SavePayerResult =
  | { ok: true; ending: string }
  | { ok: false; reason: 'invalid_input'; problems: MethodProblem[] }

/** The account that SEPA files are paid from. Files that were made before keep naming the account that they were made with. */
export async function savePayerAccount(
  ctx: ShopContext,
  keys: TokenKeys,
  input: Partial<Record<PayerField, string>>,
): Promise<SavePayerResult> {
  const problems: MethodProblem[] = []
  const refuse = (field: MethodField, reason: string) => problems.push({ field, reason })
  const text = (field: MethodField) => {
    const value = (input[field as PayerField] ?? '').trim()
    if (hasUnreadable(value)) refuse(field, 'unreadable')
    return value
  }
  const name = text('holder')
  if (name === '') refuse('holder', 'required')
  else if (!toSepaText(name, 70)) refuse('holder', 'not_in_bank_letters')
  const iban = parseIban(text('iban'))
  if (!iban.ok) refuse('iban', iban.reason)
  else if (!isInSepa(iban.country)) refuse('iban', 'iban_outside_sepa')
  const bic = text('bic') === '' ? null : parseBic(text('bic'))
  if (text('bic') !== '' && bic === null) refuse('bic', 'bic_malformed')
  const address = parseAddress(text, refuse)
  if (problems.length > 0 || !iban.ok) return { ok: false, reason: 'invalid_input', problems }
  const payer = { name, iban: iban.iban, bic, address }
  const ending = iban.iban.slice(-4)
  await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.shop.update({
      where: { id: ctx.shop.id },
      data: { payerAccountSealed: sealPayer(payer, ctx.shop.id, keys), payerAccountEnding: ending },
    }),
  )
  return { ok: true, ending }
}
