import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError, useSearchParams } from '@remix-run/react'
import { Banner, BlockStack, InlineStack, Page, Select, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { PageError } from '#app/components/layout/page-error.tsx'
import { PayoutTabs } from '#app/components/payouts/payout-tabs.tsx'
import { TaxTable } from '#app/components/payouts/tax-table.tsx'
import { useFileDownload } from '#app/components/statements/use-file-download.ts'
import { readTaxYear } from '#app/features/tax/tax-year-view.server.ts'
import { requireShop } from '../require-shop.server.ts'
import { yearParam } from './year-param.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  return { view: await readTaxYear(ctx, yearParam(request.url)) }
}

export default function TaxPage() {
  const { view } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  const [, setParams] = useSearchParams()
  const { download, busyWith } = useFileDownload()
  const url = `/app/payouts/tax/file?year=${view.year}`
  const years = [...new Set([view.year, ...view.years])].sort((left, right) => right - left)
  return (
    <Page
      fullWidth
      title={t('payouts.tax.title')}
      subtitle={t('payouts.tax.subtitle')}
      secondaryActions={[
        {
          content: t('payouts.tax.download'),
          loading: busyWith === url,
          onAction: () => void download(url, `tax-${view.year}.csv`),
        },
      ]}
    >
      <BlockStack gap="400">
        <PayoutTabs />
        {view.payerCountry === null ? (
          <Banner action={{ content: t('payouts.settings.title'), url: '/app/payouts/settings' }}>
            {t('payouts.tax.countryMissing')}
          </Banner>
        ) : null}
        <InlineStack>
          <Select
            label={t('payouts.tax.year')}
            labelInline
            options={years.map((year) => ({ value: String(year), label: String(year) }))}
            value={String(view.year)}
            onChange={(year) => setParams({ year })}
          />
        </InlineStack>
        <TaxTable rows={view.rows} />
        <Text as="p" tone="subdued">
          {t('payouts.tax.noAdvice')}
        </Text>
      </BlockStack>
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
