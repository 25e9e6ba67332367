// Refusals of terms in the words of the form.
import { toPercentText } from '#app/domain/money/percent.ts'
import type { TermsProblem } from '#app/features/agreements/check-terms.server.ts'
import type { FieldRefusal } from '../form/form-outcome.ts'

const special: Record<string, string> = {
  'shareBps.out_of_range': 'share_range',
  'deductPaymentFeeBps.out_of_range': 'fee_range',
  'holdDays.out_of_range': 'hold_range',
  'holdDays.not_a_whole_number': 'hold_range',
  'tierSteps.not_an_amount': 'step_not_an_amount',
  'tierSteps.not_a_whole_number': 'step_share',
  'tierSteps.out_of_range': 'step_share',
  'reserveBps.out_of_range': 'reserve_share',
  'reserveBps.not_a_whole_number': 'reserve_share',
  'reserveDays.out_of_range': 'days_to_730',
  'reserveDays.not_a_whole_number': 'days_to_730',
  'retentionDays.out_of_range': 'days_to_730',
  'retentionDays.not_a_whole_number': 'days_to_730',
  'retentionReward.out_of_range': 'share_range',
  'guaranteeUnits.out_of_range': 'pieces_range',
  'guaranteeUnits.not_a_whole_number': 'pieces_range',
  'subscriptionCycles.out_of_range': 'cycles_range',
  'subscriptionCycles.not_a_whole_number': 'cycles_range',
  'subscriptionDecay.out_of_range': 'decay_range',
}

/** Message key, with its figures where it has some. Steps of a ladder are counted from 1. */
export function refusalOf(problem: TermsProblem): FieldRefusal {
  const key = `agreements.problem.${special[`${problem.field}.${problem.reason}`] ?? problem.reason}`
  switch (problem.reason) {
    case 'share_above_cap':
      return { key, params: { cap: toPercentText(problem.capBps) } }
    case 'tier_above_cap':
      return { key, params: { step: problem.step + 1, cap: toPercentText(problem.capBps) } }
    case 'bonus_above_cap':
      return {
        key,
        params: { cap: toPercentText(problem.capBps), together: toPercentText(problem.togetherBps) },
      }
    case 'currency_not_shop_currency':
      return { key, params: { shopCurrency: problem.shopCurrency } }
    default:
      return 'step' in problem && problem.step !== undefined
        ? { key, params: { step: problem.step + 1 } }
        : key
  }
}
