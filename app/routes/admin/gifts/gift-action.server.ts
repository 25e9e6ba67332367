// A posted gift: read, checked, noted at its value.
import type { FormOutcome } from '#app/components/form/form-outcome.ts'
import { parseAmount } from '#app/domain/money/parse-amount.ts'
import { isLocalDate, localDateOf } from '#app/domain/time/instant.ts'
import { proposeAdjustment } from '#app/features/adjustments/propose-adjustment.server.ts'
import type { ShopContext } from '#app/features/context.ts'
import { refused, refusedFields, textField } from '../payouts/outcome.ts'

export async function answerGiftForm(
  ctx: Pick<ShopContext, 'db' | 'shop' | 'clock'>,
  { actor, form }: { actor: string; form: FormData },
): Promise<FormOutcome> {
  const description = textField(form, 'description').trim()
  const givenOn = textField(form, 'givenOn')
  const amount = parseAmount(textField(form, 'amount').trim().replace(',', '.'), ctx.shop.currency)
  const creatorId = textField(form, 'creatorId')
  const today = localDateOf(ctx.clock.now().toISOString(), ctx.shop.timeZone)
  // All at once: nobody likes to be told one mistake after the other.
  const problems = [
    ...(creatorId === '' ? [{ field: 'creatorId', reason: 'unknown_creator' }] : []),
    ...(description === '' ? [{ field: 'description', reason: 'required' }] : []),
    ...(isLocalDate(givenOn) ? [] : [{ field: 'givenOn', reason: 'date_malformed' }]),
    ...(isLocalDate(givenOn) && givenOn > today ? [{ field: 'givenOn', reason: 'date_in_future' }] : []),
    ...(amount.ok && amount.minor > 0n ? [] : [{ field: 'amount', reason: 'amount_malformed' }]),
  ]
  if (problems.length > 0 || !amount.ok) return refusedFields(problems)
  const result = await proposeAdjustment(ctx, {
    formId: textField(form, 'formId'),
    kind: 'gift',
    creatorId,
    orderId: null,
    account: 'gifts-in-kind',
    amountMinor: amount.minor,
    currency: ctx.shop.currency,
    incomeType: 'in_kind',
    reason: description,
    facts: { description, givenOn },
    actor,
  })
  if (result.ok) return { ok: true }
  if (result.reason !== 'invalid_input') return refused(result)
  return refusedFields(result.problems, { creator: 'creatorId', reason: 'description' })
}
