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
      <ListPager
        label={t('ledger.list.paging')}
        previous={newerThan ? { after: newerThan } : null}
        next={olderThan ? { before: olderThan } : null}
        places={['after', 'before']}
      />
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
        { id: 'what', width: 32, heading: t('ledger.list.what'), cell: (row) => <What row={row} /> },
        { id: 'order', width: 9, heading: t('ledger.list.order'), cell: (row) => row.orderName },
        {
          id: 'creators',
          width: 17,
          heading: t('ledger.list.creators'),
          cell: (row) => row.creators.join(', ') || null,
        },
        {
          id: 'sale',
          width: 10,
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

/** "Sale · Moonstone ring"; for other kinds what the journal is. */
function What({ row }: { row: Pick<JournalListItem, 'kind' | 'action' | 'lineType' | 'title'> }) {
  const { t } = useTranslation()
  const kind =
    row.kind === 'sale' && row.action
      ? t(`ledger.action.${row.action}`, { defaultValue: row.action })
      : t(`ledger.kind.${row.kind}`, { defaultValue: row.kind })
  const about = row.title || (row.lineType ? t(`ledger.lineType.${row.lineType}`, { defaultValue: '' }) : '')
  return <>{about ? `${kind} · ${about}` : kind}</>
}
