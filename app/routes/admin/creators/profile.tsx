import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { newRowId } from '#app/adapters/db/row-id.ts'
import { CreatorProfile } from '#app/components/creators/creator-profile.tsx'
import { PageError } from '#app/components/layout/page-error.tsx'
import { readCreator } from '#app/features/creators/creator-view.server.ts'
import { readForm } from '../../read-form.server.ts'
import { requireShop } from '../require-shop.server.ts'
import { answerProfileForm } from './profile-action.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  const view = await readCreator(ctx, params.id ?? '')
  if (!view) throw new Response('No such creator', { status: 404 })
  return { view, codeFormId: newRowId(), linkFormId: newRowId() }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const ctx = await requireShop(request)
  return answerProfileForm(ctx, params.id ?? '', await readForm(request))
}

export default function CreatorPage() {
  const { view, codeFormId, linkFormId } = useLoaderData<typeof loader>()
  return <CreatorProfile key={view.creator.id} view={view} codeFormId={codeFormId} linkFormId={linkFormId} />
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
