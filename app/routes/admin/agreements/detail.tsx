import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { AgreementDetail } from '#app/components/agreements/agreement-detail.tsx'
import { PageError } from '#app/components/layout/page-error.tsx'
import { readAgreement } from '#app/features/agreements/agreement-view.server.ts'
import { readForm } from '../../read-form.server.ts'
import { requireShop } from '../require-shop.server.ts'
import { answerAgreementForm } from './detail-action.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  const view = await readAgreement(ctx, params.id ?? '')
  if (!view) throw new Response('No such agreement', { status: 404 })
  return { view }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const ctx = await requireShop(request)
  return answerAgreementForm(ctx, params.id ?? '', await readForm(request))
}

export default function AgreementPage() {
  const { view } = useLoaderData<typeof loader>()
  return <AgreementDetail key={view.id} view={view} />
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
