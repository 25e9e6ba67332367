import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useRouteError } from '@remix-run/react'
import { BlockStack, Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { DropTabs } from '#app/components/drops/drop-tabs.tsx'
import { ThemeSetup } from '#app/components/drops/theme-setup.tsx'
import { PageError } from '#app/components/layout/page-error.tsx'
import { THEME_BLOCKS, themeEditorLink } from '#app/domain/drops/theme-editor-links.ts'
import { webServices } from '../../web-services.server.ts'
import { requireShop } from '../require-shop.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request)
  const { apiKey } = webServices().environment.shopify
  const place = { shopDomain: shop.domain, apiKey }
  return { blocks: THEME_BLOCKS.map((block) => ({ ...block, link: themeEditorLink(block, place) })) }
}

export default function ThemeSetupPage() {
  const { blocks } = useLoaderData<typeof loader>()
  const { t } = useTranslation()
  return (
    <Page fullWidth title={t('drops.title')} subtitle={t('drops.setup.intro')}>
      <BlockStack gap="400">
        <DropTabs />
        <ThemeSetup blocks={blocks} />
      </BlockStack>
    </Page>
  )
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />
}
