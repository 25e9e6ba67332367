import '../layout/fact-list.css'
import { Link } from '@remix-run/react'
import { Badge, BlockStack, Box, Button, Card, Text } from '@shopify/polaris'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DateText } from '../figures/date-text.tsx'
import { Money, useMoneyText } from '../figures/money.tsx'
import { EmptyResult } from '../layout/empty-result.tsx'
import { type RecordColumn, RecordTable } from '../layout/record-table.tsx'
import { ResolveSuspense } from './resolve-suspense.tsx'

export interface SuspenseItem {
  id: string
  orderName: string | null
  orderId: string
  placedAt: string | null
  reason: string
  amountMinor: string
  currency: string
  shopifyTotalMinor: string | null
  salesTotalMinor: string
  sales: number
  openedAt: string
  resolvedAt: string | null
  resolvedBy: string | null
  adjustment: {
    status: 'proposed' | 'posted'
    reason: string
    account: string
    journalSeq: string | null
  } | null
}

export interface SuspenseItemsProps {
  open: SuspenseItem[]
  resolved: SuspenseItem[]
  balances: Array<{ currency: string; balanceMinor: string }>
  timeZone: string
  /** Accounts that may take a difference. */
  accounts: readonly string[]
  /** A fresh id for the form: sending it twice asks once. */
  formId: string
}

/** Differences that wait for an explanation, and those that found one. */
export function SuspenseItems({ open, resolved, balances, timeZone, accounts, formId }: SuspenseItemsProps) {
  const { t } = useTranslation()
  const money = useMoneyText()
  const [asked, setAsked] = useState<SuspenseItem | null>(null)
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
                <Link
                  key={currency}
                  className="fil-link"
                  to={`/app/ledger?account=suspense&currency=${currency}`}
                >
                  {t('ledger.suspense.balance', { amount: money(String(-BigInt(balanceMinor)), currency) })}
                </Link>
              ))}
          </BlockStack>
        </Box>
        {open.length === 0 ? (
          <EmptyResult title={t('ledger.suspense.emptyTitle')} body={t('ledger.suspense.emptyBody')} />
        ) : (
          <RecordTable
            wide
            caption={t('ledger.suspense.open')}
            rows={open}
            rowKey={(row) => row.id}
            columns={[
              ...columns,
              {
                id: 'resolve',
                width: 16,
                heading: t('ledger.suspense.resolve'),
                end: true,
                cell: (row) =>
                  row.adjustment ? (
                    <Badge tone="attention">{t('ledger.suspense.proposed')}</Badge>
                  ) : (
                    <Button size="slim" onClick={() => setAsked(row)}>
                      {t('ledger.suspense.resolveAction')}
                    </Button>
                  ),
              },
            ]}
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
            wide
            caption={t('ledger.suspense.resolved')}
            rows={resolved}
            rowKey={(row) => row.id}
            columns={[
              ...columns,
              {
                id: 'how',
                width: 16,
                heading: t('ledger.suspense.how'),
                cell: (row) => <Resolution item={row} timeZone={timeZone} />,
              },
            ]}
          />
        </Card>
      ) : null}
      {asked ? (
        <ResolveSuspense
          key={asked.id}
          item={asked}
          accounts={accounts}
          formId={formId}
          onClose={() => setAsked(null)}
        />
      ) : null}
    </BlockStack>
  )
}

function Resolution({ item, timeZone }: { item: SuspenseItem; timeZone: string }) {
  const { t } = useTranslation()
  const seq = item.adjustment?.journalSeq
  return (
    <>
      {seq ? (
        <Link className="fil-link" to={`/app/ledger/journals/${seq}`}>
          {t('ledger.suspense.byJournal', { seq })}
        </Link>
      ) : (
        t('ledger.suspense.tiedOut')
      )}
      {item.resolvedAt ? (
        <div>
          <DateText at={item.resolvedAt} timeZone={timeZone} />
        </div>
      ) : null}
    </>
  )
}

function useColumns(timeZone: string): RecordColumn<SuspenseItem>[] {
  const { t } = useTranslation()
  return [
    {
      id: 'order',
      width: 12,
      heading: t('ledger.suspense.order'),
      cell: (row) =>
        row.orderName ? (
          <Link className="fil-link" to={`/app/ledger?order=${encodeURIComponent(row.orderName)}`}>
            {row.orderName}
          </Link>
        ) : (
          row.orderId
        ),
    },
    {
      id: 'reason',
      width: 22,
      heading: t('ledger.suspense.reason'),
      cell: (row) => t(`ledger.suspense.reasons.${row.reason}`, { defaultValue: row.reason }),
    },
    {
      id: 'opened',
      width: 12,
      heading: t('ledger.suspense.opened'),
      subdued: true,
      cell: (row) => <DateText at={row.openedAt} timeZone={timeZone} />,
    },
    {
      id: 'shopify',
      width: 13,
      heading: t('ledger.suspense.shopifySays'),
      end: true,
      cell: (row) =>
        row.shopifyTotalMinor === null ? null : (
          <Money minor={row.shopifyTotalMinor} currency={row.currency} />
        ),
    },
    {
      id: 'sales',
      width: 13,
      heading: t('ledger.suspense.salesSay'),
      end: true,
      cell: (row) => <Money minor={row.salesTotalMinor} currency={row.currency} />,
    },
    {
      id: 'amount',
      width: 12,
      heading: t('ledger.suspense.amount'),
      end: true,
      cell: (row) => <Money minor={row.amountMinor} currency={row.currency} />,
    },
  ]
}
