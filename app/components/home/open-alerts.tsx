import { Badge, BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { DateText } from '../figures/date-text.tsx'

export interface OpenAlertsProps {
  alerts: Array<{
    id: string
    kind: string
    severity: string
    raisedAt: string
    facts: Record<string, string | number>
  }>
  total: number
  timeZone: string
}

const destinations: Record<string, string> = {
  order_does_not_tie_out: '/app/ledger/suspense',
  orders_not_found: '/app/ledger/suspense',
  question_overdue: '/app/questions',
  sale_changed: '/app/ledger',
  journal_conflict: '/app/ledger',
  ledger_broken: '/app/ledger/balances',
  mail_failed: '/app/statements',
  code_failed: '/app/creators',
}

/** What the merchant has to look at, newest first, each with the way there. */
export function OpenAlerts({ alerts, total, timeZone }: OpenAlertsProps) {
  const { t } = useTranslation()
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('home.alerts.title')}
        </Text>
        {alerts.length === 0 ? (
          <Text as="p" tone="subdued">
            {t('home.alerts.none')}
          </Text>
        ) : null}
        {alerts.map((alert) => (
          <InlineStack key={alert.id} gap="300" align="space-between" blockAlign="center">
            <BlockStack gap="050">
              <Text as="p">
                {t(`home.alerts.kind.${alert.kind}`, { ...alert.facts, defaultValue: alert.kind })}
              </Text>
              <InlineStack gap="200">
                <Text as="span" tone="subdued" variant="bodySm">
                  <DateText at={alert.raisedAt} timeZone={timeZone} style="time" />
                </Text>
                {'orderName' in alert.facts ? <Badge>{String(alert.facts.orderName)}</Badge> : null}
              </InlineStack>
            </BlockStack>
            <Button
              url={destinationOf(alert)}
              accessibilityLabel={t(`home.alerts.kind.${alert.kind}`, { defaultValue: alert.kind })}
            >
              {t('home.alerts.look')}
            </Button>
          </InlineStack>
        ))}
        {total > alerts.length ? (
          <Text as="p" tone="subdued">
            {t('home.alerts.more', { count: total - alerts.length })}
          </Text>
        ) : null}
      </BlockStack>
    </Card>
  )
}

function destinationOf(alert: OpenAlertsProps['alerts'][number]): string {
  const { statementId, creatorId } = alert.facts
  if (alert.kind === 'mail_failed' && typeof statementId === 'string') return `/app/statements/${statementId}`
  if (alert.kind === 'code_failed' && typeof creatorId === 'string') return `/app/creators/${creatorId}`
  return destinations[alert.kind] ?? '/app/ledger'
}
