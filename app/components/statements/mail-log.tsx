import { Box, Card, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { DateText } from '../figures/date-text.tsx'
import { StatusBadge } from '../figures/status-badge.tsx'
import { EmptyResult } from '../layout/empty-result.tsx'
import { RecordTable } from '../layout/record-table.tsx'

export interface MailItem {
  id: string
  toAddress: string
  status: string
  attempts: number
  lastError: string | null
  requestedAt: string
  sentAt: string | null
}

export interface MailLogProps {
  mails: MailItem[]
  timeZone: string
}

/** What became of each mail of a statement. */
export function MailLog({ mails, timeZone }: MailLogProps) {
  const { t } = useTranslation()
  return (
    <Card padding="0">
      <Box padding="400">
        <Text as="h2" variant="headingMd">
          {t('statements.mails.title')}
        </Text>
      </Box>
      {mails.length === 0 ? (
        <EmptyResult title={t('statements.mails.emptyTitle')} body={t('statements.mails.emptyBody')} />
      ) : (
        <RecordTable
          caption={t('statements.mails.caption')}
          rows={mails}
          rowKey={(mail) => mail.id}
          columns={[
            {
              id: 'requested',
              width: 17,
              heading: t('statements.mails.requested'),
              cell: (mail) => <DateText at={mail.requestedAt} timeZone={timeZone} style="time" />,
            },
            { id: 'to', width: 24, heading: t('statements.mails.to'), cell: (mail) => mail.toAddress },
            {
              id: 'status',
              width: 12,
              heading: t('statements.mails.status'),
              cell: (mail) => <StatusBadge status={mail.status} />,
            },
            {
              id: 'attempts',
              width: 10,
              heading: t('statements.mails.attempts'),
              end: true,
              cell: (mail) => mail.attempts,
            },
            {
              id: 'sent',
              width: 17,
              heading: t('statements.mails.sent'),
              cell: (mail) =>
                mail.sentAt ? <DateText at={mail.sentAt} timeZone={timeZone} style="time" /> : null,
            },
            {
              id: 'error',
              width: 20,
              heading: t('statements.mails.error'),
              subdued: true,
              cell: (mail) => mail.lastError,
            },
          ]}
        />
      )}
    </Card>
  )
}
