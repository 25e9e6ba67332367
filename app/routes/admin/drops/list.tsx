import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { BlockStack, Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { DropList } from '#app/components/drops/drop-list.tsx'
import { DropTabs } from '#app/components/drops/drop-tabs.tsx'
import { PageError } from '#app/components/layout/page-error.tsx'
import { parseDropListQuery } from '#app/features/drops/drop-list-query.ts'
import { readDropList } from '#app/features/drops/drop-list-view.server.ts'
import { requireShop } from '../require-shop.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  const query = parseDropListQuery(new URL(request.url).searchParams)
  return { query, view: await readDropList(ctx, query) }
}

export default function DropsPage() {
  const { query, view } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  return (
    <Page
      fullWidth
      title={t('drops.title')}
      subtitle={t('drops.intro')}
      primaryAction={{ content: t('drops.add'), url: '/app/drops/new' }}
    >
      <BlockStack gap="400">
        <DropTabs />
        <DropList view={view} query={query} />
      </BlockStack>
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
