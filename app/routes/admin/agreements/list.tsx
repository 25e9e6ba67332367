import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { AgreementList } from '#app/components/agreements/agreement-list.tsx'
import { PageError } from '#app/components/layout/page-error.tsx'
import { parseAgreementListQuery } from '#app/features/agreements/agreement-list-query.ts'
import { readAgreementList } from '#app/features/agreements/agreement-list-view.server.ts'
import { requireShop } from '../require-shop.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  const query = parseAgreementListQuery(new URL(request.url).searchParams)
  return { query, timeZone: ctx.shop.timeZone, view: await readAgreementList(ctx, query) }
}

export default function AgreementsPage() {
  const { query, timeZone, view } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  return (
    <Page
      title={t('agreements.title')}
      subtitle={t('agreements.intro')}
      primaryAction={{ content: t('agreements.add'), url: '/app/agreements/new' }}
      secondaryActions={[{ content: t('tasks.title'), url: '/app/agreements/tasks' }]}
    >
      <AgreementList view={view} query={query} timeZone={timeZone} />
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
