// From which account the shop pays, and how its rules of approval stand.
import type { TokenKeys } from '#app/adapters/shopify/token-cipher.ts'
import { isInSepa, parseBic, parseIban } from '#app/domain/payouts/iban.ts'
import { type MethodField, type MethodProblem, parseAddress } from '#app/domain/payouts/method-details.ts'
import { toSepaText } from '#app/domain/payouts/sepa-text.ts'
import { hasUnreadable } from '#app/domain/plain-text.ts'
import { type ApprovalRule, isApprovalRule } from '#app/domain/proposals/approval-rules.ts'
import { mayAgree, proposalOf } from '#app/domain/proposals/proposal.ts'
import type { ShopContext } from '../context.ts'
import { sealPayer } from './sealed-details.ts'

export interface PayoutSettings {
  payoutApprovals: number
  adjustmentsNeedSecond: boolean
  /** Lower rules that somebody asked for and nobody has confirmed. */
  waiting: Array<{
    id: string
    rule: ApprovalRule
    fromLevel: number
    toLevel: number
    proposedBy: string
    proposedAt: string
    /** Whether this visitor may confirm it. */
    mayAgree: boolean
  }>
  payerEnding: string | null
  timeZone: string
}

export async function readPayoutSettings(ctx: ShopContext, actor: string): Promise<PayoutSettings> {
  const shopId = ctx.shop.id
  return ctx.db.inShop(shopId, async (tx) => {
    const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId } })
    const changes = await tx.approvalRuleChange.findMany({
      where: { shopId, status: 'proposed' },
      orderBy: { rule: 'asc' },
    })
    return {
      payoutApprovals: shop.payoutApprovals,
      adjustmentsNeedSecond: shop.adjustmentsNeedSecond,
      waiting: changes.flatMap(({ id, rule, fromLevel, toLevel, proposedBy, proposedAt, ...row }) =>
        isApprovalRule(rule)
          ? [
              {
                id,
                rule,
                fromLevel,
                toLevel,
                proposedBy,
                proposedAt: proposedAt.toISOString(),
                mayAgree: mayAgree(proposalOf({ ...row, proposedBy }), actor),
              },
            ]
          : [],
      ),
      payerEnding: shop.payerAccountEnding,
      timeZone: shop.timeZone,
    }
  })
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
