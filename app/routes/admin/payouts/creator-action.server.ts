// Everything that the page about paying one creator can ask for.
import type { FormOutcome } from '#app/components/form/form-outcome.ts'
import type { ShopContext } from '#app/features/context.ts'
import { holdPayouts } from '#app/features/payouts/hold-payouts.server.ts'
import { askForPayoutDetails } from '#app/features/payouts/payout-details-link.server.ts'
import { savePayoutMethod } from '#app/features/payouts/save-payout-method.server.ts'
import { saveTaxProfile, type TaxInput } from '#app/features/tax/save-tax-profile.server.ts'
import { webServices } from '../../web-services.server.ts'
import { recordFactForm } from './fact-form.server.ts'
import { outcomeOf, refused, refusedFields, textField } from './outcome.ts'

interface Asked {
  creatorId: string
  actor: string
  form: FormData
}
type Answer = (ctx: ShopContext, asked: Asked) => Promise<FormOutcome>

const answers: Record<string, Answer> = {
  'save-method': async (ctx, { creatorId, actor, form }) => {
    const method = Object.fromEntries([...form].map(([name, value]) => [name, String(value)]))
    const formId = textField(form, 'formId')
    const input = { creatorId, formId, method, by: 'merchant' as const, actor }
    const result = await savePayoutMethod(ctx, webServices().environment.tokenKeys, input)
    if (result.ok) return { ok: true }
    return result.reason === 'invalid_input' ? refusedFields(result.problems) : refused(result)
  },
  'ask-details': async (ctx, { creatorId }) => outcomeOf(await askForPayoutDetails(ctx, { creatorId })),
  hold: async (ctx, { creatorId, form }) => {
    const result = await holdPayouts(ctx, { creatorId, reason: textField(form, 'reason') })
    return result.ok ? { ok: true } : { ok: false, fields: { reason: `payouts.refused.${result.reason}` } }
  },
  free: async (ctx, { creatorId }) => outcomeOf(await holdPayouts(ctx, { creatorId, reason: null })),
  'save-tax': async (ctx, { creatorId, form }) => {
    const tax = Object.fromEntries([...form].map(([name, value]) => [name, String(value)])) as TaxInput
    const result = await saveTaxProfile(ctx, { creatorId, tax })
    if (result.ok) return { ok: true }
    if (result.reason === 'unknown_creator') return refused(result)
    return refusedFields(Object.entries(result.fields).map(([field, reason]) => ({ field, reason })))
  },
  'record-withholding': (ctx, asked) => recordFactForm(ctx, 'withholding', asked),
  'record-vat': (ctx, asked) => recordFactForm(ctx, 'vat', asked),
}

export async function answerCreatorForm(ctx: ShopContext, asked: Asked): Promise<FormOutcome> {
  const intent = textField(asked.form, 'intent')
  const answer = Object.hasOwn(answers, intent) ? answers[intent] : undefined
  if (!answer) throw new Response('Unknown intent', { status: 400 })
  return answer(ctx, asked)
}
