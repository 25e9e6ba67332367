import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { PassesPage } from '#app/components/drops/passes-page.tsx'
import { PageError } from '#app/components/layout/page-error.tsx'
import { parsePassesQuery } from '#app/features/drops/passes/passes-query.ts'
import { readPasses } from '#app/features/drops/passes/passes-view.server.ts'
import { readForm } from '../../read-form.server.ts'
import { webServices } from '../../web-services.server.ts'
import { actorOf } from '../payouts/actor.server.ts'
import { requireShop } from '../require-shop.server.ts'
import { answerGuests } from './guests-action.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  const query = parsePassesQuery(new URL(request.url).searchParams)
  const view = await readPasses(ctx, webServices().environment.tokenKeys, params.id ?? '', query)
  if (!view) throw new Response('No such drop', { status: 404 })
  return { query, view }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const ctx = await requireShop(request)
  const actor = actorOf(request)
  return answerGuests(ctx, { dropId: params.id ?? '', actor, form: await readForm(request) })
}

export default function GuestsPage() {
  const { query, view } = useLoaderData<typeof loader>()
  return <PassesPage view={view} query={query} />
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
