// The form of an adjustment as input of its use case, and the refusal in the form's words.
import type { FormOutcome } from '#app/components/form/form-outcome.ts'
import { COUNTER_ACCOUNTS } from '#app/domain/adjustments/adjustment-input.ts'
import { parseAmount } from '#app/domain/money/parse-amount.ts'
import { withoutUnreadable } from '#app/domain/plain-text.ts'
import { readAdjustmentForm } from '#app/features/adjustments/adjustment-list-view.server.ts'
import {
  type ProposeAdjustmentInput,
  type ProposeAdjustmentResult,
  proposeAdjustment,
} from '#app/features/adjustments/propose-adjustment.server.ts'
import type { ShopContext } from '#app/features/context.ts'
import { refused, refusedFields, textField } from '../payouts/outcome.ts'

const FIELD_NAMES = { creator: 'creatorId', order: 'form' }

export async function proposeFromForm(ctx: ShopContext, form: FormData, actor: string): Promise<FormOutcome> {
  const isSuspense = textField(form, 'kind') === 'suspense'
  const input = isSuspense ? await suspenseInput(ctx, form, actor) : correctionInput(ctx, form, actor)
  return 'refusal' in input ? input.refusal : answer(await proposeAdjustment(ctx, input))
}

function answer(result: ProposeAdjustmentResult): FormOutcome {
  if (result.ok) return { ok: true }
  if (result.reason === 'invalid_input') return refusedFields(result.problems, FIELD_NAMES)
  return { ...refused(result), ok: false, fields: {}, summary: `payouts.refused.${result.reason}` }
}

type Built = ProposeAdjustmentInput | { refusal: FormOutcome }

/** The amount is what stands in suspense now, not what a form says. */
async function suspenseInput(ctx: ShopContext, form: FormData, actor: string): Promise<Built> {
  const orderId = textField(form, 'orderId')
  const { suspense } = await readAdjustmentForm(ctx, orderId)
  if (!suspense) {
    return { refusal: { ok: false, fields: {}, summary: 'payouts.refused.suspense_changed' } }
  }
  return {
    ...common(form, actor),
    kind: 'suspense',
    creatorId: null,
    orderId: BigInt(suspense.orderId),
    account: accountOf('suspense', form),
    amountMinor: BigInt(suspense.amountMinor),
    currency: suspense.currency,
    incomeType: null,
    facts: {},
  }
}

function correctionInput(ctx: ShopContext, form: FormData, actor: string): Built {
  const amount = parseAmount(textField(form, 'amount').trim().replace(',', '.'), ctx.shop.currency)
  if (!amount.ok || amount.minor < 0n) {
    return { refusal: refusedFields([{ field: 'amount', reason: 'amount_malformed' }]) }
  }
  const types = ['commission_service', 'design_royalty', 'bonus'] as const
  const statementNumber = shortened(form, 'statementNumber', 60)
  const line = shortened(form, 'statementLine', 120)
  return {
    ...common(form, actor),
    kind: 'creator_correction',
    creatorId: textField(form, 'creatorId') || null,
    orderId: null,
    account: accountOf('creator_correction', form),
    amountMinor: textField(form, 'direction') === 'debit' ? -amount.minor : amount.minor,
    currency: ctx.shop.currency,
    incomeType: types.find((type) => type === textField(form, 'incomeType')) ?? 'commission_service',
    facts: { ...(statementNumber ? { statementNumber } : {}), ...(line ? { line } : {}) },
  }
}

/** Cutting may halve a character. */
function shortened(form: FormData, name: string, longest: number): string {
  return withoutUnreadable(textField(form, name).trim().slice(0, longest))
}

function common(form: FormData, actor: string) {
  return { formId: textField(form, 'formId'), reason: textField(form, 'reason'), actor }
}

/** One that the kind does not offer becomes its usual one only when none was named: else the use case refuses. */
function accountOf(kind: 'suspense' | 'creator_correction', form: FormData) {
  const accounts = COUNTER_ACCOUNTS[kind]
  const wanted = textField(form, 'account')
  return accounts.find((account) => account === wanted) ?? accounts[0] ?? 'write-offs'
}
