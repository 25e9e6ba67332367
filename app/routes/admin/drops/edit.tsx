import { type ActionFunctionArgs, type LoaderFunctionArgs, replace } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { Banner, BlockStack, Page } from '@shopify/polaris'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DropEditor } from '#app/components/drops/drop-editor.tsx'
import { dropFormFrom } from '#app/components/drops/drop-form-values.ts'
import { PageError } from '#app/components/layout/page-error.tsx'
import { readDropForm } from '#app/features/drops/drop-form-view.server.ts'
import { changeDrop } from '#app/features/drops/plan-drop.server.ts'
import { readPlan } from '#app/features/drops/read-plan.server.ts'
import { readForm } from '../../read-form.server.ts'
import { actorOf } from '../payouts/actor.server.ts'
import { requireShop } from '../require-shop.server.ts'
import { readDropPost, refusedDrop } from './drop-form.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  const view = await readDropForm(ctx, params.id ?? '')
  if (!view?.editing) throw new Response('No such drop', { status: 404 })
  // The same instants as the shop's clock shows them now, should it have moved to another zone since.
  const editing = { ...view.editing, timeZone: view.timeZone }
  return { view, editing, initial: dropFormFrom(editing, view.currency, view.timeZone) }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const ctx = await requireShop(request)
  const actor = actorOf(request)
  const { revision, plan } = readDropPost(await readForm(request), ctx.shop.currency)
  const dropId = params.id ?? ''
  const read = await readPlan(ctx, plan, dropId)
  if (!read.ok) return refusedDrop(read, ctx.shop.timeZone)
  const result = await changeDrop(ctx, { dropId, revision, plan: read.plan }, actor)
  if (result.ok) return replace(`/app/drops/${dropId}`)
  return refusedDrop(result, ctx.shop.timeZone)
}

export default function EditDropPage() {
  const { view, editing, initial } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  const closed = editing.status !== 'draft'
  // When the drop is scheduled under somebody's hands, what was typed stays to be copied.
  const [wasOpen] = useState(!closed)
  return (
    <Page
      title={t('drops.form.editTitle')}
      subtitle={editing.title}
      backAction={{ content: editing.title, url: `/app/drops/${editing.id}` }}
    >
      <BlockStack gap="400">
        {closed ? (
          <Banner
            tone="warning"
            action={{ content: t('drops.form.toDrop'), url: `/app/drops/${editing.id}` }}
          >
            {t('drops.form.closed')}
          </Banner>
        ) : null}
        {closed && !wasOpen ? null : <DropEditor view={view} initial={initial} />}
      </BlockStack>
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
