import '../layout/fact-list.css'
import { Link } from '@remix-run/react'
import { BlockStack, Box, Card, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { BarChart } from '../figures/bar-chart.tsx'
import { formatPeriod } from '../figures/format-date.ts'
import { Money } from '../figures/money.tsx'
import { EmptyResult } from '../layout/empty-result.tsx'
import { FilterForm, FilterSelect } from '../layout/filter-form.tsx'
import { type RecordColumn, RecordTable } from '../layout/record-table.tsx'

type Bucket = 'held' | 'available' | 'reserve' | 'advance'
const BUCKETS: Bucket[] = ['held', 'available', 'reserve', 'advance']

export interface BalanceMonthItem {
  month: string
  isClosed: boolean
  balance: Record<Bucket, string>
  moved: Record<Bucket, string>
  owedMinor: string
}

export interface BalanceHistoryProps {
  creator: { id: string; name: string } | null
  creatorOptions: Array<{ id: string; name: string }>
  currency: string
  currencies: string[]
  months: BalanceMonthItem[]
}

/** What creators were owed at each month's end, as a chart and as figures that open to their postings. */
export function BalanceHistory({
  creator,
  creatorOptions,
  currency,
  currencies,
  months,
}: BalanceHistoryProps) {
  const { t, i18n } = useTranslation()
  return (
    <BlockStack gap="400">
      <Card padding="0">
        <FilterForm
          label={t('ledger.history.filter')}
          clearTo="/app/ledger/history"
          filtered={creator !== null}
        >
          <FilterSelect
            name="creator"
            label={t('ledger.filters.creator')}
            anyLabel={t('ledger.filters.anyCreator')}
            value={creator?.id ?? ''}
            options={creatorOptions.map(({ id, name }) => ({ value: id, label: name }))}
          />
          {currencies.length > 1 ? (
            <FilterSelect
              name="currency"
              label={t('ledger.history.currency')}
              anyLabel={t('ledger.history.shopCurrency')}
              value={currency}
              options={currencies.map((code) => ({ value: code, label: code }))}
            />
          ) : null}
        </FilterForm>
        {months.length === 0 ? (
          <EmptyResult title={t('ledger.balances.emptyTitle')} body={t('ledger.balances.emptyBody')} />
        ) : (
          <Box padding="400" paddingBlockStart="0">
            <BlockStack gap="300">
              <Text as="h2" variant="headingMd">
                {creator ? t('ledger.history.titleOf', { creator: creator.name }) : t('ledger.history.title')}
              </Text>
              <BarChart
                key={creator?.id ?? 'all'}
                caption={t('ledger.history.caption')}
                pointHeading={t('ledger.history.month')}
                wholeName={t('ledger.balances.total')}
                partName={t('ledger.balances.payable')}
                currency={currency}
                points={months.slice(-12).map((month) => ({
                  key: month.month,
                  label: formatPeriod(month.month, 'month-short', i18n.language),
                  title: formatPeriod(month.month, 'month', i18n.language),
                  whole: month.owedMinor,
                  part: month.balance.available,
                }))}
              />
            </BlockStack>
          </Box>
        )}
      </Card>
      {months.length > 0 ? (
        <MonthTable months={months} currency={currency} creatorId={creator?.id ?? null} />
      ) : null}
    </BlockStack>
  )
}

interface MonthTableProps {
  months: BalanceMonthItem[]
  currency: string
  creatorId: string | null
}

function MonthTable({ months, currency, creatorId }: MonthTableProps) {
  const { t, i18n } = useTranslation()
  const url = (bucket: Bucket, range: Record<string, string>) =>
    `/app/ledger?${new URLSearchParams({ ...(creatorId ? { creator: creatorId } : {}), account: bucket, currency, ...range })}`
  const columns: RecordColumn<BalanceMonthItem>[] = [
    {
      id: 'month',
      width: 20,
      heading: t('ledger.history.month'),
      cell: (row) => (
        <>
          {formatPeriod(row.month, 'month', i18n.language)}
          {row.isClosed ? null : (
            <Text as="span" tone="subdued">
              {' '}
              {t('ledger.history.running')}
            </Text>
          )}
        </>
      ),
    },
    ...BUCKETS.map((bucket) => ({
      id: bucket,
      width: 17,
      heading: t(`ledger.history.bucket.${bucket}`),
      end: true,
      cell: (row: BalanceMonthItem) => (
        <span className="fil-two-lines">
          <Opened to={url(bucket, { until: row.month })} minor={row.balance[bucket]} currency={currency} />
          <small>
            <Opened
              to={url(bucket, { period: row.month })}
              minor={row.moved[bucket]}
              currency={currency}
              sign
            />
          </small>
        </span>
      ),
    })),
    {
      id: 'owed',
      width: 12,
      heading: t('ledger.balances.total'),
      end: true,
      cell: (row) => <Money minor={row.owedMinor} currency={currency} />,
    },
  ]
  return (
    <Card padding="0">
      <Box padding="400">
        <Text as="h2" variant="headingMd">
          {t('ledger.history.byMonth')}
        </Text>
        <Text as="p" tone="subdued" variant="bodySm">
          {t('ledger.history.hint')}
        </Text>
      </Box>
      <RecordTable
        wide
        caption={t('ledger.history.byMonth')}
        rows={months.toReversed()}
        rowKey={(row) => row.month}
        columns={columns}
      />
    </Card>
  )
}

/** A figure that opens to its postings; a plain dash when there are none. */
function Opened({
  to,
  minor,
  currency,
  sign = false,
}: {
  to: string
  minor: string
  currency: string
  sign?: boolean
}) {
  if (minor === '0') return <>—</>
  return (
    <Link className="fil-link" to={to}>
      {sign && !minor.startsWith('-') ? '+' : ''}
      <Money minor={minor} currency={currency} />
    </Link>
  )
}
