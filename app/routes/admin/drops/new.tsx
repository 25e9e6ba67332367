import { type ActionFunctionArgs, type LoaderFunctionArgs, replace } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { newRowId } from '#app/adapters/db/row-id.ts'
import { DropEditor } from '#app/components/drops/drop-editor.tsx'
import { emptyDropForm } from '#app/components/drops/drop-form-values.ts'
import { PageError } from '#app/components/layout/page-error.tsx'
import { readDropForm } from '#app/features/drops/drop-form-view.server.ts'
import { draftDrop } from '#app/features/drops/plan-drop.server.ts'
import { readPlan } from '#app/features/drops/read-plan.server.ts'
import { readForm } from '../../read-form.server.ts'
import { actorOf } from '../payouts/actor.server.ts'
import { requireShop } from '../require-shop.server.ts'
import { readDropPost, refusedDrop } from './drop-form.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const view = await readDropForm(await requireShop(request), null)
  if (!view) throw new Response('No form', { status: 404 })
  return { view, initial: emptyDropForm({ formId: newRowId(), acts: view.proposedActs }) }
}

export async function action({ request }: ActionFunctionArgs) {
  const ctx = await requireShop(request)
  const actor = actorOf(request)
  const { formId, plan } = readDropPost(await readForm(request), ctx.shop.currency)
  const read = await readPlan(ctx, plan, null)
  if (!read.ok) return refusedDrop(read, ctx.shop.timeZone)
  const result = await draftDrop(ctx, { id: formId, plan: read.plan }, actor)
  // Going back does not lead into a form that is done with.
  if (result.ok) return replace(`/app/drops/${result.dropId}`)
  return refusedDrop(result, ctx.shop.timeZone)
}

export default function NewDropPage() {
  const { view, initial } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  return (
    <Page title={t('drops.form.newTitle')} backAction={{ content: t('drops.title'), url: '/app/drops' }}>
      <DropEditor view={view} initial={initial} />
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
