import { Box, Card, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { formatPercent } from '#app/domain/money/percent.ts'
import { DateText } from '../figures/date-text.tsx'
import { Money } from '../figures/money.tsx'
import { RecordTable } from '../layout/record-table.tsx'

export interface EntryItem {
  creatorName: string
  title: string
  soldOn: string
  shareBps: number
  units: number
  netMinor: string
  royaltyMinor: string
}

/** What the journal adds to the creators' statements and tiers: one row for each agreement. */
export function JournalEntries({ entries, currency }: { entries: EntryItem[]; currency: string }) {
  const { t, i18n } = useTranslation()
  return (
    <Card padding="0">
      <Box padding="400">
        <Text as="h2" variant="headingMd">
          {t('ledger.journal.entries')}
        </Text>
      </Box>
      <RecordTable
        caption={t('ledger.journal.entries')}
        rows={entries}
        rowKey={(row) => `${row.creatorName} ${row.shareBps} ${row.royaltyMinor} ${row.netMinor}`}
        columns={[
          {
            id: 'creator',
            width: 30,
            heading: t('ledger.balances.creator'),
            cell: (row) => row.creatorName || t('common.unknownCreator'),
          },
          {
            id: 'soldOn',
            width: 18,
            heading: t('ledger.journal.soldOn'),
            subdued: true,
            cell: (row) => <DateText at={row.soldOn} />,
          },
          {
            id: 'share',
            width: 12,
            heading: t('ledger.journal.share'),
            end: true,
            cell: (row) => (row.shareBps === 0 ? null : formatPercent(row.shareBps, i18n.language)),
          },
          {
            id: 'units',
            width: 10,
            heading: t('ledger.journal.units'),
            end: true,
            cell: (row) => (row.units === 0 ? null : row.units),
          },
          {
            id: 'net',
            width: 15,
            heading: t('ledger.journal.net'),
            end: true,
            cell: (row) => <Money minor={row.netMinor} currency={currency} dashForZero />,
          },
          {
            id: 'royalty',
            width: 15,
            heading: t('ledger.list.royaltyOnly'),
            end: true,
            cell: (row) => <Money minor={row.royaltyMinor} currency={currency} />,
          },
        ]}
      />
    </Card>
  )
}
