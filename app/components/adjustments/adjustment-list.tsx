import { Link } from '@remix-run/react'
import { BlockStack, Card, InlineStack, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type {
  AdjustmentListView,
  AdjustmentRow,
} from '#app/features/adjustments/adjustment-list-view.server.ts'
import { DateText } from '../figures/date-text.tsx'
import { Money } from '../figures/money.tsx'
import { EmptyResult } from '../layout/empty-result.tsx'
import { FilterForm, FilterSelect } from '../layout/filter-form.tsx'
import { ListPager } from '../layout/list-pager.tsx'
import { type RecordColumn, RecordTable } from '../layout/record-table.tsx'
import { usePageIsLoading } from '../layout/use-page-is-loading.ts'
import { CreatorPayoutsLink } from '../payouts/creator-payouts-link.tsx'
import { PayoutBadge } from '../payouts/payout-badge.tsx'
import { Person } from '../payouts/person.tsx'
import { ProposalActions } from '../payouts/proposal-actions.tsx'

export interface AdjustmentListProps {
  view: AdjustmentListView
  filters: { status: string; kind: string }
  me: string
}

export function AdjustmentList({ view, filters, me }: AdjustmentListProps) {
  const { t } = useTranslation()
  const loading = usePageIsLoading()
  const columns = useColumns(view, me)
  const filtered = filters.status !== '' || filters.kind !== ''
  const option = (group: string) => (value: string) => ({ value, label: t(`${group}.${value}`) })
  return (
    <Card padding="0">
      <FilterForm
        label={t('payouts.adjustments.filter')}
        clearTo="/app/payouts/adjustments"
        filtered={filtered}
      >
        <FilterSelect
          name="status"
          label={t('payouts.list.status')}
          anyLabel={t('common.all')}
          value={filters.status}
          options={['proposed', 'posted', 'rejected'].map(option('payouts.status'))}
        />
        <FilterSelect
          name="kind"
          label={t('payouts.adjustments.kind')}
          anyLabel={t('common.all')}
          value={filters.kind}
          options={['creator_correction', 'answer', 'suspense', 'gift'].map(
            option('payouts.adjustments.kinds'),
          )}
        />
      </FilterForm>
      {view.rows.length === 0 && !loading ? (
        <EmptyResult
          title={t('payouts.adjustments.emptyTitle')}
          body={t('payouts.adjustments.emptyBody')}
          action={{ label: t('payouts.adjustments.propose'), url: '/app/payouts/adjustments/new' }}
        />
      ) : (
        <RecordTable
          wide
          caption={t('payouts.adjustments.caption')}
          rows={view.rows}
          rowKey={(row) => row.id}
          loading={loading}
          columns={columns}
        />
      )}
      <ListPager
        label={t('payouts.adjustments.paging')}
        previous={view.page > 1 ? { page: String(view.page - 1) } : null}
        next={view.page < view.pageCount ? { page: String(view.page + 1) } : null}
        places={['page']}
      />
    </Card>
  )
}

function useColumns(view: AdjustmentListView, me: string): RecordColumn<AdjustmentRow>[] {
  const { t } = useTranslation()
  return [
    {
      id: 'about',
      width: 20,
      heading: t('payouts.adjustments.about'),
      cell: (row) => (
        <BlockStack gap="050">
          <Text as="span">{t(`payouts.adjustments.kinds.${row.kind}`)}</Text>
          {row.creatorId ? (
            <CreatorPayoutsLink creatorId={row.creatorId} creatorName={row.creatorName ?? ''} />
          ) : (
            <span>{row.orderName}</span>
          )}
        </BlockStack>
      ),
    },
    { id: 'reason', width: 26, heading: t('payouts.adjustments.reason'), cell: (row) => row.reason },
    {
      id: 'amount',
      width: 13,
      end: true,
      heading: t('payouts.adjustments.amount'),
      cell: (row) => <Money minor={row.amountMinor} currency={row.currency} />,
    },
    {
      id: 'proposed',
      width: 15,
      heading: t('payouts.adjustments.asked'),
      subdued: true,
      cell: (row) => (
        <BlockStack gap="050">
          <DateText at={row.proposedAt} timeZone={view.timeZone} />
          <span>
            <Person actor={row.proposedBy} me={me} />
          </span>
        </BlockStack>
      ),
    },
    {
      id: 'status',
      width: 26,
      heading: t('payouts.list.status'),
      cell: (row) => <Standing row={row} />,
    },
  ]
}

function Standing({ row }: { row: AdjustmentRow }) {
  const { t } = useTranslation()
  return (
    <BlockStack gap="100">
      <InlineStack gap="200" blockAlign="center">
        <PayoutBadge status={row.status} />
        {row.journalSeq ? (
          <Link to={`/app/ledger/journals/${row.journalSeq}`}>
            {t('payouts.run.journal', { seq: row.journalSeq })}
          </Link>
        ) : null}
      </InlineStack>
      {row.status === 'proposed' ? (
        <ProposalActions
          fields={{ adjustmentId: row.id }}
          about={row.creatorName ?? row.orderName ?? row.reason}
          mayAgree={row.mayDecide}
          agree={{ label: t('payouts.adjustments.post'), done: 'payouts.done.posted' }}
          reject={{ label: t('payouts.adjustments.reject'), done: 'payouts.done.rejected' }}
        />
      ) : null}
    </BlockStack>
  )
}
