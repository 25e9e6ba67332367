import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { BlockStack, Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { PageError } from '#app/components/layout/page-error.tsx'
import { JournalList } from '#app/components/ledger/journal-list.tsx'
import { LedgerTabs } from '#app/components/ledger/ledger-tabs.tsx'
import { JOURNAL_KINDS, parseJournalListQuery } from '#app/features/ledger/journal-list-query.ts'
import { readJournalList } from '#app/features/ledger/journal-list-view.server.ts'
import { requireShop } from '../require-shop.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  const query = parseJournalListQuery(new URL(request.url).searchParams)
  const { creatorId, kind, period, order } = query
  return {
    view: await readJournalList(ctx, query),
    filters: { creator: creatorId ?? '', kind: kind ?? '', period: period ?? '', order },
  }
}

export default function JournalsPage() {
  const { view, filters } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  return (
    <Page title={t('ledger.title')} fullWidth>
      <BlockStack gap="300">
        <LedgerTabs />
        <JournalList {...view} kinds={JOURNAL_KINDS} filters={filters} />
      </BlockStack>
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
