import { type ActionFunctionArgs, type LoaderFunctionArgs, replace } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { Banner, BlockStack, Page } from '@shopify/polaris'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AgreementEditor } from '#app/components/agreements/agreement-editor.tsx'
import { agreementFormFrom } from '#app/components/agreements/agreement-form-values.ts'
import { PageError } from '#app/components/layout/page-error.tsx'
import { readAgreementForm } from '#app/features/agreements/agreement-form-view.server.ts'
import { reviseAgreement } from '#app/features/agreements/revise-agreement.server.ts'
import { readForm } from '../../read-form.server.ts'
import { requireShop } from '../require-shop.server.ts'
import { readAgreementPost, refusedTerms, refusedWhole } from './agreement-form-outcome.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  const view = await readAgreementForm(ctx, params.id ?? '')
  if (!view?.editing) throw new Response('No such agreement', { status: 404 })
  return { view, editing: view.editing, initial: agreementFormFrom(view.editing) }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const ctx = await requireShop(request)
  const agreementId = params.id ?? ''
  const posted = readAgreementPost(await readForm(request), ctx.shop.currency)
  const { title, terms, retroactive } = posted
  const basedOn = posted.basedOn || null
  const result = await reviseAgreement(ctx, { agreementId, title, terms, retroactive, basedOn })
  // Going back does not lead into a form that is done with.
  if (result.ok) return replace(`/app/agreements/${agreementId}`)
  if (result.reason === 'invalid_terms') return refusedTerms(result.problems)
  return { ...refusedWhole(result.reason), ...(result.reason === 'changed_meanwhile' ? { stale: true } : {}) }
}

export default function EditAgreementPage() {
  const { view, editing, initial } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  const closed = editing.status === 'ended' ? 'ended' : editing.offerOpen ? 'offerOpen' : null
  // When the terms close under somebody's hands, what was typed stays to be copied or saved later.
  const [wasOpen] = useState(closed === null)
  return (
    <Page
      title={t('agreements.form.editTitle')}
      subtitle={editing.title}
      backAction={{ content: editing.title, url: `/app/agreements/${editing.id}` }}
    >
      <BlockStack gap="400">
        {closed ? <Banner tone="warning">{t(`agreements.form.${closed}`)}</Banner> : null}
        {closed && !wasOpen ? null : <AgreementEditor view={view} initial={initial} />}
      </BlockStack>
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
