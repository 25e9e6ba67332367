import { Link } from '@remix-run/react'
import { Badge, Box, Card, InlineStack, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { DateText } from '../figures/date-text.tsx'
import { Money } from '../figures/money.tsx'
import { EmptyResult } from '../layout/empty-result.tsx'
import { RecordTable } from '../layout/record-table.tsx'

export interface CreatorBalanceItem {
  creatorId: string
  name: string
  currency: string
  heldMinor: string
  payableMinor: string
  totalMinor: string
  nextMaturityAt: string | null
  disputedHolds: number
}

/** What is owed to each creator, and when more of it becomes payable. */
export function CreatorBalances({
  creators,
  timeZone,
}: {
  creators: CreatorBalanceItem[]
  timeZone: string
}) {
  const { t } = useTranslation()
  return (
    <Card padding="0">
      <Box padding="400">
        <Text as="h2" variant="headingMd">
          {t('ledger.balances.creators')}
        </Text>
      </Box>
      {creators.length === 0 ? (
        <EmptyResult title={t('ledger.balances.emptyTitle')} body={t('ledger.balances.emptyBody')} />
      ) : (
        <RecordTable
          caption={t('ledger.balances.creators')}
          rows={creators}
          rowKey={(row) => `${row.creatorId} ${row.currency}`}
          columns={[
            {
              id: 'creator',
              width: 34,
              heading: t('ledger.balances.creator'),
              cell: (row) => <CreatorCell row={row} />,
            },
            {
              id: 'held',
              width: 16,
              heading: t('ledger.balances.held'),
              end: true,
              cell: (row) => <Money minor={row.heldMinor} currency={row.currency} />,
            },
            {
              id: 'payable',
              width: 15,
              heading: t('ledger.balances.payable'),
              end: true,
              cell: (row) => <Money minor={row.payableMinor} currency={row.currency} />,
            },
            {
              id: 'total',
              width: 15,
              heading: t('ledger.balances.total'),
              end: true,
              cell: (row) => <Money minor={row.totalMinor} currency={row.currency} />,
            },
            {
              id: 'next',
              width: 20,
              heading: t('ledger.balances.next'),
              subdued: true,
              cell: (row) =>
                row.nextMaturityAt ? <DateText at={row.nextMaturityAt} timeZone={timeZone} /> : null,
            },
          ]}
        />
      )}
    </Card>
  )
}

function CreatorCell({ row }: { row: CreatorBalanceItem }) {
  const { t } = useTranslation()
  return (
    <InlineStack gap="200" blockAlign="center">
      <Link to={`/app/ledger?creator=${row.creatorId}`}>{row.name || t('common.unknownCreator')}</Link>
      {row.disputedHolds > 0 ? (
        <Badge tone="warning">{t('ledger.balances.disputed', { count: row.disputedHolds })}</Badge>
      ) : null}
    </InlineStack>
  )
}
