import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { BlockStack, Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { newRowId } from '#app/adapters/db/row-id.ts'
import { GiftForm } from '#app/components/adjustments/gift-form.tsx'
import { GiftTables } from '#app/components/adjustments/gift-tables.tsx'
import type { FormOutcome } from '#app/components/form/form-outcome.ts'
import { PageError } from '#app/components/layout/page-error.tsx'
import { PayoutTabs } from '#app/components/payouts/payout-tabs.tsx'
import { readGifts } from '#app/features/gifts/gift-list-view.server.ts'
import { readForm } from '../../read-form.server.ts'
import { actorOf } from '../payouts/actor.server.ts'
import { requireShop } from '../require-shop.server.ts'
import { answerGiftForm } from './gift-action.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  return { view: await readGifts(await requireShop(request)), formId: newRowId() }
}

export async function action({ request }: ActionFunctionArgs): Promise<FormOutcome> {
  const ctx = await requireShop(request)
  return answerGiftForm(ctx, { actor: actorOf(request), form: await readForm(request) })
}

export default function GiftsPage() {
  const { view, formId } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  return (
    <Page fullWidth title={t('payouts.gifts.title')} subtitle={t('payouts.gifts.subtitle')}>
      <BlockStack gap="400">
        <PayoutTabs />
        <GiftForm view={view} formId={formId} />
        <GiftTables view={view} />
      </BlockStack>
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
