import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { LivePage } from '#app/components/drops/live-page.tsx'
import { useLive } from '#app/components/drops/use-live.ts'
import { PageError } from '#app/components/layout/page-error.tsx'
import { readDrop } from '#app/features/drops/drop-view.server.ts'
import { readLive } from '#app/features/drops/live-view.server.ts'
import { requireShop } from '../require-shop.server.ts'

export { action } from './detail.tsx'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  const dropId = params.id ?? ''
  const view = await readDrop(ctx, dropId)
  const live = await readLive(ctx, dropId)
  if (!view || !live) throw new Response('No such drop', { status: 404 })
  return { drop: view.drop, live, now: view.now }
}

export default function LiveDropPage() {
  const { drop, live: initial, now } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  const live = useLive(drop.id, initial, now)
  return (
    <Page
      fullWidth
      title={t('drops.live.title')}
      subtitle={drop.title}
      backAction={{ content: drop.title, url: `/app/drops/${drop.id}` }}
    >
      <LivePage live={live} drop={drop} />
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
