import { Link } from '@remix-run/react'
import { Card } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { DateText } from '../figures/date-text.tsx'
import { formatPeriod } from '../figures/format-date.ts'
import { Money } from '../figures/money.tsx'
import { StatusBadge } from '../figures/status-badge.tsx'
import { EmptyResult } from '../layout/empty-result.tsx'
import { FilterForm, FilterSelect } from '../layout/filter-form.tsx'
import { ListPager } from '../layout/list-pager.tsx'
import { type RecordColumn, RecordTable } from '../layout/record-table.tsx'
import { usePageIsLoading } from '../layout/use-page-is-loading.ts'

export interface StatementListItem {
  id: string
  number: string
  creatorName: string
  period: string
  issuedAt: string
  currency: string
  royaltiesMinor: string
  closingMinor: string
  payableMinor: string
  mailStatus: string
}

export interface StatementListProps {
  rows: StatementListItem[]
  page: number
  pageCount: number
  filtered: boolean
  creatorOptions: Array<{ id: string; name: string }>
  periodOptions: string[]
  timeZone: string
  filters: { creator: string; period: string }
}

export function StatementList(props: StatementListProps) {
  const { rows, page, pageCount, filtered, timeZone } = props
  const { t } = useTranslation()
  const loading = usePageIsLoading()
  const columns = useColumns(timeZone)
  return (
    <Card padding="0">
      <StatementFilters {...props} />
      {rows.length === 0 && !loading ? (
        <EmptyResult
          title={filtered ? t('statements.list.nothingFoundTitle') : t('statements.list.emptyTitle')}
          body={filtered ? t('statements.list.nothingFoundBody') : t('statements.list.emptyBody')}
          {...(filtered ? { action: { label: t('common.clearFilters'), url: '/app/statements' } } : {})}
        />
      ) : (
        <RecordTable
          wide
          caption={t('statements.list.caption')}
          rows={rows}
          rowKey={(row) => row.id}
          loading={loading}
          columns={columns}
        />
      )}
      {rows.length > 0 ? (
        <ListPager
          label={t('statements.list.paging')}
          previous={page > 1 ? { page: String(page - 1) } : null}
          next={page < pageCount ? { page: String(page + 1) } : null}
          places={['page']}
        />
      ) : null}
    </Card>
  )
}

function StatementFilters({ filtered, creatorOptions, periodOptions, filters }: StatementListProps) {
  const { t, i18n } = useTranslation()
  return (
    <FilterForm label={t('statements.filters.label')} clearTo="/app/statements" filtered={filtered}>
      <FilterSelect
        name="creator"
        label={t('statements.filters.creator')}
        anyLabel={t('statements.filters.anyCreator')}
        value={filters.creator}
        options={creatorOptions.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <FilterSelect
        name="period"
        label={t('statements.filters.period')}
        anyLabel={t('statements.filters.anyPeriod')}
        value={filters.period}
        options={periodOptions.map((label) => ({
          value: label,
          label: formatPeriod(label, 'month', i18n.language),
        }))}
      />
    </FilterForm>
  )
}

function useColumns(timeZone: string): RecordColumn<StatementListItem>[] {
  const { t, i18n } = useTranslation()
  const money = (id: 'royalties' | 'closing' | 'payable'): RecordColumn<StatementListItem> => ({
    id,
    width: 11,
    heading: t(`statements.list.${id}`),
    end: true,
    cell: (row) => <Money minor={row[`${id}Minor`]} currency={row.currency} />,
  })
  return [
    {
      id: 'number',
      width: 13,
      heading: t('statements.list.number'),
      cell: (row) => <Link to={`/app/statements/${row.id}`}>{row.number}</Link>,
    },
    {
      id: 'creator',
      width: 17,
      heading: t('statements.list.creator'),
      cell: (row) => row.creatorName || t('common.unknownCreator'),
    },
    {
      id: 'period',
      width: 14,
      heading: t('statements.list.period'),
      cell: (row) => formatPeriod(row.period, 'month', i18n.language),
    },
    {
      id: 'issued',
      width: 12,
      heading: t('statements.list.issued'),
      subdued: true,
      cell: (row) => <DateText at={row.issuedAt} timeZone={timeZone} />,
    },
    money('royalties'),
    money('closing'),
    money('payable'),
    {
      id: 'mail',
      width: 11,
      heading: t('statements.list.mail'),
      cell: (row) => <StatusBadge status={row.mailStatus} />,
    },
  ]
}
