// Refusals of a press on a drop, in the words of its page.
import { formatInstant } from '../figures/format-date.ts'
import type { FieldRefusal } from '../form/form-outcome.ts'
import type { PreviewAnswer } from './use-preview.ts'

export function refusalOfPress(
  refusal: Extract<PreviewAnswer, { ok: false }>,
  timeZone: string,
  locale: string,
): FieldRefusal {
  const key = `drops.refused.${refusal.reason}`
  const time = (at: string) => formatInstant(at, 'exact', locale, timeZone)
  switch (refusal.reason) {
    case 'too_soon':
    case 'too_far':
      return { key, params: { time: time(refusal.limit) } }
    case 'close_has_passed':
    case 'close_not_later':
      return { key, params: { time: time(refusal.closeAt) } }
    case 'drop_too_long':
      return { key, params: { time: time(refusal.latest) } }
    case 'act_has_passed':
      return { key, params: { time: time(refusal.act.at), act: refusal.act.kind } }
    case 'time_repeated':
      return { key, params: { time: time(refusal.at) } }
    case 'windows_full':
      return { key, params: { time: time(refusal.at), drops: refusal.drops.join(', ') } }
    case 'too_many_tags':
      return { key, params: { count: refusal.count, most: refusal.most } }
    case 'rules_too_large':
    case 'config_too_large':
      return { key, params: { bytes: refusal.bytes, most: refusal.most } }
    default:
      return key
  }
}
