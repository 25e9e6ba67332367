import { Link, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { DropListQuery } from '#app/features/drops/drop-list-query.ts'
import type { DropListRow, DropListView } from '#app/features/drops/drop-list-view.server.ts'
import { DateText } from '../figures/date-text.tsx'
import type { ListControlsProps } from '../layout/list-controls.tsx'
import { RecordList } from '../layout/record-list.tsx'
import type { RecordColumn } from '../layout/record-table.tsx'
import { DropBadge } from './drop-badge.tsx'

export function DropList({ view, query }: { view: DropListView; query: DropListQuery }) {
  const { t } = useTranslation()
  const columns = useColumns(view.timeZone)
  const all = Object.values(view.counts).reduce((sum, count) => sum + count, 0)
  return (
    <RecordList
      controls={useControls(view, query, all)}
      caption={t('drops.title')}
      columns={columns}
      rows={view.rows}
      rowKey={(row) => row.id}
      page={view.page}
      pageCount={view.pageCount}
      beginning={
        all > 0
          ? null
          : {
              title: t('drops.list.emptyTitle'),
              body: t('drops.list.emptyBody'),
              action: { label: t('drops.add'), url: '/app/drops/new' },
            }
      }
      nothingFound={{ title: t('drops.list.nothingTitle'), body: t('drops.list.nothingBody') }}
    />
  )
}

const STATUSES = ['all', 'live', 'held', 'scheduled', 'draft', 'closed', 'aborted']
/** Always on the page; the others while there is something of them. */
const SEGMENTS = ['all', 'live', 'scheduled', 'draft', 'closed'] as const

function useControls(view: DropListView, query: DropListQuery, all: number): ListControlsProps {
  const { t } = useTranslation()
  const count = (status: string) => (status === 'all' ? all : (view.counts[status] ?? 0))
  const shown = STATUSES.filter(
    (status) => SEGMENTS.some((known) => known === status) || status === query.status || count(status) > 0,
  )
  return {
    search: query.search,
    searchLabel: t('drops.list.search'),
    segments: {
      param: 'status',
      label: t('drops.list.columns.status'),
      value: query.status,
      options: shown.map((value) => ({
        value,
        label: t('agreements.list.withCount', {
          label: value === 'all' ? t('common.all') : t(`drops.status.${value}`),
          count: count(value),
        }),
      })),
    },
    selects: [],
  }
}

function useColumns(timeZone: string): RecordColumn<DropListRow>[] {
  const { t } = useTranslation()
  return [
    {
      id: 'title',
      width: 22,
      heading: t('drops.list.columns.title'),
      cell: (row) => (
        <Link url={`/app/drops/${row.id}`} removeUnderline monochrome>
          <Text as="span" fontWeight="semibold">
            {row.title}
          </Text>
        </Link>
      ),
    },
    {
      id: 'status',
      width: 11,
      heading: t('drops.list.columns.status'),
      cell: (row) => <DropBadge status={row.status} />,
    },
    {
      id: 'opens',
      width: 16,
      heading: t('drops.list.columns.opens'),
      cell: (row) => (row.opensAt ? <DateText at={row.opensAt} timeZone={timeZone} style="time" /> : '—'),
    },
    {
      id: 'next',
      width: 18,
      heading: t('drops.list.columns.next'),
      cell: (row) =>
        row.next ? (
          <span className="fil-two-lines">
            {t(`drops.act.${row.next.kind}`)}
            <small>
              <DateText at={row.next.at} timeZone={timeZone} style="time" />
            </small>
          </span>
        ) : (
          '—'
        ),
    },
    {
      id: 'pieces',
      width: 20,
      heading: t('drops.list.columns.pieces'),
      cell: (row) =>
        row.heroTitle === null
          ? '—'
          : row.offers > 1
            ? t('drops.list.andMore', { hero: row.heroTitle, count: row.offers - 1 })
            : row.heroTitle,
      subdued: true,
    },
    {
      id: 'creator',
      width: 13,
      heading: t('drops.list.columns.creator'),
      cell: (row) => row.creatorName ?? '—',
      subdued: true,
    },
  ]
}
