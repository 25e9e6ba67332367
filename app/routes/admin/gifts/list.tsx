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
import { parseAmount } from '#app/domain/money/parse-amount.ts'
import { isLocalDate } from '#app/domain/time/instant.ts'
import { proposeAdjustment } from '#app/features/adjustments/propose-adjustment.server.ts'
import { readGifts } from '#app/features/gifts/gift-list-view.server.ts'
import { readForm } from '../../read-form.server.ts'
import { actorOf } from '../payouts/actor.server.ts'
import { refused, refusedFields, textField } from '../payouts/outcome.ts'
import { requireShop } from '../require-shop.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  return { view: await readGifts(await requireShop(request)), formId: newRowId() }
}

export async function action({ request }: ActionFunctionArgs): Promise<FormOutcome> {
  const ctx = await requireShop(request)
  const form = await readForm(request)
  const description = textField(form, 'description').trim()
  const givenOn = textField(form, 'givenOn')
  const amount = parseAmount(textField(form, 'amount').trim().replace(',', '.'), ctx.shop.currency)
  const problems = [
    ...(isLocalDate(givenOn) ? [] : [{ field: 'givenOn', reason: 'date_malformed' }]),
    ...(amount.ok && amount.minor > 0n ? [] : [{ field: 'amount', reason: 'amount_malformed' }]),
  ]
  if (problems.length > 0 || !amount.ok) return refusedFields(problems)
  const result = await proposeAdjustment(ctx, {
    formId: textField(form, 'formId'),
    kind: 'gift',
    creatorId: textField(form, 'creatorId') || null,
    orderId: null,
    account: 'gifts-in-kind',
    amountMinor: amount.minor,
    currency: ctx.shop.currency,
    incomeType: 'in_kind',
    reason: description,
    facts: { description, givenOn },
    actor: actorOf(request),
  })
  if (result.ok) return { ok: true }
  if (result.reason !== 'invalid_input') return refused(result)
  return refusedFields(result.problems, { creator: 'creatorId', reason: 'description' })
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
