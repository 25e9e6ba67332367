import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { BlockStack, Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { DropTabs } from '#app/components/drops/drop-tabs.tsx'
import { GateCard } from '#app/components/drops/gate-card.tsx'
import { ThemeSetup } from '#app/components/drops/theme-setup.tsx'
import type { FormOutcome } from '#app/components/form/form-outcome.ts'
import { PageError } from '#app/components/layout/page-error.tsx'
import { THEME_BLOCKS, themeEditorLink } from '#app/domain/drops/theme-editor-links.ts'
import { readGateView } from '#app/features/drops/gate-view.server.ts'
import { switchOnGate } from '#app/features/drops/tell-checkout.server.ts'
import { readForm } from '../../read-form.server.ts'
import { webServices } from '../../web-services.server.ts'
import { requireShop } from '../require-shop.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  const { apiKey } = webServices().environment.shopify
  const place = { shopDomain: ctx.shop.domain, apiKey }
  const blocks = THEME_BLOCKS.map((block) => ({ ...block, link: themeEditorLink(block, place) }))
  return { blocks, gate: await readGateView(ctx) }
}

/** Reasons with a sentence of their own, by what the person can do about them. */
const REFUSALS: Record<string, string> = {
  access_denied: 'access_denied',
  unauthorized: 'unauthorized',
  not_installed: 'unauthorized',
  unavailable: 'unavailable',
  throttled: 'unavailable',
  checkout_is_being_told: 'checkout_is_being_told',
  refused_by_shopify: 'refused_by_shopify',
  windows_full: 'windows_full',
  time_repeated: 'time_repeated',
  too_many_tags: 'rules_too_large',
  rules_too_large: 'rules_too_large',
}

export async function action({ request }: ActionFunctionArgs): Promise<FormOutcome> {
  const ctx = await requireShop(request)
  const form = await readForm(request)
  if (form.get('intent') !== 'switch-on-gate') throw new Response('Unknown intent', { status: 400 })
  const switched = await switchOnGate(ctx)
  if (switched.ok) return { ok: true }
  const { reason, message } = switched
  ctx.log.warn({ reason, message }, 'the checkout rule could not be switched on')
  const key = `drops.setup.gate.refused.${REFUSALS[reason] ?? 'other'}`
  return { ok: false, fields: { form: { key, params: { message } } } }
}

export default function DropSetupPage() {
  const { blocks, gate } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  return (
    <Page fullWidth title={t('drops.title')} subtitle={t('drops.setup.intro')}>
      <BlockStack gap="400">
        <DropTabs />
        <GateCard gate={gate} />
        <ThemeSetup blocks={blocks} />
      </BlockStack>
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
