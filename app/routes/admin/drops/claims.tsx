import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { BlockStack, Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { ClaimLog } from '#app/components/drops/claim-log.tsx'
import { DropTabs } from '#app/components/drops/drop-tabs.tsx'
import { PageError } from '#app/components/layout/page-error.tsx'
import { useFileDownload } from '#app/components/statements/use-file-download.ts'
import { parseClaimLogQuery, readClaimLog } from '#app/features/drops/claim-log-view.server.ts'
import { requireShop } from '../require-shop.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  return { view: await readClaimLog(ctx, parseClaimLogQuery(new URL(request.url).searchParams)) }
}

const FILE = '/app/drops/claims/file'

export default function ClaimLogPage() {
  const { view } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  const { download, busyWith } = useFileDownload()
  return (
    <Page
      fullWidth
      title={t('drops.title')}
      subtitle={t('drops.claims.intro')}
      primaryAction={{
        content: t('drops.claims.export'),
        loading: busyWith === FILE,
        disabled: view.total === '0',
        onAction: () => void download(FILE, 'claim-log.ndjson'),
      }}
    >
      <BlockStack gap="400">
        <DropTabs />
        <ClaimLog view={view} />
      </BlockStack>
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
