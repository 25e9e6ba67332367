import { Link, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { formatPercent } from '#app/domain/money/percent.ts'
import type { AgreementListQuery } from '#app/features/agreements/agreement-list-query.ts'
import type {
  AgreementListRow,
  AgreementListView,
} from '#app/features/agreements/agreement-list-view.server.ts'
import { DateText } from '../figures/date-text.tsx'
import { StatusBadge } from '../figures/status-badge.tsx'
import type { ListControlsProps } from '../layout/list-controls.tsx'
import { RecordList } from '../layout/record-list.tsx'
import type { RecordColumn } from '../layout/record-table.tsx'

export interface AgreementListProps {
  view: AgreementListView
  query: AgreementListQuery
  timeZone: string
}

export function AgreementList({ view, query, timeZone }: AgreementListProps) {
  const { t } = useTranslation()
  const columns = useColumns(timeZone)
  const all = Object.values(view.counts).reduce((sum, count) => sum + count, 0)
  return (
    <RecordList
      controls={useControls(view, query, all)}
      caption={t('agreements.title')}
      columns={columns}
      rows={view.rows}
      rowKey={(row) => row.id}
      page={view.page}
      pageCount={view.pageCount}
      beginning={
        all > 0
          ? null
          : {
              title: t('agreements.list.emptyTitle'),
              body: t('agreements.list.emptyBody'),
              action: { label: t('agreements.add'), url: '/app/agreements/new' },
            }
      }
      nothingFound={{ title: t('agreements.list.nothingTitle'), body: t('agreements.list.nothingBody') }}
    />
  )
}

function useControls(view: AgreementListView, query: AgreementListQuery, all: number): ListControlsProps {
  const { t } = useTranslation()
  const count = (status: string) => (status === 'all' ? all : (view.counts[status] ?? 0))
  return {
    search: query.search,
    searchLabel: t('agreements.list.search'),
    segments: {
      param: 'role',
      label: t('agreements.list.columns.role'),
      value: query.role,
      options: ['any', 'promoter', 'design_owner'].map((value) => ({
        value,
        label: t(`agreements.list.roles.${value}`),
      })),
    },
    selects: [
      {
        param: 'status',
        label: t('agreements.list.columns.status'),
        value: query.status,
        options: ['all', 'draft', 'offered', 'active', 'declined', 'ended'].map((value) => ({
          value,
          label: t('agreements.list.withCount', {
            label: value === 'all' ? t('agreements.list.anyStatus') : t(`status.${value}`),
            count: count(value),
          }),
        })),
      },
    ],
  }
}

function useColumns(timeZone: string): RecordColumn<AgreementListRow>[] {
  const { t, i18n } = useTranslation()
  return [
    {
      id: 'title',
      width: 31,
      heading: t('agreements.list.columns.title'),
      cell: (row) => (
        <Link url={`/app/agreements/${row.id}`} removeUnderline monochrome>
          <Text as="span" fontWeight="semibold">
            {row.title}
          </Text>
        </Link>
      ),
    },
    {
      id: 'creator',
      width: 18,
      heading: t('agreements.list.columns.creator'),
      cell: (row) => (
        <Link url={`/app/creators/${row.creatorId}`} removeUnderline monochrome>
          {row.creatorName}
        </Link>
      ),
    },
    {
      id: 'role',
      width: 15,
      heading: t('agreements.list.columns.role'),
      cell: (row) => t(`common.role.${row.role}`),
    },
    {
      id: 'status',
      width: 12,
      heading: t('agreements.list.columns.status'),
      cell: (row) => <StatusBadge status={row.status} />,
    },
    {
      id: 'created',
      width: 13,
      heading: t('agreements.list.columns.created'),
      cell: (row) => <DateText at={row.createdAt} timeZone={timeZone} />,
      subdued: true,
    },
    {
      id: 'share',
      width: 11,
      heading: t('agreements.list.columns.share'),
      end: true,
      cell: (row) => (row.shareBps === null ? '—' : formatPercent(row.shareBps, i18n.language)),
    },
  ]
}
