import { BlockStack, InlineStack, Link, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { followerBand } from '#app/domain/creators/follower-band.ts'
import type { CreatorListQuery } from '#app/features/creators/creator-list-query.ts'
import type { CreatorListRow, CreatorListView } from '#app/features/creators/creator-list-view.server.ts'
import { Money } from '../figures/money.tsx'
import { StatusBadge } from '../figures/status-badge.tsx'
import type { ListControlsProps } from '../layout/list-controls.tsx'
import { RecordList } from '../layout/record-list.tsx'
import type { RecordColumn } from '../layout/record-table.tsx'

export function CreatorList({ view, query }: { view: CreatorListView; query: CreatorListQuery }) {
  const { t } = useTranslation()
  const columns = useColumns(view.currency)
  return (
    <RecordList
      controls={useControls(view, query)}
      caption={t('creators.list.caption')}
      columns={columns}
      rows={view.rows}
      rowKey={(row) => row.id}
      page={view.page}
      pageCount={view.pageCount}
      beginning={
        view.counts.all > 0
          ? null
          : {
              title: t('creators.list.emptyTitle'),
              body: t('creators.list.emptyBody'),
              action: { label: t('creators.add'), url: '/app/creators/new' },
            }
      }
      nothingFound={{ title: t('creators.list.nothingTitle'), body: t('creators.list.nothingBody') }}
    />
  )
}

function useControls(view: CreatorListView, query: CreatorListQuery): ListControlsProps {
  const { t } = useTranslation()
  return {
    search: query.search,
    searchLabel: t('creators.list.search'),
    segments: {
      param: 'status',
      label: t('creators.list.columns.status'),
      value: query.status,
      options: (['active', 'archived', 'all'] as const).map((value) => ({
        value,
        label: t(`creators.list.tabs.${value}`, { count: view.counts[value] }),
      })),
    },
    selects: [
      {
        param: 'agreement',
        label: t('creators.list.agreementFilter'),
        value: query.agreement,
        options: ['any', 'with', 'without'].map((value) => ({
          value,
          label: t(`creators.list.agreement.${value}`),
        })),
      },
      {
        param: 'sort',
        label: t('creators.list.sort'),
        value: query.sort,
        options: ['name', 'newest', 'balance'].map((value) => ({
          value,
          label: t(`creators.list.sorts.${value}`),
        })),
      },
    ],
  }
}

function useColumns(currency: string): RecordColumn<CreatorListRow>[] {
  const { t } = useTranslation()
  return [
    {
      id: 'name',
      width: 26,
      heading: t('creators.list.columns.name'),
      cell: (row) => (
        <BlockStack>
          <InlineStack gap="200" blockAlign="center">
            <Link url={`/app/creators/${row.id}`} removeUnderline monochrome>
              <Text as="span" fontWeight="semibold">
                {row.name}
              </Text>
            </Link>
            {row.status === 'archived' ? <StatusBadge status="archived" /> : null}
          </InlineStack>
          <Text as="span" tone="subdued" fontWeight="regular">
            {row.handle}
          </Text>
        </BlockStack>
      ),
    },
    {
      id: 'contact',
      width: 26,
      heading: t('creators.list.columns.contact'),
      cell: (row) => row.email,
      subdued: true,
    },
    {
      id: 'reach',
      width: 15,
      heading: t('creators.list.columns.reach'),
      cell: (row) => t(`creators.band.${followerBand(row.followerCount)}`),
    },
    {
      id: 'agreements',
      width: 18,
      heading: t('creators.list.columns.agreements'),
      cell: (row) => <AgreementCount row={row} />,
    },
    {
      id: 'balance',
      width: 15,
      heading: t('creators.list.columns.balance'),
      end: true,
      cell: (row) => <Money minor={row.balanceMinor} currency={currency} dashForZero />,
    },
  ]
}

function AgreementCount({ row }: { row: CreatorListRow }) {
  const { t } = useTranslation()
  const parts = [
    row.activeAgreements > 0 ? t('creators.list.activeAgreements', { count: row.activeAgreements }) : '',
    row.openOffers > 0 ? t('creators.list.offersOpen', { count: row.openOffers }) : '',
  ].filter(Boolean)
  return parts.length > 0 ? parts.join(', ') : t('common.none')
}
