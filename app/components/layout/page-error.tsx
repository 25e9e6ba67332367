import { isRouteErrorResponse } from '@remix-run/react'
import { BlockStack, Button, Card, InlineStack, Page, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'

/** What a page shows when its loader or rendering failed: what happened, that nothing was lost, and the way on. */
export function PageError({ error }: { error: unknown }) {
  const { t } = useTranslation()
  const status = isRouteErrorResponse(error) ? error.status : 500
  const kind = status === 404 ? 'notFound' : status === 403 || status === 401 ? 'forbidden' : null
  return (
    <Page narrowWidth>
      <Card>
        <BlockStack gap="300">
          <Text as="h1" variant="headingMd">
            {kind ? t(`common.error.${kind}Title`) : t('common.error.title')}
          </Text>
          <Text as="p">{kind ? t(`common.error.${kind}Body`) : t('common.error.body')}</Text>
          <InlineStack gap="200">
            {kind ? null : (
              <Button variant="primary" onClick={() => window.location.reload()}>
                {t('common.reload')}
              </Button>
            )}
            <Button url="/app">{t('common.error.backHome')}</Button>
          </InlineStack>
        </BlockStack>
      </Card>
    </Page>
  )
}
