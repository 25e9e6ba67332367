import { Link } from '@remix-run/react'
import { Card } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { DateText } from '../figures/date-text.tsx'
import { Money } from '../figures/money.tsx'
import { EmptyResult } from '../layout/empty-result.tsx'
import { ListPager } from '../layout/list-pager.tsx'
import { RecordTable } from '../layout/record-table.tsx'
import { usePageIsLoading } from '../layout/use-page-is-loading.ts'
import { JournalFilters, type JournalFilterValues } from './journal-filters.tsx'
import { journalWords } from './journal-words.ts'

export interface JournalListItem {
  seq: string
  kind: string
  action: string | null
  lineType: string | null
  title: string
  effectiveAt: string
  orderName: string | null
  currency: string
  saleMinor: string | null
  royaltyMinor: string | null
  creators: string[]
}

export interface JournalListProps {
  rows: JournalListItem[]
  newerThan: string | null
  olderThan: string | null
  filtered: boolean
  creatorOptions: Array<{ id: string; name: string }>
  periodOptions: string[]
  kinds: readonly string[]
  timeZone: string
  filters: JournalFilterValues
}

export function JournalList(props: JournalListProps) {
  const { rows, newerThan, olderThan, filtered, timeZone } = props
  const { t } = useTranslation()
  const loading = usePageIsLoading()
  return (
    <Card padding="0">
      <JournalFilters {...props} />
      {rows.length === 0 && !loading ? (
        <EmptyResult
          title={filtered ? t('ledger.list.nothingFoundTitle') : t('ledger.list.emptyTitle')}
          body={filtered ? t('ledger.list.nothingFoundBody') : t('ledger.list.emptyBody')}
          {...(filtered ? { action: { label: t('common.clearFilters'), url: '/app/ledger' } } : {})}
        />
      ) : (
        <JournalTable rows={rows} loading={loading} timeZone={timeZone} />
      )}
      {rows.length > 0 ? (
        <ListPager
          label={t('ledger.list.paging')}
          previous={newerThan ? { after: newerThan } : null}
          next={olderThan ? { before: olderThan } : null}
          places={['after', 'before']}
        />
      ) : null}
    </Card>
  )
}

function JournalTable({
  rows,
  loading,
  timeZone,
}: {
  rows: JournalListItem[]
  loading: boolean
  timeZone: string
}) {
  const { t } = useTranslation()
  return (
    <RecordTable
      wide
      caption={t('ledger.list.caption')}
      rows={rows}
      loading={loading}
      rowKey={(row) => row.seq}
      columns={[
        {
          id: 'journal',
          width: 10,
          heading: t('ledger.list.journal'),
          cell: (row) => (
            <Link to={`/app/ledger/journals/${row.seq}`}>{t('ledger.list.number', { seq: row.seq })}</Link>
          ),
        },
        {
          id: 'date',
          width: 12,
          heading: t('ledger.list.date'),
          subdued: true,
          cell: (row) => <DateText at={row.effectiveAt} timeZone={timeZone} />,
        },
        { id: 'what', width: 29, heading: t('ledger.list.what'), cell: (row) => journalWords(t, row) },
        { id: 'order', width: 9, heading: t('ledger.list.order'), cell: (row) => row.orderName },
        {
          id: 'creators',
          width: 19,
          heading: t('ledger.list.creators'),
          cell: (row) => row.creators.join(', ') || null,
        },
        {
          id: 'sale',
          width: 11,
          heading: t('ledger.list.sale'),
          end: true,
          cell: (row) =>
            row.saleMinor === null ? null : <Money minor={row.saleMinor} currency={row.currency} />,
        },
        {
          id: 'royalty',
          width: 10,
          heading: t('ledger.list.royalty'),
          end: true,
          cell: (row) =>
            row.royaltyMinor === null ? null : <Money minor={row.royaltyMinor} currency={row.currency} />,
        },
      ]}
    />
  )
}
