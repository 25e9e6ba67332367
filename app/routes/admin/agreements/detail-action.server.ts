// The one door of everything that an agreement's page can ask for.
import { refusalOf } from '#app/components/agreements/problem-words.ts'
import type { FormOutcome } from '#app/components/form/form-outcome.ts'
import { endAgreement } from '#app/features/agreements/end-agreement.server.ts'
import { inviteAgain } from '#app/features/agreements/invite-again.server.ts'
import { offerAgreement } from '#app/features/agreements/offer-agreement.server.ts'
import { withdrawOffer } from '#app/features/agreements/withdraw-offer.server.ts'
import type { ShopContext } from '#app/features/context.ts'
import { refusedWhole } from './agreement-form-outcome.ts'

export async function answerAgreementForm(
  ctx: ShopContext,
  agreementId: string,
  form: FormData,
): Promise<FormOutcome> {
  switch (form.get('intent')) {
    case 'offer':
      return offer(ctx, agreementId, form)
    case 'withdraw':
      return outcomeOf(await withdrawOffer(ctx, { agreementId }))
    case 'invite-again':
      return outcomeOf(await inviteAgain(ctx, { agreementId }))
    case 'end':
      return outcomeOf(await endAgreement(ctx, { agreementId }))
    default:
      throw new Response('Unknown intent', { status: 400 })
  }
}

async function offer(ctx: ShopContext, agreementId: string, form: FormData): Promise<FormOutcome> {
  const result = await offerAgreement(ctx, { agreementId, termsHash: String(form.get('termsHash') ?? '') })
  if (result.ok) return { ok: true }
  if (result.reason !== 'invalid_terms') return refusedWhole(result.reason)
  const [problem] = result.problems
  return problem
    ? { ok: false, fields: { [problem.field]: refusalOf(problem) } }
    : refusedWhole('changed_meanwhile')
}

function outcomeOf(result: { ok: true } | { ok: false; reason: string }): FormOutcome {
  return result.ok ? { ok: true } : refusedWhole(result.reason)
}
