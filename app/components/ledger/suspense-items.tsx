import { Link } from '@remix-run/react'
import { BlockStack, Box, Card, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { DateText } from '../figures/date-text.tsx'
import { Money, useMoneyText } from '../figures/money.tsx'
import { EmptyResult } from '../layout/empty-result.tsx'
import { type RecordColumn, RecordTable } from '../layout/record-table.tsx'

interface Item {
  id: string
  orderName: string | null
  orderId: string
  reason: string
  amountMinor: string
  currency: string
  openedAt: string
  resolvedAt: string | null
}

export interface SuspenseItemsProps {
  open: Item[]
  resolved: Item[]
  balances: Array<{ currency: string; balanceMinor: string }>
  timeZone: string
}

/** Differences that wait for an explanation, and those that found one. */
export function SuspenseItems({ open, resolved, balances, timeZone }: SuspenseItemsProps) {
  const { t } = useTranslation()
  const money = useMoneyText()
  const columns = useColumns(timeZone)
  return (
    <BlockStack gap="400">
      <Card padding="0">
        <Box padding="400">
          <BlockStack gap="100">
            <Text as="h2" variant="headingMd">
              {t('ledger.suspense.open')}
            </Text>
            <Text as="p" tone="subdued">
              {t('ledger.suspense.intro')}
            </Text>
            {balances
              .filter(({ balanceMinor }) => balanceMinor !== '0')
              .map(({ currency, balanceMinor }) => (
                <Text as="p" key={currency} fontWeight="semibold">
                  {t('ledger.suspense.balance', { amount: money(String(-BigInt(balanceMinor)), currency) })}
                </Text>
              ))}
          </BlockStack>
        </Box>
        {open.length === 0 ? (
          <EmptyResult title={t('ledger.suspense.emptyTitle')} body={t('ledger.suspense.emptyBody')} />
        ) : (
          <RecordTable
            caption={t('ledger.suspense.open')}
            rows={open}
            rowKey={(row) => row.id}
            columns={columns}
          />
        )}
      </Card>
      {resolved.length > 0 ? (
        <Card padding="0">
          <Box padding="400">
            <Text as="h2" variant="headingMd">
              {t('ledger.suspense.resolved')}
            </Text>
          </Box>
          <RecordTable
            caption={t('ledger.suspense.resolved')}
            rows={resolved}
            rowKey={(row) => row.id}
            columns={columns}
          />
        </Card>
      ) : null}
    </BlockStack>
  )
}

function useColumns(timeZone: string): RecordColumn<Item>[] {
  const { t } = useTranslation()
  return [
    {
      id: 'order',
      width: 12,
      heading: t('ledger.suspense.order'),
      cell: (row) =>
        row.orderName ? (
          <Link to={`/app/ledger?order=${encodeURIComponent(row.orderName)}`}>{row.orderName}</Link>
        ) : (
          row.orderId
        ),
    },
    {
      id: 'reason',
      width: 42,
      heading: t('ledger.suspense.reason'),
      cell: (row) => t(`ledger.suspense.reasons.${row.reason}`, { defaultValue: row.reason }),
    },
    {
      id: 'opened',
      width: 14,
      heading: t('ledger.suspense.opened'),
      subdued: true,
      cell: (row) => <DateText at={row.openedAt} timeZone={timeZone} />,
    },
    {
      id: 'resolved',
      width: 14,
      heading: t('ledger.suspense.resolvedAt'),
      subdued: true,
      cell: (row) => (row.resolvedAt ? <DateText at={row.resolvedAt} timeZone={timeZone} /> : null),
    },
    {
      id: 'amount',
      width: 18,
      heading: t('ledger.suspense.amount'),
      end: true,
      cell: (row) => <Money minor={row.amountMinor} currency={row.currency} />,
    },
  ]
}
