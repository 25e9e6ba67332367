import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { BlockStack, Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { AdjustmentList } from '#app/components/adjustments/adjustment-list.tsx'
import type { FormOutcome } from '#app/components/form/form-outcome.ts'
import { PageError } from '#app/components/layout/page-error.tsx'
import { PayoutTabs } from '#app/components/payouts/payout-tabs.tsx'
import { isAdjustmentKind } from '#app/domain/adjustments/adjustment-input.ts'
import { readAdjustments } from '#app/features/adjustments/adjustment-list-view.server.ts'
import { decideAdjustment } from '#app/features/adjustments/decide-adjustment.server.ts'
import { readForm } from '../../read-form.server.ts'
import { actorOf } from '../payouts/actor.server.ts'
import { outcomeOf, textField } from '../payouts/outcome.ts'
import { requireShop } from '../require-shop.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  const me = actorOf(request)
  const params = new URL(request.url).searchParams
  const wanted = params.get('status') ?? ''
  const status = ['proposed', 'posted', 'rejected'].includes(wanted) ? wanted : null
  const kind = isAdjustmentKind(params.get('kind') ?? '') ? params.get('kind') : null
  const asked = Number(params.get('page') ?? '1')
  const page = Number.isSafeInteger(asked) && asked >= 1 && asked <= 100_000 ? asked : 1
  const view = await readAdjustments(ctx, { status, kind, page }, me)
  return { view, me, filters: { status: status ?? '', kind: kind ?? '' } }
}

export async function action({ request }: ActionFunctionArgs): Promise<FormOutcome> {
  const ctx = await requireShop(request)
  const actor = actorOf(request)
  const form = await readForm(request)
  const decision = textField(form, 'intent')
  if (decision !== 'agree' && decision !== 'reject') throw new Response('Unknown intent', { status: 400 })
  return outcomeOf(
    await decideAdjustment(ctx, { adjustmentId: textField(form, 'adjustmentId'), decision, actor }),
  )
}

export default function AdjustmentsPage() {
  const { view, filters, me } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  return (
    <Page
      fullWidth
      title={t('payouts.adjustments.title')}
      subtitle={t('payouts.adjustments.subtitle')}
      primaryAction={{ content: t('payouts.adjustments.propose'), url: '/app/payouts/adjustments/new' }}
    >
      <BlockStack gap="400">
        <PayoutTabs />
        <AdjustmentList view={view} filters={filters} me={me} />
      </BlockStack>
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
