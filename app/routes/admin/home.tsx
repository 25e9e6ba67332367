import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { BlockStack, InlineGrid, Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { FiguresAtAGlance } from '#app/components/home/figures-at-a-glance.tsx'
import { NextDropCard } from '#app/components/home/next-drop-card.tsx'
import { OpenAlerts } from '#app/components/home/open-alerts.tsx'
import { SalesChart } from '#app/components/home/sales-chart.tsx'
import { SetupGuide } from '#app/components/home/setup-guide.tsx'
import { TopCreators } from '#app/components/home/top-creators.tsx'
import { PageError } from '#app/components/layout/page-error.tsx'
import { dismissSetup } from '#app/features/home/dismiss-setup.server.ts'
import { readHome } from '#app/features/home/home-view.server.ts'
import { readForm } from '../read-form.server.ts'
import { requireShop } from './require-shop.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  return { home: await readHome(await requireShop(request)) }
}

export async function action({ request }: ActionFunctionArgs) {
  const ctx = await requireShop(request)
  const intent = (await readForm(request)).get('intent')
  if (intent !== 'dismiss-setup') throw new Response('unknown intent', { status: 400 })
  return dismissSetup(ctx)
}

export default function HomePage() {
  const { home } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  return (
    <Page
      title={t('home.title')}
      subtitle={home.shopName}
      secondaryActions={[{ content: t('tasks.title'), url: '/app/agreements/tasks' }]}
    >
      <BlockStack gap="400">
        {home.setup ? <SetupGuide {...home.setup} /> : null}
        {home.nextDrop ? <NextDropCard drop={home.nextDrop} timeZone={home.timeZone} /> : null}
        <FiguresAtAGlance {...home} />
        <SalesChart months={home.months} currency={home.currency} />
        <InlineGrid columns={{ xs: 1, md: 2 }} gap="400" alignItems="start">
          <OpenAlerts
            waiting={home.waiting}
            alerts={home.alerts}
            total={home.alertCount}
            timeZone={home.timeZone}
          />
          <TopCreators creators={home.topCreators} currency={home.currency} />
        </InlineGrid>
      </BlockStack>
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
