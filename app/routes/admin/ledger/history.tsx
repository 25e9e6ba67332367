import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { BlockStack, Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { PageError } from '#app/components/layout/page-error.tsx'
import { BalanceHistory } from '#app/components/ledger/balance-history.tsx'
import { LedgerTabs } from '#app/components/ledger/ledger-tabs.tsx'
import {
  parseBalanceHistoryQuery,
  readBalanceHistory,
} from '#app/features/ledger/balance-history-view.server.ts'
import { requireShop } from '../require-shop.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  const query = parseBalanceHistoryQuery(new URL(request.url).searchParams)
  return { history: await readBalanceHistory(ctx, query) }
}

export default function BalanceHistoryPage() {
  const { history } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  return (
    <Page title={t('ledger.title')} fullWidth>
      <BlockStack gap="400">
        <LedgerTabs />
        <BalanceHistory {...history} />
      </BlockStack>
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
