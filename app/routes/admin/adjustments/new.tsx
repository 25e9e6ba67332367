import { type ActionFunctionArgs, type LoaderFunctionArgs, replace } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { newRowId } from '#app/adapters/db/row-id.ts'
import { AdjustmentFields, emptyAdjustment } from '#app/components/adjustments/adjustment-fields.tsx'
import { SaveBarForm } from '#app/components/form/save-bar-form.tsx'
import { PageError } from '#app/components/layout/page-error.tsx'
import { readAdjustmentForm } from '#app/features/adjustments/adjustment-list-view.server.ts'
import { readForm } from '../../read-form.server.ts'
import { actorOf } from '../payouts/actor.server.ts'
import { requireShop } from '../require-shop.server.ts'
import { proposeFromForm } from './propose-action.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  const params = new URL(request.url).searchParams
  const view = await readAdjustmentForm(ctx, params.get('order'))
  return { view, formId: newRowId(), creatorId: params.get('creator') ?? '' }
}

export async function action({ request }: ActionFunctionArgs) {
  const ctx = await requireShop(request)
  const outcome = await proposeFromForm(ctx, await readForm(request), actorOf(request))
  return outcome.ok ? replace('/app/payouts/adjustments') : outcome
}

export default function NewAdjustmentPage() {
  const { view, formId, creatorId } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  return (
    <Page
      narrowWidth
      title={view.suspense ? t('payouts.adjustments.resolveTitle') : t('payouts.adjustments.newTitle')}
      backAction={{ content: t('payouts.adjustments.title'), url: '/app/payouts/adjustments' }}
    >
      <SaveBarForm id="new-adjustment" initial={emptyAdjustment(formId, view, creatorId)} alwaysSavable>
        {(form) => <AdjustmentFields form={form} view={view} />}
      </SaveBarForm>
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
