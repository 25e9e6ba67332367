// The one door of everything that a run's page can ask for.
import type { FormOutcome } from '#app/components/form/form-outcome.ts'
import type { ShopContext } from '#app/features/context.ts'
import { approveRun } from '#app/features/payouts/approve-run.server.ts'
import { retryPayout } from '#app/features/payouts/retry-payout.server.ts'
import { sendRun } from '#app/features/payouts/send-run.server.ts'
import {
  confirmPayout,
  confirmRun,
  failPayout,
  voidPayout,
} from '#app/features/payouts/settle-payout.server.ts'
import { voidRun } from '#app/features/payouts/void-run.server.ts'
import { outcomeOf, refused, textField } from './outcome.ts'

interface Asked {
  runId: string
  actor: string
  form: FormData
}
type Answer = (ctx: ShopContext, asked: Asked) => Promise<FormOutcome>

const payoutOf = ({ form, actor }: Asked) => ({ payoutId: textField(form, 'payoutId'), actor })
const runOf = ({ form, runId, actor }: Asked) => ({
  runId,
  actor,
  revision: Number(textField(form, 'revision')),
})

const answers: Record<string, Answer> = {
  approve: async (ctx, asked) => outcomeOf(await approveRun(ctx, runOf(asked))),
  send: async (ctx, asked) => outcomeOf(await sendRun(ctx, runOf(asked))),
  'confirm-all': async (ctx, asked) => outcomeOf(await confirmRun(ctx, runOf(asked))),
  void: async (ctx, asked) => outcomeOf(await voidRun(ctx, runOf(asked))),
  'confirm-payout': async (ctx, asked) => outcomeOf(await confirmPayout(ctx, payoutOf(asked))),
  'void-payout': async (ctx, asked) => outcomeOf(await voidPayout(ctx, payoutOf(asked))),
  'retry-payout': async (ctx, asked) => {
    const result = await retryPayout(ctx, payoutOf(asked))
    if (result.ok) return { ok: true }
    return refused(result.reason === 'not_payable' ? { ok: false, reason: 'not_payable_again' } : result)
  },
  'fail-payout': async (ctx, asked) => {
    const result = await failPayout(ctx, { ...payoutOf(asked), failure: textField(asked.form, 'failure') })
    if (result.ok) return { ok: true }
    const isAboutField = result.reason === 'reason_missing' || result.reason === 'reason_malformed'
    return isAboutField
      ? { ok: false, fields: { failure: `payouts.refused.${result.reason}` } }
      : refused(result)
  },
}

export async function answerRunForm(ctx: ShopContext, asked: Asked): Promise<FormOutcome> {
  const intent = textField(asked.form, 'intent')
  const answer = Object.hasOwn(answers, intent) ? answers[intent] : undefined
  if (!answer) throw new Response('Unknown intent', { status: 400 })
  return answer(ctx, asked)
}
