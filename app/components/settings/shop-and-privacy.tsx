import '../layout/fact-list.css'
import { BlockStack, Card, Layout, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { FactList } from '../layout/fact-list.tsx'

export interface ShopFactsProps {
  shop: { name: string; domain: string; currency: string; timeZone: string }
}

/** What Shopify says about the shop; changed there. */
export function ShopFacts({ shop }: ShopFactsProps) {
  const { t } = useTranslation()
  return (
    <Layout.AnnotatedSection title={t('settings.shop.title')} description={t('settings.shop.body')}>
      <Card>
        <BlockStack gap="300">
          <FactList
            broad
            facts={[
              { label: t('settings.shop.name'), value: shop.name },
              { label: t('settings.shop.domain'), value: shop.domain },
              { label: t('settings.shop.currency'), value: shop.currency },
              { label: t('settings.shop.timeZone'), value: shop.timeZone },
            ]}
          />
          <Text as="p" tone="subdued">
            {t('settings.shop.timeZoneHelp')}
          </Text>
        </BlockStack>
      </Card>
    </Layout.AnnotatedSection>
  )
}

const points = ['shoppers', 'creators', 'requests', 'uninstall'] as const

export function PrivacyFacts() {
  const { t } = useTranslation()
  return (
    <Layout.AnnotatedSection title={t('settings.privacy.title')} description={t('settings.privacy.body')}>
      <Card>
        <ul className="fil-sentences">
          {points.map((point) => (
            <li key={point}>{t(`settings.privacy.points.${point}`)}</li>
          ))}
        </ul>
      </Card>
    </Layout.AnnotatedSection>
  )
}
