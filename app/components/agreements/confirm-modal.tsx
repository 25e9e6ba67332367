import { Banner, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { usePost } from '../creators/row-action.tsx'
import { refusalText } from '../form/form-outcome.ts'
import { QuestionModal } from '../layout/question-modal.tsx'

export interface ConfirmModalProps {
  /** Names the messages: `agreements.detail.offerTitle`, `…offerBody`, `…offer`. */
  question: 'offer' | 'withdraw' | 'end'
  open: boolean
  onClose: () => void
  params: Record<string, string>
  /** Posted to the page's own action on confirmation. */
  fields: Record<string, string>
  /** Message key of the toast. */
  done: string
  destructive?: boolean
}

/** Asks before something that cannot be taken back, and stays open with the reason when it is refused. */
export function ConfirmModal(props: ConfirmModalProps) {
  const { question, open, onClose, params, fields, done, destructive = false } = props
  const { t } = useTranslation()
  const { submit, busy, refused } = usePost(done, onClose)
  const refusal = refused ? (refused.summary ?? Object.values(refused.fields)[0]) : undefined
  const reason = refusalText(refusal, (key, given) => t(key, given ?? {}))
  return (
    <QuestionModal
      open={open}
      onClose={onClose}
      title={t(`agreements.detail.${question}Title`, params)}
      confirm={{
        label: t(`agreements.detail.${question}`),
        busy,
        destructive,
        onAction: () => submit(fields),
      }}
      cancelLabel={t('agreements.detail.keep')}
    >
      {reason ? <Banner tone="critical">{reason}</Banner> : null}
      <Text as="p">{t(`agreements.detail.${question}Body`, params)}</Text>
    </QuestionModal>
  )
}
