import { Badge, BlockStack, Card } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { GiftListView, GiftYear } from '#app/features/gifts/gift-list-view.server.ts'
import { DateText } from '../figures/date-text.tsx'
import { Money, useMoneyText } from '../figures/money.tsx'
import { EmptyResult } from '../layout/empty-result.tsx'
import { RecordTable } from '../layout/record-table.tsx'
import { CreatorPayoutsLink } from '../payouts/creator-payouts-link.tsx'
import { PayoutBadge } from '../payouts/payout-badge.tsx'

export function GiftTables({ view }: { view: GiftListView }) {
  const { t } = useTranslation()
  if (view.gifts.length === 0) {
    return (
      <Card padding="0">
        <EmptyResult title={t('payouts.gifts.emptyTitle')} body={t('payouts.gifts.emptyBody')} />
      </Card>
    )
  }
  return (
    <BlockStack gap="400">
      {view.years.length > 0 ? (
        <Card padding="0">
          <RecordTable
            caption={t('payouts.gifts.yearCaption', { year: view.year })}
            rows={view.years}
            rowKey={(row) => `${row.creatorId} ${row.currency}`}
            columns={[
              {
                id: 'creator',
                heading: t('payouts.gifts.thisYear', { year: view.year }),
                cell: (row) => <CreatorPayoutsLink {...row} />,
              },
              {
                id: 'gifts',
                end: true,
                heading: t('payouts.tabs.gifts'),
                cell: (row) => <Money minor={row.giftsMinor} currency={row.currency} />,
              },
              {
                id: 'total',
                end: true,
                heading: t('payouts.gifts.withPay'),
                cell: (row) => <Money minor={row.totalMinor} currency={row.currency} />,
              },
              {
                id: 'threshold',
                heading: t('payouts.gifts.contract'),
                cell: (row) => <Threshold row={row} />,
              },
            ]}
          />
        </Card>
      ) : null}
      <Card padding="0">
        <RecordTable
          caption={t('payouts.gifts.caption')}
          rows={view.gifts}
          rowKey={(row) => row.id}
          columns={[
            {
              id: 'creator',
              heading: t('payouts.preview.creator'),
              cell: (row) => <CreatorPayoutsLink {...row} />,
            },
            { id: 'what', heading: t('payouts.gifts.description'), cell: (row) => row.description },
            {
              id: 'given',
              heading: t('payouts.gifts.givenOn'),
              cell: (row) => <DateText at={row.givenOn} />,
            },
            {
              id: 'value',
              end: true,
              heading: t('payouts.gifts.value'),
              cell: (row) => <Money minor={row.amountMinor} currency={row.currency} />,
            },
            {
              id: 'status',
              heading: t('payouts.list.status'),
              cell: (row) => <PayoutBadge status={row.status} />,
            },
          ]}
        />
      </Card>
    </BlockStack>
  )
}

function Threshold({ row }: { row: GiftYear }) {
  const { t } = useTranslation()
  const money = useMoneyText()
  if (!row.threshold) return <>—</>
  const { status, amountMinor, measuredMinor } = row.threshold
  const tone = status === 'reached' ? 'critical' : status === 'near' ? 'attention' : 'success'
  return (
    <Badge tone={tone}>
      {t(`payouts.gifts.threshold.${status}`, {
        amount: money(amountMinor, row.currency),
        measured: money(measuredMinor, row.currency),
      })}
    </Badge>
  )
}
