import '../layout/fact-list.css'
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
  reserveMinor: string
  advanceMinor: string
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
          wide
          caption={t('ledger.balances.creators')}
          rows={creators}
          rowKey={(row) => `${row.creatorId} ${row.currency}`}
          columns={[
            {
              id: 'creator',
              width: 22,
              heading: t('ledger.balances.creator'),
              cell: (row) => <CreatorCell row={row} />,
            },
            {
              id: 'held',
              width: 13,
              heading: t('ledger.balances.held'),
              end: true,
              cell: (row) => <Figure row={row} bucket="held" minor={row.heldMinor} />,
            },
            {
              id: 'payable',
              width: 13,
              heading: t('ledger.balances.payable'),
              end: true,
              cell: (row) => <Figure row={row} bucket="available" minor={row.payableMinor} />,
            },
            {
              id: 'reserve',
              width: 12,
              heading: t('ledger.balances.reserve'),
              end: true,
              cell: (row) => <Figure row={row} bucket="reserve" minor={row.reserveMinor} />,
            },
            {
              id: 'total',
              width: 13,
              heading: t('ledger.balances.total'),
              end: true,
              cell: (row) => (
                <Link
                  className="fil-link"
                  to={`/app/ledger/history?creator=${row.creatorId}&currency=${row.currency}`}
                >
                  <Money minor={row.totalMinor} currency={row.currency} />
                </Link>
              ),
            },
            {
              id: 'advance',
              width: 12,
              heading: t('ledger.balances.advance'),
              end: true,
              cell: (row) => <Figure row={row} bucket="advance" minor={row.advanceMinor} />,
            },
            {
              id: 'next',
              width: 15,
              heading: t('ledger.balances.next'),
              subdued: true,
              cell: (row) =>
                row.nextMaturityAt ? (
                  <Link className="fil-link" to={`/app/ledger/maturities?creator=${row.creatorId}`}>
                    <DateText at={row.nextMaturityAt} timeZone={timeZone} />
                  </Link>
                ) : null,
            },
          ]}
        />
      )}
    </Card>
  )
}

/** A balance that opens to its postings. Nothing opens to nothing. */
function Figure({ row, bucket, minor }: { row: CreatorBalanceItem; bucket: string; minor: string }) {
  const { creatorId, currency } = row
  const money = <Money minor={minor} currency={currency} dashForZero />
  if (minor === '0') return money
  return (
    <Link className="fil-link" to={`/app/ledger?creator=${creatorId}&account=${bucket}&currency=${currency}`}>
      {money}
    </Link>
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
