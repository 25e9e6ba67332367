// What the page of a drop's guests posts: passes given, taken back, mailed again.
import type { FormOutcome } from '#app/components/form/form-outcome.ts'
import { readGuestLocale } from '#app/domain/drops/guest-list.ts'
import type { ShopContext } from '#app/features/context.ts'
import { issuePasses } from '#app/features/drops/passes/issue-passes.server.ts'
import { mailPassAgain } from '#app/features/drops/passes/mail-pass-again.server.ts'
import { revokePass } from '#app/features/drops/passes/revoke-pass.server.ts'
import { webServices } from '../../web-services.server.ts'

/** Errors: throws a 400 for what the page cannot have posted. */
export async function answerGuests(
  ctx: ShopContext,
  { dropId, actor, form }: { dropId: string; actor: string; form: FormData },
): Promise<FormOutcome> {
  const field = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? value : ''
  }
  const { tokenKeys } = webServices().environment
  switch (field('intent')) {
    case 'give-passes': {
      const asked = { dropId, guests: field('guests'), locale: readGuestLocale(field('locale')) }
      const mailed = field('mailed') === 'true'
      return answer(await issuePasses(ctx, tokenKeys, { ...asked, mailed }, actor), 'guests')
    }
    case 'revoke-pass':
      return answer(await revokePass(ctx, { dropId, passId: field('passId') }, actor), 'form')
    case 'mail-pass':
      return answer(await mailPassAgain(ctx, { dropId, passId: field('passId') }), 'form')
    default:
      throw new Response('Unknown intent', { status: 400 })
  }
}

/** Refusals about the drop itself are told as the page tells them when it is opened. */
const OF_THE_DROP = ['not_scheduled', 'passes_not_accepted', 'early_access_over']

function answer(outcome: { ok: true } | { ok: false; reason: string }, place: string): FormOutcome {
  if (outcome.ok) return { ok: true }
  const { reason } = outcome
  const key = OF_THE_DROP.includes(reason) ? `passes.none.${reason}` : `passes.refused.${reason}`
  const params: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(outcome as object))
    if (typeof value === 'string' || typeof value === 'number') params[name] = value
  return { ok: false, fields: { [place]: { key, params } } }
}
