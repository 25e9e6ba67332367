import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { BlockStack, Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { newRowId } from '#app/adapters/db/row-id.ts'
import type { FormOutcome } from '#app/components/form/form-outcome.ts'
import { PageError } from '#app/components/layout/page-error.tsx'
import { PayerDetailsCard } from '#app/components/payouts/payer-card.tsx'
import { PayerCard, RulesCard, WaitingRules } from '#app/components/payouts/settings-cards.tsx'
import { readPayoutSettings } from '#app/features/payouts/payout-settings.server.ts'
import { readPayerHistory } from '#app/features/tax/dated-facts-view.server.ts'
import { readForm } from '../../read-form.server.ts'
import { requireShop } from '../require-shop.server.ts'
import { actorOf } from './actor.server.ts'
import { answerSettingsForm } from './settings-action.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  const me = actorOf(request)
  const [settings, legal] = await Promise.all([readPayoutSettings(ctx, me), readPayerHistory(ctx)])
  return { settings, legal, me, formId: newRowId() }
}

export async function action({ request }: ActionFunctionArgs): Promise<FormOutcome> {
  const ctx = await requireShop(request)
  return answerSettingsForm(ctx, { actor: actorOf(request), form: await readForm(request) })
}

export default function PayoutSettingsPage() {
  const { settings, legal, me, formId } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  return (
    <Page
      narrowWidth
      title={t('payouts.settings.title')}
      backAction={{ content: t('payouts.title'), url: '/app/payouts' }}
    >
      <BlockStack gap="400">
        <WaitingRules settings={settings} me={me} />
        <RulesCard settings={settings} />
        <PayerDetailsCard
          history={legal.payer}
          formId={formId}
          today={legal.today}
          timeZone={settings.timeZone}
          me={me}
        />
        <PayerCard ending={settings.payerEnding} />
      </BlockStack>
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
