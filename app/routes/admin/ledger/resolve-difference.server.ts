// The form that books a difference out of suspense.
import type { FormOutcome } from '#app/components/form/form-outcome.ts'
import { COUNTER_ACCOUNTS } from '#app/domain/adjustments/adjustment-input.ts'
import { proposeAdjustment } from '#app/features/adjustments/propose-adjustment.server.ts'
import type { ShopContext } from '#app/features/context.ts'

export async function resolveDifference(
  ctx: ShopContext,
  form: FormData,
  actor: string,
): Promise<FormOutcome> {
  const text = (name: string) => String(form.get(name) ?? '')
  const account = COUNTER_ACCOUNTS.suspense.find((code) => code === text('account'))
  const orderId = text('orderId')
  const amount = text('amountMinor')
  if (!account) return { ok: false, fields: { account: 'ledger.suspense.refused.wrong_account' } }
  if (!/^\d{1,18}$/.test(orderId) || !/^-?\d{1,18}$/.test(amount)) return refused('form_malformed')
  const result = await proposeAdjustment(ctx, {
    formId: text('formId'),
    actor,
    kind: 'suspense',
    creatorId: null,
    orderId: BigInt(orderId),
    account,
    amountMinor: BigInt(amount),
    currency: text('currency'),
    incomeType: null,
    reason: text('reason'),
    facts: {},
  })
  if (result.ok) return { ok: true }
  if (result.reason !== 'invalid_input') return refused(result.reason)
  const fields = result.problems.map(({ field, reason }) => [field, `ledger.suspense.refused.${reason}`])
  return { ok: false, fields: Object.fromEntries(fields) }
}

function refused(reason: string): FormOutcome {
  return { ok: false, fields: {}, summary: `ledger.suspense.refused.${reason}` }
}
