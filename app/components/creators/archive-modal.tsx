import { List, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { CreatorView } from '#app/features/creators/creator-view.server.ts'
import { useMoneyText } from '../figures/money.tsx'
import { QuestionModal } from '../layout/question-modal.tsx'
import { usePost } from './row-action.tsx'

export interface ArchiveModalProps {
  view: CreatorView
  open: boolean
  onClose: () => void
}

/** Says what archiving ends before it ends anything. The counts travel with the confirmation. */
export function ArchiveModal({ view, open, onClose }: ArchiveModalProps) {
  const { t } = useTranslation()
  const money = useMoneyText()
  const { submit, busy } = usePost('creators.profile.archived', onClose)
  const { archivePreview: preview, balance, currency, creator } = view
  const owed = (BigInt(balance.heldMinor) + BigInt(balance.availableMinor)).toString()
  const kinds = (
    [
      ['archiveAgreements', preview.agreements],
      ['archiveCodes', preview.codes],
      ['archiveLinks', preview.links],
    ] as const
  ).filter(([, count]) => count > 0)
  const confirm = () =>
    submit({
      intent: 'archive',
      agreements: String(preview.agreements),
      codes: String(preview.codes),
      links: String(preview.links),
    })
  return (
    <QuestionModal
      open={open}
      onClose={onClose}
      title={t('creators.profile.archiveTitle', { name: creator.name })}
      confirm={{ label: t('creators.profile.archive'), busy, destructive: true, onAction: confirm }}
      cancelLabel={t('creators.profile.cancel')}
    >
      {kinds.length === 0 ? (
        <Text as="p">{t('creators.profile.archiveNothing')}</Text>
      ) : (
        <>
          <Text as="p">{t('creators.profile.archiveEnds')}</Text>
          <List>
            {kinds.map(([key, count]) => (
              <List.Item key={key}>{t(`creators.profile.${key}`, { count })}</List.Item>
            ))}
          </List>
        </>
      )}
      <Text as="p" tone="subdued">
        {t('creators.profile.archiveKeeps', { amount: money(owed, currency) })}
      </Text>
    </QuestionModal>
  )
}
