import { type ActionFunctionArgs, type LoaderFunctionArgs, replace } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { newRowId } from '#app/adapters/db/row-id.ts'
import { CreatorFields } from '#app/components/creators/creator-fields.tsx'
import { emptyCreatorForm } from '#app/components/creators/creator-form-values.ts'
import { SaveBarForm } from '#app/components/form/save-bar-form.tsx'
import { PageError } from '#app/components/layout/page-error.tsx'
import { createCreator } from '#app/features/creators/create-creator.server.ts'
import { readForm } from '../../read-form.server.ts'
import { requireShop } from '../require-shop.server.ts'
import { jsonField, refusedFields, textField } from './creator-form-outcome.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  await requireShop(request)
  return { formId: newRowId() }
}

export async function action({ request }: ActionFunctionArgs) {
  const ctx = await requireShop(request)
  const form = await readForm(request)
  const creator = { ...Object.fromEntries(form), channels: jsonField(form, 'channels') ?? [] }
  const result = await createCreator(ctx, { formId: textField(form, 'formId'), creator })
  // Going back does not lead into a form that is done with.
  if (result.ok) return replace(`/app/creators/${result.creatorId}`)
  if (result.reason === 'invalid_input') return refusedFields(result.problems)
  const summary = result.reason === 'form_reused' ? 'common.saveFailed' : `creators.problem.${result.reason}`
  return { ok: false, fields: {}, summary }
}

export default function NewCreatorPage() {
  const { formId } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  return (
    <Page
      narrowWidth
      title={t('creators.form.newTitle')}
      backAction={{ content: t('creators.title'), url: '/app/creators' }}
    >
      <SaveBarForm id="new-creator" initial={emptyCreatorForm(formId)}>
        {(form) => <CreatorFields form={form} handleLocked={false} />}
      </SaveBarForm>
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
