import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { CreatorList } from '#app/components/creators/creator-list.tsx'
import { PageError } from '#app/components/layout/page-error.tsx'
import { parseCreatorListQuery } from '#app/features/creators/creator-list-query.ts'
import { readCreatorList } from '#app/features/creators/creator-list-view.server.ts'
import { requireShop } from '../require-shop.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  const query = parseCreatorListQuery(new URL(request.url).searchParams)
  return { query, view: await readCreatorList(ctx, query) }
}

export default function CreatorsPage() {
  const { query, view } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  return (
    <Page
      title={t('creators.title')}
      subtitle={t('creators.intro')}
      primaryAction={{ content: t('creators.add'), url: '/app/creators/new' }}
    >
      <CreatorList view={view} query={query} />
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
