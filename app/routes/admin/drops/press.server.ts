// A press on a drop as its page posts it, or asks to see what would follow.

import { refusalOfPress } from '#app/components/drops/press-words.ts'
import type { PressKind, PreviewAnswer } from '#app/components/drops/use-preview.ts'
import type { FormOutcome } from '#app/components/form/form-outcome.ts'
import type { Press } from '#app/domain/drops/drop-state.ts'
import { readLocalTime } from '#app/domain/drops/timeline.ts'
import type { ShopContext } from '#app/features/context.ts'
import { readDropZone } from '#app/features/drops/drop-view.server.ts'
import { openSoon } from '#app/features/drops/open-soon.server.ts'
import { pressDrop, previewPress } from '#app/features/drops/press-drop.server.ts'
import { scheduleDrop } from '#app/features/drops/schedule-drop.server.ts'

const KINDS: readonly PressKind[] = ['schedule', 'unschedule', 'hold', 'resume', 'extend', 'abort']

type ReadPress = { ok: true; press: Press } | { ok: false; answer: Extract<PreviewAnswer, { ok: false }> }

/** Null: no such press, or no such drop. */
async function readPress(
  ctx: ShopContext,
  dropId: string,
  field: (name: string) => string,
): Promise<ReadPress | null> {
  const kind = KINDS.find((known) => known === field('press'))
  if (!kind) return null
  if (kind === 'resume') return { ok: true, press: { kind, shift: field('shift') === 'true' } }
  if (kind !== 'extend') return { ok: true, press: { kind } }
  const timeZone = await readDropZone(ctx, dropId)
  if (timeZone === null) return null
  const read = readLocalTime(field('closeLocal'), timeZone)
  if (read.ok) return { ok: true, press: { kind, closeAt: read.at } }
  return { ok: false, answer: { ok: false, reason: 'close_malformed' } }
}

/** Errors: throws a 400 for what is no press, a 404 for what is no drop of the shop. */
export async function answerPreview(
  ctx: ShopContext,
  dropId: string,
  params: URLSearchParams,
): Promise<PreviewAnswer> {
  const read = await readPress(ctx, dropId, (name) => params.get(name) ?? '')
  if (!read) throw new Response('No such press', { status: 400 })
  if (!read.ok) return read.answer
  const previewed = await previewPress(ctx, dropId, read.press)
  if (!previewed.ok && previewed.reason === 'unknown_drop')
    throw new Response('No such drop', { status: 404 })
  return previewed
}

export async function answerPress(
  ctx: ShopContext,
  asked: { dropId: string; form: FormData; actor: string },
): Promise<FormOutcome> {
  const { dropId, form, actor } = asked
  const field = (name: string) => {
    const value = form.get(name === 'press' ? 'intent' : name)
    return typeof value === 'string' ? value : ''
  }
  const revision = /^\d{1,9}$/.test(field('revision')) ? Number(field('revision')) : -1
  if (field('press') === 'open_soon')
    return answerSchedule(ctx, dropId, await openSoon(ctx, { dropId, revision }, actor))
  const read = await readPress(ctx, dropId, field)
  if (!read) throw new Response('Unknown intent', { status: 400 })
  if (!read.ok) return refused(ctx, read.answer)
  const { press } = read
  if (press.kind !== 'schedule') {
    const pressed = await pressDrop(ctx, { dropId, press, revision }, actor)
    return pressed.ok ? { ok: true } : refused(ctx, pressed)
  }
  return answerSchedule(ctx, dropId, await scheduleDrop(ctx, { dropId, revision }, actor))
}

function answerSchedule(
  ctx: ShopContext,
  dropId: string,
  scheduled: Awaited<ReturnType<typeof openSoon>>,
): FormOutcome {
  if (scheduled.ok) return { ok: true }
  switch (scheduled.reason) {
    case 'not_reserved':
      return {
        ok: false,
        fields: {
          form: {
            key: 'drops.refused.not_reserved',
            params: { title: scheduled.title, units: scheduled.units },
          },
        },
      }
    case 'being_settled':
    case 'preflight_red':
    case 'no_online_store':
      return { ok: false, fields: {}, summary: `drops.refused.${scheduled.reason}` }
    case 'not_installed':
    case 'unauthorized':
    case 'access_denied':
    case 'throttled':
    case 'unavailable':
    case 'invalid':
      ctx.log.warn({ dropId, refusal: scheduled }, 'a drop could not be scheduled')
      return { ok: false, fields: {}, summary: 'drops.refused.shopify_unavailable' }
    default:
      return refused(ctx, scheduled)
  }
}

function refused(ctx: ShopContext, refusal: Extract<PreviewAnswer, { ok: false }>): FormOutcome {
  return { ok: false, fields: { form: refusalOfPress(refusal, ctx.shop.timeZone, 'en') } }
}
