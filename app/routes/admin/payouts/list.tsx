import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { BlockStack, Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { useMoneyText } from '#app/components/figures/money.tsx'
import { PageError } from '#app/components/layout/page-error.tsx'
import { PayoutTabs } from '#app/components/payouts/payout-tabs.tsx'
import { RunList } from '#app/components/payouts/run-list.tsx'
import { readRunList } from '#app/features/payouts/run-list-view.server.ts'
import { requireShop } from '../require-shop.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  return { view: await readRunList(ctx, Number(new URL(request.url).searchParams.get('page') ?? '1')) }
}

export default function PayoutsPage() {
  const { view } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  const money = useMoneyText()
  const due = view.due.map(({ currency, amountMinor, creators }) =>
    t('payouts.list.due', { amount: money(amountMinor, currency), count: creators }),
  )
  return (
    <Page
      fullWidth
      title={t('payouts.title')}
      subtitle={due.length > 0 ? due.join(' · ') : t('payouts.list.nothingDue')}
      primaryAction={{ content: t('payouts.list.create'), url: '/app/payouts/new' }}
      secondaryActions={[{ content: t('payouts.settings.title'), url: '/app/payouts/settings' }]}
    >
      <BlockStack gap="400">
        <PayoutTabs />
        <RunList {...view} />
      </BlockStack>
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
