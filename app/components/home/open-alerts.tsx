import { Badge, BlockStack, Box, Button, Card, InlineStack, Text } from '@shopify/polaris'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { DateText } from '../figures/date-text.tsx'

export interface OpenAlertsProps {
  /** Work that waits for a person, or is under way. */
  waiting: Array<{ kind: string; count: number }>
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

const waitingPlaces: Record<string, string> = {
  questions_open: '/app/statements/questions',
  runs_to_approve: '/app/payouts',
  runs_to_send: '/app/payouts',
  runs_to_confirm: '/app/payouts',
  adjustments_proposed: '/app/payouts/adjustments?status=proposed',
  advances_proposed: '/app/payouts/advances',
  rules_to_confirm: '/app/payouts/settings',
  offers_open: '/app/agreements',
  tasks_running: '/app/agreements/tasks',
}

const destinations: Record<string, string> = {
  order_does_not_tie_out: '/app/ledger/suspense',
  orders_not_found: '/app/ledger/suspense',
  question_overdue: '/app/statements/questions',
  sale_changed: '/app/ledger',
  journal_conflict: '/app/ledger',
  ledger_broken: '/app/ledger/balances',
  mail_failed: '/app/statements',
  code_failed: '/app/creators',
  claim_untrue: '/app/drops',
}

/** What the merchant has to look at: waiting work first, then alerts, newest first, each with the way there. */
export function OpenAlerts({ waiting, alerts, total, timeZone }: OpenAlertsProps) {
  const { t } = useTranslation()
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('home.alerts.title')}
        </Text>
        {waiting.length + alerts.length === 0 ? (
          <Text as="p" tone="subdued">
            {t('home.alerts.none')}
          </Text>
        ) : null}
        {waiting.map(({ kind, count }) => (
          <LookLine
            key={kind}
            text={t(`home.waiting.${kind}`, { count })}
            url={waitingPlaces[kind] ?? '/app'}
          />
        ))}
        {alerts.map((alert) => (
          <LookLine
            key={alert.id}
            text={t(`home.alerts.kind.${alert.kind}`, { ...alert.facts, defaultValue: alert.kind })}
            url={destinationOf(alert)}
          >
            <InlineStack gap="200">
              <Text as="span" tone="subdued" variant="bodySm">
                <DateText at={alert.raisedAt} timeZone={timeZone} style="time" />
              </Text>
              {'orderName' in alert.facts ? <Badge>{String(alert.facts.orderName)}</Badge> : null}
            </InlineStack>
          </LookLine>
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

/** A sentence, what is known about it, and the way there at the end of the line. */
function LookLine({ text, url, children }: { text: string; url: string; children?: ReactNode }) {
  const { t } = useTranslation()
  return (
    <InlineStack gap="300" align="space-between" blockAlign="center" wrap={false}>
      <BlockStack gap="050">
        <Text as="p">{text}</Text>
        {children}
      </BlockStack>
      <Box>
        <Button url={url} accessibilityLabel={text}>
          {t('home.alerts.look')}
        </Button>
      </Box>
    </InlineStack>
  )
}

function destinationOf(alert: OpenAlertsProps['alerts'][number]): string {
  const { statementId, creatorId, dropId } = alert.facts
  if (alert.kind === 'pass_not_sent' && typeof dropId === 'string') return `/app/drops/${dropId}/guests`
  if (alert.kind === 'limit_passed' && typeof dropId === 'string') return `/app/drops/${dropId}`
  if (alert.kind === 'mail_failed' && typeof statementId === 'string') return `/app/statements/${statementId}`
  if (alert.kind === 'code_failed' && typeof creatorId === 'string') return `/app/creators/${creatorId}`
  return destinations[alert.kind] ?? '/app/ledger'
}
