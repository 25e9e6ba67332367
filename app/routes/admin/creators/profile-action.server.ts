// The one door of everything that a creator's page can ask for: an intent with its fields, answered in the form's words.
import type { FormOutcome } from '#app/components/form/form-outcome.ts'
import { createCreatorCode } from '#app/features/attribution/create-creator-code.server.ts'
import { createCreatorLink } from '#app/features/attribution/create-creator-link.server.ts'
import { endCreatorCode } from '#app/features/attribution/end-creator-code.server.ts'
import { revokeCreatorLink } from '#app/features/attribution/revoke-creator-link.server.ts'
import type { ShopContext } from '#app/features/context.ts'
import { archiveCreator } from '#app/features/creators/archive-creator.server.ts'
import { editCreator } from '#app/features/creators/edit-creator.server.ts'
import { restoreCreator } from '#app/features/creators/restore-creator.server.ts'
import { jsonField, refusedFields, textField } from './creator-form-outcome.ts'

type Answer = (ctx: ShopContext, creatorId: string, form: FormData) => Promise<FormOutcome>

const answers: Record<string, Answer> = {
  edit: saveProfile,
  archive,
  restore: async (ctx, creatorId) => {
    const result = await restoreCreator(ctx, { creatorId })
    // Restored already, perhaps by a second click: that is what was asked for.
    return result.ok || result.reason === 'not_archived' ? { ok: true } : refused(result.reason)
  },
  'create-code': createCode,
  'end-code': async (ctx, _, form) => {
    const result = await endCreatorCode(ctx, { codeId: textField(form, 'codeId') })
    return result.ok ? result : { ok: false, fields: {}, summary: 'creators.toast.failed' }
  },
  'create-link': createLink,
  'revoke-link': async (ctx, _, form) => {
    const result = await revokeCreatorLink(ctx, { linkId: textField(form, 'linkId') })
    return result.ok ? result : { ok: false, fields: {}, summary: 'creators.toast.failed' }
  },
}

export async function answerProfileForm(
  ctx: ShopContext,
  creatorId: string,
  form: FormData,
): Promise<FormOutcome> {
  const intent = textField(form, 'intent')
  const answer = Object.hasOwn(answers, intent) ? answers[intent] : undefined
  if (!answer) throw new Response('Unknown intent', { status: 400 })
  return answer(ctx, creatorId, form)
}

async function saveProfile(ctx: ShopContext, creatorId: string, form: FormData): Promise<FormOutcome> {
  const creator = { ...Object.fromEntries(form), channels: jsonField(form, 'channels') ?? [] }
  const result = await editCreator(ctx, { creatorId, revision: Number(textField(form, 'revision')), creator })
  if (result.ok) return { ok: true }
  if (result.reason === 'invalid_input') return refusedFields(result.problems)
  if (result.reason === 'unknown_creator') return refused('unknown_creator')
  return { ok: false, fields: {}, summary: 'creators.form.changedMeanwhile', stale: true }
}

async function archive(ctx: ShopContext, creatorId: string, form: FormData): Promise<FormOutcome> {
  const count = (name: string) => Number(textField(form, name))
  const shown = { agreements: count('agreements'), codes: count('codes'), links: count('links') }
  const result = await archiveCreator(ctx, { creatorId, shown })
  if (result.ok || result.reason === 'already_archived') return { ok: true }
  if (result.reason === 'unknown_creator') return refused('unknown_creator')
  return { ok: false, fields: {}, summary: 'creators.profile.archiveChanged' }
}

async function createCode(ctx: ShopContext, creatorId: string, form: FormData): Promise<FormOutcome> {
  const result = await createCreatorCode(ctx, {
    formId: textField(form, 'formId'),
    creatorId,
    code: textField(form, 'code'),
    percent: textField(form, 'percent'),
  })
  if (result.ok) return { ok: true }
  if (result.reason === 'code_taken') return { ok: false, fields: { code: 'creators.problem.codeTaken' } }
  if (result.reason !== 'invalid_input') return refused(result.reason)
  const special: Record<string, string> = {
    'code.malformed': 'codeMalformed',
    'percent.malformed': 'percentRange',
    'percent.out_of_range': 'percentRange',
  }
  const fields = result.problems.map(({ field, reason }) => [
    field,
    `creators.problem.${special[`${field}.${reason}`] ?? reason}`,
  ])
  return { ok: false, fields: Object.fromEntries(fields) }
}

async function createLink(ctx: ShopContext, creatorId: string, form: FormData): Promise<FormOutcome> {
  const path = textField(form, 'path')
  const result = await createCreatorLink(ctx, { formId: textField(form, 'formId'), creatorId, path })
  if (result.ok) return { ok: true }
  if (result.reason === 'path_malformed')
    return { ok: false, fields: { path: 'creators.problem.pathMalformed' } }
  if (result.reason === 'no_free_reference')
    return { ok: false, fields: {}, summary: 'creators.toast.failed' }
  return refused(result.reason)
}

function refused(reason: 'unknown_creator' | 'creator_archived' | 'plan_limit_reached'): FormOutcome {
  return { ok: false, fields: {}, summary: `creators.problem.${reason}` }
}
