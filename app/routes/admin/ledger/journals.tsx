import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { BlockStack, Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { PageError } from '#app/components/layout/page-error.tsx'
import { JournalList } from '#app/components/ledger/journal-list.tsx'
import { LedgerTabs } from '#app/components/ledger/ledger-tabs.tsx'
import {
  ACCOUNT_CHOICES,
  JOURNAL_KINDS,
  type JournalListQuery,
  parseJournalListQuery,
} from '#app/features/ledger/journal-list-query.ts'
import { readJournalList } from '#app/features/ledger/journal-list-view.server.ts'
import { requireShop } from '../require-shop.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  const query = parseJournalListQuery(new URL(request.url).searchParams)
  return { view: await readJournalList(ctx, query), filters: filterValues(query) }
}

/** As the form's fields have it: empty for what is not filtered. */
function filterValues(query: JournalListQuery) {
  return {
    order: query.order,
    creator: query.creatorId ?? '',
    kind: query.kind ?? '',
    period: query.period ?? '',
    until: query.until ?? '',
    product: query.productId === null ? '' : String(query.productId),
    drop: query.dropId ?? '',
    account: query.account ?? ('' as const),
    currency: query.currency ?? '',
  }
}

export default function JournalsPage() {
  const { view, filters } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  return (
    <Page title={t('ledger.title')} fullWidth>
      <BlockStack gap="400">
        <LedgerTabs />
        <JournalList {...view} kinds={JOURNAL_KINDS} accounts={ACCOUNT_CHOICES} filters={filters} />
      </BlockStack>
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
