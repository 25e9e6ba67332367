import { Banner, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { RunView } from '#app/features/payouts/run-view.server.ts'
import { usePost } from '../creators/row-action.tsx'
import { useMoneyText } from '../figures/money.tsx'
import { refusalText } from '../form/form-outcome.ts'
import { QuestionModal } from '../layout/question-modal.tsx'

export type RunQuestion = 'approve' | 'send' | 'confirm-all' | 'void'

/** Asks before each step of a run: what it means, how much it is about; stays open with the reason when it is refused. */
export function RunQuestionModal({
  run,
  question,
  onClose,
}: {
  run: RunView
  question: RunQuestion | null
  onClose: () => void
}) {
  const { t } = useTranslation()
  const money = useMoneyText()
  const { submit, busy, refused } = usePost(question ? `payouts.done.${question}` : 'common.saved', onClose)
  const refusal = refused ? (refused.summary ?? Object.values(refused.fields)[0]) : undefined
  const reason = refusalText(refusal, (key, params) => t(key, params ?? {}))
  if (!question) return null
  const params = {
    amount: money(run.netMinor, run.currency),
    number: run.number,
    needed: run.approvalsNeeded,
  }
  return (
    <QuestionModal
      open
      onClose={onClose}
      title={t(`payouts.question.${question}.title`, params)}
      confirm={{
        label: t(`payouts.question.${question}.do`),
        busy,
        destructive: question === 'void',
        onAction: () => submit({ intent: question, revision: String(run.revision) }),
      }}
      cancelLabel={t('common.close')}
    >
      {reason ? <Banner tone="critical">{reason}</Banner> : null}
      <Text as="p">{t(`payouts.question.${question}.body`, params)}</Text>
    </QuestionModal>
  )
}
