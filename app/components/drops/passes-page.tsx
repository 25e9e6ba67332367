import { Banner, BlockStack, Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { PassesQuery } from '#app/features/drops/passes/passes-query.ts'
import type { PassesView } from '#app/features/drops/passes/passes-view.server.ts'
import { useFreshWhile } from '../creators/use-fresh-while.ts'
import { formatInstant } from '../figures/format-date.ts'
import { DropBadge } from './drop-badge.tsx'
import { GivePasses } from './give-passes.tsx'
import { GuestList } from './guest-list.tsx'

/** The guest list of one drop. */
export function PassesPage({ view, query }: { view: PassesView; query: PassesQuery }) {
  const { t, i18n } = useTranslation()
  const { drop, term, refusal, rows, isTold } = view
  const isMailing = rows.some(({ mailStatus }) => mailStatus === 'queued' || mailStatus === 'sending')
  useFreshWhile(isMailing || !isTold)
  const subtitle = term
    ? t('passes.intro', {
        title: drop.title,
        from: formatInstant(term.from, 'time', i18n.language, drop.timeZone),
      })
    : t('passes.introOver', { title: drop.title })
  return (
    <Page
      title={t('passes.title')}
      titleMetadata={<DropBadge status={drop.status} />}
      subtitle={subtitle}
      backAction={{ content: drop.title, url: `/app/drops/${drop.id}` }}
    >
      <BlockStack gap="400">
        {isTold ? null : <Banner tone="info">{t('passes.untold')}</Banner>}
        {refusal ? (
          <Banner tone={refusal === 'passes_not_accepted' ? 'warning' : 'info'}>
            {t(`passes.none.${refusal}`)}
          </Banner>
        ) : (
          <GivePasses locale={view.locale} />
        )}
        <GuestList view={view} query={query} />
      </BlockStack>
    </Page>
  )
}
