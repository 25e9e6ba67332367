import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { BlockStack, Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '#app/components/figures/format-date.ts'
import { PageError } from '#app/components/layout/page-error.tsx'
import { StatementList } from '#app/components/statements/statement-list.tsx'
import { StatementTabs } from '#app/components/statements/statement-tabs.tsx'
import { parseStatementListQuery } from '#app/features/statements/statement-list-query.ts'
import { readStatementList } from '#app/features/statements/statement-list-view.server.ts'
import { requireShop } from '../require-shop.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  const query = parseStatementListQuery(new URL(request.url).searchParams)
  return {
    view: await readStatementList(ctx, query),
    filters: { creator: query.creatorId ?? '', period: query.period ?? '' },
  }
}

export default function StatementsPage() {
  const { view, filters } = useLoaderData<typeof loader>()
  const { t, i18n } = useTranslation()
  const date = formatInstant(view.nextCloseAt, 'date', i18n.language, view.timeZone)
  return (
    <Page fullWidth title={t('statements.title')} subtitle={t('statements.nextClose', { date })}>
      <BlockStack gap="400">
        <StatementTabs />
        <StatementList {...view} filters={filters} />
      </BlockStack>
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
