import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { BlockStack, Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { PageError } from '#app/components/layout/page-error.tsx'
import { LedgerTabs } from '#app/components/ledger/ledger-tabs.tsx'
import { SuspenseItems } from '#app/components/ledger/suspense-items.tsx'
import { readSuspense } from '#app/features/ledger/suspense-view.server.ts'
import { requireShop } from '../require-shop.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  return { suspense: await readSuspense(await requireShop(request)) }
}

export default function SuspensePage() {
  const { suspense } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  return (
    <Page title={t('ledger.title')} fullWidth>
      <BlockStack gap="300">
        <LedgerTabs />
        <SuspenseItems {...suspense} />
      </BlockStack>
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
