import './theme-setup.css'
import { Banner, BlockStack, Button, Card, List, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { ThemeBlock } from '#app/domain/drops/theme-editor-links.ts'
import { SectionCard } from '../layout/section-card.tsx'

/** How the blocks come into the theme: each with what it does and a link that leads to its place in the theme editor. */
export function ThemeSetup({ blocks }: { blocks: Array<ThemeBlock & { link: string }> }) {
  const { t } = useTranslation()
  return (
    <BlockStack gap="400">
      <Banner tone="info">{t('drops.setup.once')}</Banner>
      <Card>
        <ol className="fil-setup">
          {blocks.map(({ handle, template, link }) => (
            <li key={handle}>
              <BlockStack gap="050">
                <Text as="h2" variant="headingSm">
                  {t(`drops.setup.blocks.${handle}.name`)}
                </Text>
                <Text as="p" tone="subdued">
                  {t(`drops.setup.blocks.${handle}.help`)}
                </Text>
              </BlockStack>
              <Button
                url={link}
                target="_blank"
                accessibilityLabel={t('drops.setup.addOf', {
                  action: t(`drops.setup.do.${template}`),
                  name: t(`drops.setup.blocks.${handle}.name`),
                })}
              >
                {t(`drops.setup.do.${template}`)}
              </Button>
            </li>
          ))}
        </ol>
      </Card>
      <SectionCard title={t('drops.setup.byHand')}>
        <List type="number">
          <List.Item>{t('drops.setup.steps.open')}</List.Item>
          <List.Item>{t('drops.setup.steps.template')}</List.Item>
          <List.Item>{t('drops.setup.steps.add')}</List.Item>
          <List.Item>{t('drops.setup.steps.embed')}</List.Item>
          <List.Item>{t('drops.setup.steps.save')}</List.Item>
        </List>
        <Text as="p" tone="subdued">
          {t('drops.setup.light')}
        </Text>
      </SectionCard>
    </BlockStack>
  )
}
