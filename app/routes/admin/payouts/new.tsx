import { type ActionFunctionArgs, type LoaderFunctionArgs, replace } from '@remix-run/node'
import { useFetcher, useLoaderData, useRouteError } from '@remix-run/react'
import { Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { newRowId } from '#app/adapters/db/row-id.ts'
import { type FormOutcome, refusalText } from '#app/components/form/form-outcome.ts'
import { PageError } from '#app/components/layout/page-error.tsx'
import { Preview, usePreviewChoice } from '#app/components/payouts/preview.tsx'
import { createRun } from '#app/features/payouts/create-run.server.ts'
import { type PreviewView, readPreview } from '#app/features/payouts/preview-view.server.ts'
import { readForm } from '../../read-form.server.ts'
import { requireShop } from '../require-shop.server.ts'
import { actorOf } from './actor.server.ts'
import { refused, textField } from './outcome.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  const currency = new URL(request.url).searchParams.get('currency')
  return { view: await readPreview(ctx, currency), formId: newRowId() }
}

export async function action({ request }: ActionFunctionArgs) {
  const ctx = await requireShop(request)
  const form = await readForm(request)
  const chosen = form.getAll('chosen').flatMap((entry) => {
    const [creatorId = '', shown = ''] = String(entry).split('|')
    return [{ creatorId, shown }]
  })
  const result = await createRun(ctx, {
    formId: textField(form, 'formId'),
    currency: textField(form, 'currency'),
    executeOn: textField(form, 'executeOn'),
    chosen,
    actor: actorOf(request),
  })
  // Going back does not lead into a form that is done with.
  return result.ok ? replace(`/app/payouts/${result.runId}`) : refused(result)
}

export default function NewRunPage() {
  const { view, formId } = useLoaderData<typeof loader>()
  // Another currency is another choice.
  return <NewRun key={view.currency} view={view} formId={formId} />
}

function NewRun({ view, formId }: { view: PreviewView; formId: string }) {
  const { t } = useTranslation()
  const fetcher = useFetcher<FormOutcome>()
  const choice = usePreviewChoice(view)
  const busy = fetcher.state !== 'idle'
  const refusal = fetcher.data && !fetcher.data.ok && !busy ? fetcher.data.fields.form : undefined
  const create = () => {
    const data = new FormData()
    data.set('formId', formId)
    data.set('currency', view.currency)
    data.set('executeOn', choice.executeOn)
    for (const row of choice.rows) data.append('chosen', `${row.creatorId}|${row.shown}`)
    fetcher.submit(data, { method: 'post' })
  }
  return (
    <Page
      fullWidth
      title={t('payouts.preview.title')}
      subtitle={t('payouts.preview.subtitle')}
      backAction={{ content: t('payouts.title'), url: '/app/payouts' }}
      primaryAction={{
        content: t('payouts.preview.create'),
        loading: busy,
        disabled: choice.rows.length === 0,
        onAction: create,
      }}
    >
      <Preview
        view={view}
        choice={choice}
        problem={refusalText(refusal, (key, params) => t(key, params ?? {}))}
      />
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
