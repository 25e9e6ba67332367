import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { BlockStack, Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { newRowId } from '#app/adapters/db/row-id.ts'
import type { FormOutcome } from '#app/components/form/form-outcome.ts'
import { PageError } from '#app/components/layout/page-error.tsx'
import { LedgerTabs } from '#app/components/ledger/ledger-tabs.tsx'
import { SuspenseItems } from '#app/components/ledger/suspense-items.tsx'
import { COUNTER_ACCOUNTS } from '#app/domain/adjustments/adjustment-input.ts'
import { readSuspense } from '#app/features/ledger/suspense-view.server.ts'
import { readForm } from '../../read-form.server.ts'
import { actorOf } from '../payouts/actor.server.ts'
import { requireShop } from '../require-shop.server.ts'
import { resolveDifference } from './resolve-difference.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  return { suspense: await readSuspense(await requireShop(request)), formId: newRowId() }
}

export async function action({ request }: ActionFunctionArgs): Promise<FormOutcome> {
  const ctx = await requireShop(request)
  const form = await readForm(request)
  if (form.get('intent') !== 'resolve') throw new Response('Unknown intent', { status: 400 })
  return resolveDifference(ctx, form, actorOf(request))
}

export default function SuspensePage() {
  const { suspense, formId } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  return (
    <Page title={t('ledger.title')} fullWidth>
      <BlockStack gap="400">
        <LedgerTabs />
        <SuspenseItems {...suspense} accounts={COUNTER_ACCOUNTS.suspense} formId={formId} />
      </BlockStack>
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
