// Everything that the page of payout settings can ask for.
import type { FormOutcome } from '#app/components/form/form-outcome.ts'
import type { ShopContext } from '#app/features/context.ts'
import { decideRuleChange, saveApprovalRules } from '#app/features/payouts/approval-rules.server.ts'
import { savePayerAccount } from '#app/features/payouts/payout-settings.server.ts'
import { webServices } from '../../web-services.server.ts'
import { recordFactForm } from './fact-form.server.ts'
import { outcomeOf, refusedFields, textField } from './outcome.ts'

interface Asked {
  actor: string
  form: FormData
}
type Answer = (ctx: ShopContext, asked: Asked) => Promise<FormOutcome>

const changeOf = ({ actor, form }: Asked) => ({ changeId: textField(form, 'changeId'), actor })

const answers: Record<string, Answer> = {
  rules: async (ctx, { actor, form }) => {
    const levels = {
      payout_approvals: Number(textField(form, 'payoutApprovals')),
      second_person: textField(form, 'adjustmentsNeedSecond') === 'true' ? 1 : 0,
    }
    const result = await saveApprovalRules(ctx, { levels, actor })
    return result.ok ? { ok: true } : refusedFields([{ field: 'payoutApprovals', reason: result.reason }])
  },
  agree: async (ctx, asked) =>
    outcomeOf(await decideRuleChange(ctx, { ...changeOf(asked), decision: 'agree' })),
  reject: async (ctx, asked) =>
    outcomeOf(await decideRuleChange(ctx, { ...changeOf(asked), decision: 'reject' })),
  'payer-details': (ctx, asked) => recordFactForm(ctx, 'payer', { ...asked, creatorId: null }),
  payer: async (ctx, { form }) => {
    const input = Object.fromEntries([...form].map(([name, value]) => [name, String(value)]))
    const result = await savePayerAccount(ctx, webServices().environment.tokenKeys, input)
    return result.ok ? { ok: true } : refusedFields(result.problems)
  },
}

export async function answerSettingsForm(ctx: ShopContext, asked: Asked): Promise<FormOutcome> {
  const intent = textField(asked.form, 'intent')
  const answer = Object.hasOwn(answers, intent) ? answers[intent] : undefined
  if (!answer) throw new Response('Unknown intent', { status: 400 })
  return answer(ctx, asked)
}
