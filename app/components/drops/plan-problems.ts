// What is wrong with a drop's plan, by the place in the form where it is said, and in the form's words.
import type { KnownPiece, TypedProblem } from '#app/domain/drops/typed-plan.ts'
import { readTypedPlan } from '#app/domain/drops/typed-plan.ts'
import { formatInstant, formatLocalDate } from '../figures/format-date.ts'
import type { FieldRefusal } from '../form/form-outcome.ts'
import { type DropFormValues, typedPlanOf } from './drop-form-values.ts'

/** `act.<id>` and `wave.<id>` for rows, else the form's field. */
export function placeOf(problem: TypedProblem): string {
  if ('waveId' in problem) return `wave.${problem.waveId}`
  if ('actId' in problem) return `act.${problem.actId}`
  return PLACES[problem.reason] ?? 'form'
}

const PLACES: Record<string, string> = {
  handle_malformed: 'handle',
  title_missing: 'title',
  title_too_long: 'title',
  hero_missing: 'pieces',
  hero_not_first: 'pieces',
  too_many_offers: 'pieces',
  offered_twice: 'pieces',
  variant_unknown: 'pieces',
  too_many_waves: 'timeline',
  open_missing: 'timeline',
  close_missing: 'timeline',
  drop_too_long: 'timeline',
  limit_out_of_range: 'limit',
  early_access_for_nobody: 'early',
  early_access_without_act: 'early',
  early_act_for_nobody: 'early',
  early_access_key_malformed: 'early',
  price_out_of_range: 'priceOff',
  not_whole_pieces: 'lowAt',
  low_too_large: 'lowAt',
  last_too_large: 'lastAt',
  last_above_low: 'lastAt',
  low_from_the_start: 'lowAt',
  scarcity_out_of_range: 'lowAt',
  arrival_out_of_range: 'arrivalFrom',
  agreement_without_creator: 'agreementId',
  story_too_long: 'story',
}

/** The message of a problem, with its figures. Times are said as the shop's clock shows them. */
export function refusalOf(problem: TypedProblem, timeZone: string, locale = 'en'): FieldRefusal {
  const key = `drops.problem.${problem.reason}`
  switch (problem.reason) {
    case 'act_time_missing':
      return {
        key,
        params: { zone: timeZone, before: problem.before.slice(11), after: problem.after.slice(11) },
      }
    case 'act_time_repeated':
      return {
        key,
        params: {
          zone: timeZone,
          earlier: formatInstant(problem.earlier, 'clock', locale, 'UTC'),
          later: formatInstant(problem.later, 'clock', locale, 'UTC'),
        },
      }
    case 'early_access_key_malformed':
      return { key, params: { key: problem.key } }
    default:
      return key
  }
}

/** First problem of each place. */
export function byPlace(problems: readonly TypedProblem[]): Map<string, TypedProblem> {
  const found = new Map<string, TypedProblem>()
  for (const problem of problems) {
    const place = placeOf(problem)
    if (!found.has(place)) found.set(place, problem)
  }
  return found
}

/** Found in the browser as the form stands. Which pieces the shop really has is looked up when it is saved. */
export function liveProblems(values: DropFormValues, currency: string, timeZone: string): TypedProblem[] {
  const pieces = values.pieces.map(({ variantId, title }): [string, KnownPiece] => [
    variantId,
    { variantId, title, productId: variantId, inventoryItemId: variantId },
  ])
  const read = readTypedPlan(typedPlanOf(values, currency), timeZone, new Map(pieces))
  return read.ok ? read.unfinished : read.problems
}

/** A local time of the shop in the reader's manner, seconds only where there are some. */
export function localTimeText(local: string, locale: string): string {
  const [date = '', time = ''] = local.split('T')
  return `${formatLocalDate(date, 'date', locale)}, ${time.endsWith(':00') ? time.slice(0, 5) : time}`
}
