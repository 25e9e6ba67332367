import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { BlockStack, Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { FormOutcome } from '#app/components/form/form-outcome.ts'
import { PageError } from '#app/components/layout/page-error.tsx'
import { PayerCard, RulesCard } from '#app/components/payouts/settings-cards.tsx'
import {
  readPayoutSettings,
  savePayerAccount,
  savePayoutRules,
} from '#app/features/payouts/payout-settings.server.ts'
import { readForm } from '../../read-form.server.ts'
import { webServices } from '../../web-services.server.ts'
import { requireShop } from '../require-shop.server.ts'
import { refusedFields, textField } from './outcome.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  return { settings: await readPayoutSettings(await requireShop(request)) }
}

export async function action({ request }: ActionFunctionArgs): Promise<FormOutcome> {
  const ctx = await requireShop(request)
  const form = await readForm(request)
  if (textField(form, 'intent') === 'payer') {
    const input = Object.fromEntries([...form].map(([name, value]) => [name, String(value)]))
    const result = await savePayerAccount(ctx, webServices().environment.tokenKeys, input)
    return result.ok ? { ok: true } : refusedFields(result.problems)
  }
  const result = await savePayoutRules(ctx, {
    payoutApprovals: Number(textField(form, 'payoutApprovals')),
    adjustmentsNeedSecond: textField(form, 'adjustmentsNeedSecond') === 'true',
    payerCountry: textField(form, 'payerCountry'),
  })
  if (result.ok) return { ok: true }
  const field = result.reason === 'country_malformed' ? 'payerCountry' : 'payoutApprovals'
  return refusedFields([{ field, reason: result.reason }])
}

export default function PayoutSettingsPage() {
  const { settings } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  return (
    <Page
      narrowWidth
      title={t('payouts.settings.title')}
      backAction={{ content: t('payouts.title'), url: '/app/payouts' }}
    >
      <BlockStack gap="400">
        <RulesCard settings={settings} />
        <PayerCard ending={settings.payerEnding} />
      </BlockStack>
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
