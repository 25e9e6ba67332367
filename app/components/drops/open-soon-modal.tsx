import { Banner, BlockStack, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { DropView } from '#app/features/drops/drop-view.server.ts'
import { usePost } from '../creators/row-action.tsx'
import { refusalText } from '../form/form-outcome.ts'
import { QuestionModal } from '../layout/question-modal.tsx'

/** Asks before a draft is opened in a moment. */
export function OpenSoonModal({ drop, onClose }: { drop: DropView['drop']; onClose: () => void }) {
  const { t } = useTranslation()
  const { submit, busy, refused } = usePost('drops.done.open_soon', onClose, 'common.notSaved')
  const problem = refusalText(refused?.summary ?? Object.values(refused?.fields ?? {})[0], (key, params) =>
    t(key, params ?? {}),
  )
  return (
    <QuestionModal
      open
      onClose={onClose}
      title={t('drops.press.open_soon.title')}
      confirm={{
        label: t('drops.press.open_soon.do'),
        busy,
        onAction: () => submit({ intent: 'open_soon', revision: String(drop.revision) }),
      }}
      cancelLabel={t('drops.press.cancel')}
    >
      <div aria-live="polite">
        {problem ? (
          <Banner tone="critical">{problem}</Banner>
        ) : (
          <BlockStack gap="200">
            <Text as="p">{t('drops.press.open_soon.moves')}</Text>
            <Text as="p">{t('drops.press.open_soon.next')}</Text>
          </BlockStack>
        )}
      </div>
    </QuestionModal>
  )
}
