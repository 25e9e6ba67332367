import { Banner, BlockStack, Modal, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { usePost } from '../creators/row-action.tsx'
import { refusalText } from '../form/form-outcome.ts'
import { useCloseWhenMeant } from '../layout/use-close-when-meant.ts'

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
export function ConfirmModal({
  question,
  open,
  onClose,
  params,
  fields,
  done,
  destructive = false,
}: ConfirmModalProps) {
  const { t } = useTranslation()
  const close = useCloseWhenMeant(open, onClose)
  const { submit, busy, refused } = usePost(done, onClose)
  const refusal = refused ? (refused.summary ?? Object.values(refused.fields)[0]) : undefined
  const reason = refusalText(refusal, (key, given) => t(key, given ?? {}))
  return (
    <Modal
      open={open}
      onClose={close}
      title={t(`agreements.detail.${question}Title`, params)}
      primaryAction={{
        content: t(`agreements.detail.${question}`),
        loading: busy,
        destructive,
        onAction: () => submit(fields),
      }}
      secondaryActions={[{ content: t('agreements.detail.keep'), onAction: onClose }]}
    >
      <Modal.Section>
        <BlockStack gap="300">
          {reason ? <Banner tone="critical">{reason}</Banner> : null}
          <Text as="p">{t(`agreements.detail.${question}Body`, params)}</Text>
        </BlockStack>
      </Modal.Section>
    </Modal>
  )
}
