import { type ActionFunctionArgs, type LoaderFunctionArgs, replace } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { Card, Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { newRowId } from '#app/adapters/db/row-id.ts'
import { AgreementEditor } from '#app/components/agreements/agreement-editor.tsx'
import { emptyAgreementForm } from '#app/components/agreements/agreement-form-values.ts'
import { EmptyResult } from '#app/components/layout/empty-result.tsx'
import { PageError } from '#app/components/layout/page-error.tsx'
import { readAgreementForm } from '#app/features/agreements/agreement-form-view.server.ts'
import { draftAgreement } from '#app/features/agreements/draft-agreement.server.ts'
import { readForm } from '../../read-form.server.ts'
import { requireShop } from '../require-shop.server.ts'
import { readAgreementPost, refusedTerms, refusedWhole } from './agreement-form-outcome.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  const view = await readAgreementForm(ctx, null)
  if (!view) throw new Response('No form', { status: 404 })
  const wanted = new URL(request.url).searchParams.get('creator')
  const creatorId = view.creators.find((creator) => creator.id === wanted)?.id ?? ''
  return { view, initial: emptyAgreementForm({ formId: newRowId(), creatorId, ...view }) }
}

export async function action({ request }: ActionFunctionArgs) {
  const ctx = await requireShop(request)
  const posted = readAgreementPost(await readForm(request), ctx.shop.currency)
  const result = await draftAgreement(ctx, posted)
  // Going back does not lead into a form that is done with.
  if (result.ok) return replace(`/app/agreements/${result.agreementId}`)
  if (result.reason === 'invalid_terms') return refusedTerms(result.problems)
  if (result.reason === 'form_reused') return refusedWhole(result.reason)
  return { ok: false, fields: { creatorId: `agreements.problem.${result.reason}` } }
}

export default function NewAgreementPage() {
  const { view, initial } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  return (
    <Page
      title={t('agreements.form.newTitle')}
      backAction={{ content: t('agreements.title'), url: '/app/agreements' }}
    >
      {view.creators.length === 0 ? (
        <Card padding="0">
          <EmptyResult
            title={t('creators.list.emptyTitle')}
            body={t('agreements.form.noCreators')}
            action={{ label: t('creators.add'), url: '/app/creators/new' }}
          />
        </Card>
      ) : (
        <AgreementEditor view={view} initial={initial} />
      )}
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
