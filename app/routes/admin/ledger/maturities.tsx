import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { BlockStack, Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { PageError } from '#app/components/layout/page-error.tsx'
import { LedgerTabs } from '#app/components/ledger/ledger-tabs.tsx'
import { Maturities } from '#app/components/ledger/maturities.tsx'
import { parseMaturitiesQuery, readMaturities } from '#app/features/ledger/maturities-view.server.ts'
import { requireShop } from '../require-shop.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  return { maturities: await readMaturities(ctx, parseMaturitiesQuery(new URL(request.url).searchParams)) }
}

export default function MaturitiesPage() {
  const { maturities } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  return (
    <Page title={t('ledger.title')} fullWidth>
      <BlockStack gap="400">
        <LedgerTabs />
        <Maturities {...maturities} />
      </BlockStack>
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
