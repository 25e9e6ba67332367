import { Banner, BlockStack, Card, InlineGrid, Link, List, Page, Text } from '@shopify/polaris'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AgreementVersionView, AgreementView } from '#app/features/agreements/agreement-view.server.ts'
import { CopyButton } from '../creators/copy-button.tsx'
import { usePost } from '../creators/row-action.tsx'
import { StatusBadge } from '../figures/status-badge.tsx'
import { ConfirmModal } from './confirm-modal.tsx'
import { MailsCard } from './mails-card.tsx'
import { VersionsCard } from './versions-card.tsx'

type Question = 'offer' | 'withdraw' | 'end'

/** One agreement: the terms that matter now in words, what may be done, and how it came to be. */
export function AgreementDetail({ view }: { view: AgreementView }) {
  const { t } = useTranslation()
  const [question, setQuestion] = useState<Question | null>(null)
  const close = useCallback(() => setQuestion(null), [])
  const again = usePost('agreements.toast.sentAgain')
  const draft = view.versions.find((version) => version.status === 'draft')
  const offer = view.versions.find((version) => version.status === 'offered' || version.status === 'expired')
  const ended = view.status === 'ended'
  const shown = draft ?? offer ?? view.versions.find((version) => version.inForce) ?? view.versions[0]
  const editUrl = `/app/agreements/${view.id}/edit`
  const actions = [
    ...(offer
      ? [
          {
            content: t('agreements.detail.again'),
            loading: again.busy,
            onAction: () => again.submit({ intent: 'invite-again' }),
          },
        ]
      : []),
    ...(offer ? [{ content: t('agreements.detail.withdraw'), onAction: () => setQuestion('withdraw') }] : []),
    ...(ended || !shown
      ? []
      : [{ content: t('agreements.detail.simulate'), url: `/app/agreements/${view.id}/simulate` }]),
    ...(shown?.retroactive && shown.status !== 'declined' && shown.status !== 'withdrawn'
      ? [{ content: t('agreements.detail.previewRerate'), url: `/app/agreements/${view.id}/rerate` }]
      : []),
    ...(!ended && !offer
      ? [{ content: draft ? t('agreements.detail.edit') : t('agreements.detail.change'), url: editUrl }]
      : []),
    ...(ended
      ? []
      : [{ content: t('agreements.detail.end'), destructive: true, onAction: () => setQuestion('end') }]),
  ]
  return (
    <Page
      title={view.title}
      titleMetadata={<StatusBadge status={view.status} />}
      subtitle={t(`common.role.${view.role}`)}
      backAction={{ content: t('agreements.title'), url: '/app/agreements' }}
      {...(draft && view.creator.status === 'active'
        ? { primaryAction: { content: t('agreements.detail.offer'), onAction: () => setQuestion('offer') } }
        : {})}
      secondaryActions={actions}
    >
      {/* Columns that do not wait for their content: the page's text comes in pieces, and the first column would shrink when the second one came. */}
      <InlineGrid columns={{ xs: 1, md: ['twoThirds', 'oneThird'] }} gap="400" alignItems="start">
        <BlockStack gap="400">
          <StateBanner view={view} draft={draft} offer={offer} />
          {shown ? <TermsCard version={shown} /> : null}
          <VersionsCard versions={view.versions} timeZone={view.timeZone} />
        </BlockStack>
        <BlockStack gap="400">
          <CreatorCard view={view} />
          <MailsCard mails={view.mails} timeZone={view.timeZone} />
        </BlockStack>
      </InlineGrid>
      <ConfirmModal
        question="offer"
        open={question === 'offer'}
        onClose={close}
        params={{ name: view.creator.name, email: view.creator.email }}
        fields={{ intent: 'offer', termsHash: draft?.termsHash ?? '' }}
        done="agreements.toast.offered"
      />
      <ConfirmModal
        question="withdraw"
        open={question === 'withdraw'}
        onClose={close}
        params={{}}
        fields={{ intent: 'withdraw' }}
        done="agreements.toast.withdrawn"
        destructive
      />
      <ConfirmModal
        question="end"
        open={question === 'end'}
        onClose={close}
        params={{}}
        fields={{ intent: 'end' }}
        done="agreements.toast.ended"
        destructive
      />
    </Page>
  )
}

interface StateBannerProps {
  view: AgreementView
  draft: AgreementVersionView | undefined
  offer: AgreementVersionView | undefined
}

function StateBanner({ view, draft, offer }: StateBannerProps) {
  const { t } = useTranslation()
  const newest = view.versions[0]
  if (view.status === 'ended') return null
  const params = { name: view.creator.name }
  if (draft) return <Banner tone="info">{t('agreements.detail.draftBanner')}</Banner>
  if (offer?.status === 'expired')
    return <Banner tone="warning">{t('agreements.detail.expiredBanner')}</Banner>
  if (offer) return <Banner tone="info">{t('agreements.detail.offeredBanner', params)}</Banner>
  if (newest?.status === 'declined')
    return <Banner tone="warning">{t('agreements.detail.declinedBanner', params)}</Banner>
  if (newest?.status === 'withdrawn')
    return <Banner tone="info">{t('agreements.detail.withdrawnBanner')}</Banner>
  return null
}

function TermsCard({ version }: { version: AgreementVersionView }) {
  const { t } = useTranslation()
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('agreements.detail.terms')}, {t('agreements.detail.version', { number: version.number })}
        </Text>
        <List>
          {version.sentences.map((sentence) => (
            <List.Item key={sentence}>{sentence}</List.Item>
          ))}
        </List>
        <Text as="p" tone="subdued" variant="bodySm" breakWord>
          {t('agreements.detail.fingerprint')}: {version.termsHash.slice(0, 16)}
        </Text>
      </BlockStack>
    </Card>
  )
}

function CreatorCard({ view }: { view: AgreementView }) {
  const { t } = useTranslation()
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('agreements.detail.with')}
        </Text>
        <BlockStack>
          <Link url={`/app/creators/${view.creator.id}`} removeUnderline>
            {view.creator.name}
          </Link>
          <Text as="span" tone="subdued" breakWord>
            {view.creator.email}
          </Text>
        </BlockStack>
        {view.invitationUrl ? (
          <BlockStack gap="200" inlineAlign="start">
            <Text as="p" tone="subdued">
              {t('agreements.detail.copyLink')}
            </Text>
            <CopyButton what="link" text={view.invitationUrl} />
          </BlockStack>
        ) : null}
      </BlockStack>
    </Card>
  )
}
