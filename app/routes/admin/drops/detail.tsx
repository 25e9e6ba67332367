import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { DropDetail } from '#app/components/drops/drop-detail.tsx'
import { PageError } from '#app/components/layout/page-error.tsx'
import { readDrop } from '#app/features/drops/drop-view.server.ts'
import { readForm } from '../../read-form.server.ts'
import { actorOf } from '../payouts/actor.server.ts'
import { requireShop } from '../require-shop.server.ts'
import { answerPress } from './press.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const view = await readDrop(await requireShop(request), params.id ?? '')
  if (!view) throw new Response('No such drop', { status: 404 })
  return { view }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const ctx = await requireShop(request)
  const actor = actorOf(request)
  return answerPress(ctx, { dropId: params.id ?? '', actor, form: await readForm(request) })
}

export default function DropPage() {
  const { view } = useLoaderData<typeof loader>()
  return <DropDetail view={view} />
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
