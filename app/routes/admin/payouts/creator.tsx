import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { BlockStack, InlineGrid, Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { newRowId } from '#app/adapters/db/row-id.ts'
import { PageError } from '#app/components/layout/page-error.tsx'
import { BalancesCard, HoldCard, MethodCard, PaidTable } from '#app/components/payouts/creator-cards.tsx'
import { VatCard, WithholdingCard } from '#app/components/payouts/creator-fact-cards.tsx'
import { TaxCard } from '#app/components/payouts/tax-card.tsx'
import { readCreatorPayouts } from '#app/features/payouts/creator-payouts-view.server.ts'
import { readCreatorFacts } from '#app/features/tax/dated-facts-view.server.ts'
import { readTaxForm } from '#app/features/tax/save-tax-profile.server.ts'
import { readForm } from '../../read-form.server.ts'
import { requireShop } from '../require-shop.server.ts'
import { actorOf } from './actor.server.ts'
import { answerCreatorForm } from './creator-action.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  const id = params.id ?? ''
  const [view, tax, facts] = await Promise.all([
    readCreatorPayouts(ctx, id),
    readTaxForm(ctx, id),
    readCreatorFacts(ctx, id),
  ])
  if (!view) throw new Response('creator_not_found', { status: 404 })
  return { view, tax, facts, formId: newRowId(), me: actorOf(request) }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const ctx = await requireShop(request)
  const asked = { creatorId: params.id ?? '', actor: actorOf(request), form: await readForm(request) }
  return answerCreatorForm(ctx, asked)
}

export default function CreatorPayoutsPage() {
  const { view, tax, facts, formId, me } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  const noted = { formId, today: facts.today, timeZone: view.timeZone, me }
  return (
    <Page
      title={view.creatorName}
      subtitle={t('payouts.creator.subtitle')}
      backAction={{ content: t('payouts.title'), url: '/app/payouts' }}
      secondaryActions={[
        { content: t('payouts.creator.profile'), url: `/app/creators/${view.creatorId}` },
        {
          content: t('payouts.adjustments.propose'),
          url: `/app/payouts/adjustments/new?creator=${view.creatorId}`,
        },
      ]}
    >
      <BlockStack gap="400">
        <InlineGrid columns={{ xs: 1, md: 2 }} gap="400" alignItems="start">
          <MethodCard view={view} formId={formId} me={me} />
          <BlockStack gap="400">
            <BalancesCard view={view} />
            <HoldCard view={view} />
          </BlockStack>
        </InlineGrid>
        <TaxCard tax={{ intent: 'save-tax', ...tax }} />
        <WithholdingCard history={facts.withholding} {...noted} />
        <VatCard history={facts.vat} {...noted} />
        <PaidTable view={view} />
      </BlockStack>
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
