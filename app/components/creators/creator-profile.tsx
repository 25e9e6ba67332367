import { Banner, BlockStack, InlineGrid, Page } from '@shopify/polaris'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CreatorView } from '#app/features/creators/creator-view.server.ts'
import { AwardList, type AwardListProps } from '../awards/award-list.tsx'
import { StatusBadge } from '../figures/status-badge.tsx'
import { SaveBarForm } from '../form/save-bar-form.tsx'
import { ArchiveModal } from './archive-modal.tsx'
import { CodesCard } from './codes-card.tsx'
import { CreatorFields } from './creator-fields.tsx'
import { creatorFormFrom } from './creator-form-values.ts'
import { HistoryCard } from './history-card.tsx'
import { LinksCard } from './links-card.tsx'
import { ProfileSide } from './profile-side.tsx'
import { usePost } from './row-action.tsx'
import { useDescribeCreator } from './use-describe-creator.ts'

export interface CreatorProfileProps {
  view: CreatorView
  awards: AwardListProps
  /** Ids of the rows that the forms for a new code and a new link will make. */
  codeFormId: string
  linkFormId: string
}

export function CreatorProfile({ view, awards, codeFormId, linkFormId }: CreatorProfileProps) {
  const { t } = useTranslation()
  const [archiving, setArchiving] = useState(false)
  const closeModal = useCallback(() => setArchiving(false), [])
  const restore = usePost('creators.profile.restored')
  const describe = useDescribeCreator()
  const { creator } = view
  const active = creator.status === 'active'
  return (
    <Page
      title={creator.name}
      subtitle={creator.handle}
      titleMetadata={<StatusBadge status={creator.status} />}
      backAction={{ content: t('creators.title'), url: '/app/creators' }}
      secondaryActions={[
        active
          ? { content: t('creators.profile.archive'), destructive: true, onAction: () => setArchiving(true) }
          : {
              content: t('creators.profile.restore'),
              loading: restore.busy,
              onAction: () => restore.submit({ intent: 'restore' }),
            },
      ]}
    >
      <BlockStack gap="400">
        {active ? null : <Banner tone="info">{t('creators.profile.archivedBanner')}</Banner>}
        {/* Columns that do not wait for their content: the page's text comes in pieces, and the first column would shrink when the second one came. */}
        <InlineGrid columns={{ xs: 1, md: ['twoThirds', 'oneThird'] }} gap="400" alignItems="start">
          <BlockStack gap="400">
            <SaveBarForm id="creator-profile" initial={creatorFormFrom(creator)} describe={describe}>
              {(form) => <CreatorFields form={form} handleLocked />}
            </SaveBarForm>
            <CodesCard codes={view.codes} formId={codeFormId} canAdd={active} />
            <LinksCard links={view.links} formId={linkFormId} canAdd={active} />
            {awards.awards.length > 0 && <AwardList {...awards} />}
            <HistoryCard view={view} />
          </BlockStack>
          <ProfileSide view={view} />
        </InlineGrid>
      </BlockStack>
      <ArchiveModal view={view} open={archiving} onClose={closeModal} />
    </Page>
  )
}
