import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { BlockStack, Layout, Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { FieldRefusal, FormOutcome } from '#app/components/form/form-outcome.ts'
import { SaveBarForm } from '#app/components/form/save-bar-form.tsx'
import { PageError } from '#app/components/layout/page-error.tsx'
import { DataRequests } from '#app/components/settings/data-requests.tsx'
import { PlanCard } from '#app/components/settings/plan-card.tsx'
import { MailSettings, RoyaltySettings } from '#app/components/settings/settings-fields.tsx'
import { PrivacyFacts, ShopFacts } from '#app/components/settings/shop-and-privacy.tsx'
import { usePlanChoice, usePlanRefresh } from '#app/components/settings/use-plan-choice.ts'
import { readDataRequests } from '#app/features/privacy/data-requests-view.server.ts'
import { LONGEST_RETURN_WINDOW_DAYS } from '#app/features/settings/parse-settings-input.ts'
import { saveSettings } from '#app/features/settings/save-settings.server.ts'
import { readSettings } from '#app/features/settings/settings-view.server.ts'
import { readForm } from '../read-form.server.ts'
import { requireShop } from './require-shop.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  const [settings, dataRequests] = await Promise.all([readSettings(ctx), readDataRequests(ctx)])
  return { settings, dataRequests }
}

export async function action({ request }: ActionFunctionArgs): Promise<FormOutcome> {
  const ctx = await requireShop(request)
  const data = await readForm(request)
  const field = (name: string) => String(data.get(name) ?? '')
  const result = await saveSettings(ctx, {
    returnWindowDays: field('returnWindowDays'),
    maxTotalShare: field('maxTotalShare'),
    senderName: field('senderName'),
    replyTo: field('replyTo'),
  })
  if (result.ok) return { ok: true }
  const fields = Object.entries(result.fields).map(([name, reason]): [string, FieldRefusal] => [
    name,
    { key: `settings.refused.${reason}`, params: { most: LONGEST_RETURN_WINDOW_DAYS } },
  ])
  return { ok: false, fields: Object.fromEntries(fields) }
}

export default function SettingsPage() {
  const { settings, dataRequests } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  const plan = usePlanChoice()
  usePlanRefresh(settings.plans.find(({ isCurrent }) => isCurrent)?.key ?? 'free')
  return (
    <Page title={t('settings.title')}>
      <BlockStack gap="400">
        <SaveBarForm id="settings" initial={settings.values}>
          {(form) => (
            <Layout>
              <RoyaltySettings form={form} />
              <MailSettings form={form} shopName={settings.shop.name} shopEmail={settings.shop.email} />
            </Layout>
          )}
        </SaveBarForm>
        <Layout>
          <PlanCard
            plans={settings.plans}
            activeCreators={settings.activeCreators}
            busyWith={plan.busyWith}
            onChoose={plan.choose}
          />
          <ShopFacts shop={settings.shop} />
          <PrivacyFacts />
          {dataRequests.length > 0 ? (
            <DataRequests requests={dataRequests} timeZone={settings.shop.timeZone} />
          ) : null}
        </Layout>
      </BlockStack>
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
