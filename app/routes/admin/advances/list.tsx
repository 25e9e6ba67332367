import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { BlockStack, Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { newRowId } from '#app/adapters/db/row-id.ts'
import { AdvanceForm, AdvanceTables } from '#app/components/adjustments/advances.tsx'
import type { FormOutcome } from '#app/components/form/form-outcome.ts'
import { PageError } from '#app/components/layout/page-error.tsx'
import { PayoutTabs } from '#app/components/payouts/payout-tabs.tsx'
import { parseAmount } from '#app/domain/money/parse-amount.ts'
import { parsePercent } from '#app/domain/money/percent.ts'
import { readAdvances } from '#app/features/advances/advance-list-view.server.ts'
import { createAdvance, payAdvance, withdrawAdvance } from '#app/features/advances/advances.server.ts'
import type { ShopContext } from '#app/features/context.ts'
import { readForm } from '../../read-form.server.ts'
import { actorOf } from '../payouts/actor.server.ts'
import { outcomeOf, refusedFields, textField } from '../payouts/outcome.ts'
import { requireShop } from '../require-shop.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  return { view: await readAdvances(await requireShop(request)), formId: newRowId() }
}

export async function action({ request }: ActionFunctionArgs): Promise<FormOutcome> {
  const ctx = await requireShop(request)
  const form = await readForm(request)
  const advanceId = textField(form, 'advanceId')
  switch (textField(form, 'intent')) {
    case 'create':
      return create(ctx, form, actorOf(request))
    case 'pay':
      return outcomeOf(await payAdvance(ctx, { advanceId, actor: actorOf(request) }))
    case 'withdraw':
      return outcomeOf(await withdrawAdvance(ctx, { advanceId }))
    default:
      throw new Response('Unknown intent', { status: 400 })
  }
}

const FIELDS: Record<string, string> = {
  unknown_creator: 'creatorId',
  amount_not_positive: 'amount',
  amount_too_large: 'amount',
  rate_out_of_range: 'recoup',
  note_malformed: 'note',
}

async function create(ctx: ShopContext, form: FormData, actor: string): Promise<FormOutcome> {
  const amount = parseAmount(textField(form, 'amount').trim().replace(',', '.'), ctx.shop.currency)
  const rate = parsePercent(textField(form, 'recoup'))
  const problems = [
    ...(amount.ok ? [] : [{ field: 'amount', reason: 'amount_malformed' }]),
    ...(rate.ok ? [] : [{ field: 'recoup', reason: 'rate_out_of_range' }]),
  ]
  if (!amount.ok || !rate.ok) return refusedFields(problems)
  const result = await createAdvance(ctx, {
    formId: textField(form, 'formId'),
    creatorId: textField(form, 'creatorId'),
    agreementId: null,
    amountMinor: amount.minor,
    currency: ctx.shop.currency,
    recoupBps: rate.bps,
    note: textField(form, 'note'),
    actor,
  })
  if (result.ok) return { ok: true }
  return refusedFields([{ field: FIELDS[result.reason] ?? 'form', reason: result.reason }])
}

export default function AdvancesPage() {
  const { view, formId } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  return (
    <Page fullWidth title={t('payouts.advances.title')} subtitle={t('payouts.advances.subtitle')}>
      <BlockStack gap="400">
        <PayoutTabs />
        <AdvanceForm view={view} formId={formId} />
        <AdvanceTables view={view} />
      </BlockStack>
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
