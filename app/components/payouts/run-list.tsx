import { Link } from '@remix-run/react'
import { Card } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { RunListRow, RunListView } from '#app/features/payouts/run-list-view.server.ts'
import { DateText } from '../figures/date-text.tsx'
import { Money } from '../figures/money.tsx'
import { EmptyResult } from '../layout/empty-result.tsx'
import { ListPager } from '../layout/list-pager.tsx'
import { type RecordColumn, RecordTable } from '../layout/record-table.tsx'
import { usePageIsLoading } from '../layout/use-page-is-loading.ts'
import { PayoutBadge } from './payout-badge.tsx'

export function RunList({ rows, page, pageCount }: Pick<RunListView, 'rows' | 'page' | 'pageCount'>) {
  const { t } = useTranslation()
  const loading = usePageIsLoading()
  const columns = useColumns()
  return (
    <Card padding="0">
      {rows.length === 0 && !loading ? (
        <EmptyResult
          title={t('payouts.list.emptyTitle')}
          body={t('payouts.list.emptyBody')}
          action={{ label: t('payouts.list.create'), url: '/app/payouts/new' }}
        />
      ) : (
        <RecordTable
          wide
          caption={t('payouts.list.caption')}
          rows={rows}
          rowKey={(row) => row.id}
          loading={loading}
          columns={columns}
        />
      )}
      <ListPager
        label={t('payouts.list.paging')}
        previous={page > 1 ? { page: String(page - 1) } : null}
        next={page < pageCount ? { page: String(page + 1) } : null}
        places={['page']}
      />
    </Card>
  )
}

function useColumns(): RecordColumn<RunListRow>[] {
  const { t } = useTranslation()
  return [
    {
      id: 'number',
      width: 14,
      heading: t('payouts.list.run'),
      cell: (row) => (
        <Link to={`/app/payouts/${row.id}`}>{t('payouts.run.title', { number: row.number })}</Link>
      ),
    },
    {
      id: 'status',
      width: 16,
      heading: t('payouts.list.status'),
      cell: (row) => <PayoutBadge status={row.status} />,
    },
    {
      id: 'execute',
      width: 18,
      heading: t('payouts.list.executeOn'),
      cell: (row) => <DateText at={row.executeOn} />,
    },
    {
      id: 'payouts',
      width: 14,
      heading: t('payouts.list.payouts'),
      end: true,
      cell: (row) => row.payouts,
    },
    {
      id: 'open',
      width: 20,
      heading: t('payouts.list.onItsWay'),
      cell: (row) => (
        <>
          {row.onItsWay > 0 ? t('payouts.list.waiting', { count: row.onItsWay }) : null}
          {row.onItsWay > 0 && row.failed > 0 ? ', ' : null}
          {row.failed > 0 ? t('payouts.list.failed', { count: row.failed }) : null}
          {row.onItsWay + row.failed === 0 ? '—' : null}
        </>
      ),
    },
    {
      id: 'net',
      width: 18,
      heading: t('payouts.list.net'),
      end: true,
      cell: (row) => <Money minor={row.netMinor} currency={row.currency} />,
    },
  ]
}
