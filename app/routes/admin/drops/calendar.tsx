import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { BlockStack, Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { DropTabs } from '#app/components/drops/drop-tabs.tsx'
import { MonthCalendar } from '#app/components/drops/month-calendar.tsx'
import { PageError } from '#app/components/layout/page-error.tsx'
import { readDropCalendar } from '#app/features/drops/drop-calendar-view.server.ts'
import { requireShop } from '../require-shop.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  return { view: await readDropCalendar(ctx, new URL(request.url).searchParams.get('month') ?? '') }
}

export default function DropCalendarPage() {
  const { view } = useLoaderData<typeof loader>()
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
        <MonthCalendar view={view} />
      </BlockStack>
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
