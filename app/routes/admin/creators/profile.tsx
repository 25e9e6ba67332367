import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { newRowId } from '#app/adapters/db/row-id.ts'
import { CreatorProfile } from '#app/components/creators/creator-profile.tsx'
import { PageError } from '#app/components/layout/page-error.tsx'
import { readCreator } from '#app/features/creators/creator-view.server.ts'
import { readAwardList } from '#app/features/ledger/awards/award-list-view.server.ts'
import { readForm } from '../../read-form.server.ts'
import { requireShop } from '../require-shop.server.ts'
import { answerProfileForm } from './profile-action.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  const view = await readCreator(ctx, params.id ?? '')
  if (!view) throw new Response('No such creator', { status: 404 })
  const awards = await readAwardList(ctx, { creatorId: view.creator.id }, ctx.shop.locale)
  return { view, awards, codeFormId: newRowId(), linkFormId: newRowId() }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const ctx = await requireShop(request)
  return answerProfileForm(ctx, params.id ?? '', await readForm(request))
}

export default function CreatorPage() {
  const { view, awards, codeFormId, linkFormId } = useLoaderData<typeof loader>()
  return (
    <CreatorProfile
      key={view.creator.id}
      view={view}
      awards={awards}
      codeFormId={codeFormId}
      linkFormId={linkFormId}
    />
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
