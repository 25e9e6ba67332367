// Customers who asked what is held of them: the export waits here for the merchant to hand on.
import { BlockStack, Button, Card, InlineStack, Layout, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { DateText } from '../figures/date-text.tsx'
import { useFileDownload } from '../statements/use-file-download.ts'

export interface DataRequestsProps {
  requests: Array<{ id: string; receivedAt: string; number: string | null; fileName: string }>
  timeZone: string
}

export function DataRequests({ requests, timeZone }: DataRequestsProps) {
  const { t } = useTranslation()
  const { download, busyWith } = useFileDownload()
  return (
    <Layout.AnnotatedSection
      title={t('settings.dataRequests.title')}
      description={t('settings.dataRequests.body')}
    >
      <Card>
        <BlockStack gap="300">
          {requests.map(({ id, receivedAt, number, fileName }) => {
            const url = `/app/settings/data-requests/${id}`
            const name = number
              ? t('settings.dataRequests.numbered', { number })
              : t('settings.dataRequests.one')
            return (
              <InlineStack key={id} align="space-between" blockAlign="center" gap="200">
                <Text as="span">
                  {name} · <DateText at={receivedAt} timeZone={timeZone} />
                </Text>
                <Button
                  loading={busyWith === url}
                  onClick={() => void download(url, fileName)}
                  accessibilityLabel={`${t('settings.dataRequests.download')}: ${name}`}
                >
                  {t('settings.dataRequests.download')}
                </Button>
              </InlineStack>
            )
          })}
        </BlockStack>
      </Card>
    </Layout.AnnotatedSection>
  )
}
