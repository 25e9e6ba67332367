import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { BlockStack, Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { PageError } from '#app/components/layout/page-error.tsx'
import { AccountBalances } from '#app/components/ledger/account-balances.tsx'
import { CreatorBalances } from '#app/components/ledger/creator-balances.tsx'
import { LedgerTabs } from '#app/components/ledger/ledger-tabs.tsx'
import { readBalances } from '#app/features/ledger/balances-view.server.ts'
import { requireShop } from '../require-shop.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  return { balances: await readBalances(await requireShop(request)) }
}

export default function BalancesPage() {
  const { balances } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  return (
    <Page title={t('ledger.title')} fullWidth>
      <BlockStack gap="400">
        <LedgerTabs />
        <CreatorBalances creators={balances.creators} timeZone={balances.timeZone} />
        <AccountBalances accounts={balances.accounts} sums={balances.sums} head={balances.head} />
      </BlockStack>
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
