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
import { decideAdvance } from '#app/features/advances/decide-advance.server.ts'
import { payAdvance } from '#app/features/advances/pay-advance.server.ts'
import { proposeAdvance } from '#app/features/advances/propose-advance.server.ts'
import { undoAdvance } from '#app/features/advances/undo-advance.server.ts'
import type { ShopContext } from '#app/features/context.ts'
import { readForm } from '../../read-form.server.ts'
import { actorOf } from '../payouts/actor.server.ts'
import { outcomeOf, refusedFields, textField } from '../payouts/outcome.ts'
import { requireShop } from '../require-shop.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  const me = actorOf(request)
  const asked = Number(new URL(request.url).searchParams.get('page') ?? '1')
  const page = Number.isSafeInteger(asked) && asked >= 1 && asked <= 100_000 ? asked : 1
  return { view: await readAdvances(ctx, { page }, me), formId: newRowId(), me }
}

export async function action({ request }: ActionFunctionArgs): Promise<FormOutcome> {
  const ctx = await requireShop(request)
  const form = await readForm(request)
  const actor = actorOf(request)
  const advanceId = textField(form, 'advanceId')
  const intent = textField(form, 'intent')
  switch (intent) {
    case 'create':
      return create(ctx, form, actor)
    case 'agree':
    case 'reject':
      return outcomeOf(await decideAdvance(ctx, { advanceId, decision: intent, actor }))
    case 'pay': {
      const shown = textField(form, 'withheldMinor')
      if (!/^\d{1,18}$/.test(shown)) throw new Response('Malformed amount', { status: 400 })
      return outcomeOf(await payAdvance(ctx, { advanceId, withheldMinor: BigInt(shown), actor }))
    }
    case 'undo': {
      const result = await undoAdvance(ctx, { advanceId, reason: textField(form, 'reason'), actor })
      return !result.ok && result.reason.startsWith('reason_')
        ? { ok: false, fields: { reason: `payouts.refused.${result.reason}` } }
        : outcomeOf(result)
    }
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
  const creatorId = textField(form, 'creatorId')
  // All at once: nobody likes to be told one mistake after the other.
  const problems = [
    ...(creatorId === '' ? [{ field: 'creatorId', reason: 'unknown_creator' }] : []),
    ...(amount.ok ? [] : [{ field: 'amount', reason: 'amount_malformed' }]),
    ...(rate.ok ? [] : [{ field: 'recoup', reason: 'rate_out_of_range' }]),
  ]
  if (problems.length > 0 || !amount.ok || !rate.ok) return refusedFields(problems)
  const result = await proposeAdvance(ctx, {
    formId: textField(form, 'formId'),
    creatorId,
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
  const { view, formId, me } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  return (
    <Page fullWidth title={t('payouts.advances.title')} subtitle={t('payouts.advances.subtitle')}>
      <BlockStack gap="400">
        <PayoutTabs />
        <AdvanceForm view={view} formId={formId} />
        <AdvanceTables view={view} me={me} />
      </BlockStack>
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
