import '../layout/fact-list.css'
import { Link } from '@remix-run/react'
import { Badge, BlockStack, Box, Card, InlineStack, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { BarChart } from '../figures/bar-chart.tsx'
import { DateText } from '../figures/date-text.tsx'
import { formatLocalDate } from '../figures/format-date.ts'
import { Money, useMoneyText } from '../figures/money.tsx'
import { EmptyResult } from '../layout/empty-result.tsx'
import { type RecordColumn, RecordTable } from '../layout/record-table.tsx'

interface Amounts {
  heldMinor: string
  reserveMinor: string
  awardMinor: string
  totalMinor: string
}

export interface MaturitiesProps {
  creator: { id: string; name: string } | null
  currency: string
  timeZone: string
  weeks: Array<Amounts & { week: string; isDue: boolean; lines: number }>
  creators: Array<Amounts & { creatorId: string; name: string; nextAt: string; frozenMinor: string }>
  totalMinor: string
  frozenMinor: string
}

const WEEKS_IN_CHART = 16

/** What becomes payable in the coming weeks, and for whom. */
export function Maturities(props: MaturitiesProps) {
  const { creator, currency, timeZone, weeks, creators, totalMinor, frozenMinor } = props
  const { t, i18n } = useTranslation()
  const money = useMoneyText()
  if (creators.length === 0) {
    return (
      <Card>
        <EmptyResult
          title={t('ledger.maturities.emptyTitle')}
          body={t('ledger.maturities.emptyBody')}
          {...(creator
            ? { action: { label: t('ledger.maturities.all'), url: '/app/ledger/maturities' } }
            : {})}
        />
      </Card>
    )
  }
  return (
    <BlockStack gap="400">
      <Card>
        <BlockStack gap="300">
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <Text as="h2" variant="headingMd">
              {creator
                ? t('ledger.maturities.titleOf', { creator: creator.name })
                : t('ledger.maturities.title')}
            </Text>
            {creator ? (
              <Link className="fil-link" to="/app/ledger/maturities">
                {t('ledger.maturities.all')}
              </Link>
            ) : null}
          </InlineStack>
          <Text as="p" tone="subdued">
            {t('ledger.maturities.intro', { amount: money(totalMinor, currency) })}{' '}
            {frozenMinor === '0'
              ? ''
              : t('ledger.maturities.frozen', { amount: money(frozenMinor, currency) })}
          </Text>
          {weeks.length > 0 ? (
            <BarChart
              key={creator?.id ?? 'all'}
              rests="first"
              caption={t('ledger.maturities.caption')}
              pointHeading={t('ledger.maturities.week')}
              wholeName={t('ledger.maturities.total')}
              partName={t('ledger.maturities.reserve')}
              currency={currency}
              points={weeks.slice(0, WEEKS_IN_CHART).map((week, index, shown) => ({
                key: week.week,
                // Sixteen dates do not fit side by side on a phone.
                label:
                  shown.length > 8 && index % 2 === 1
                    ? ''
                    : formatLocalDate(week.week, 'short', i18n.language),
                title: t('ledger.maturities.weekOf', {
                  date: formatLocalDate(week.week, 'date', i18n.language),
                }),
                whole: week.totalMinor,
                part: week.reserveMinor,
              }))}
            />
          ) : null}
        </BlockStack>
      </Card>
      {weeks.length > 0 ? <WeekTable weeks={weeks} currency={currency} /> : null}
      {creator ? null : <CreatorTable creators={creators} currency={currency} timeZone={timeZone} />}
    </BlockStack>
  )
}

function WeekTable({ weeks, currency }: Pick<MaturitiesProps, 'weeks' | 'currency'>) {
  const { t, i18n } = useTranslation()
  return (
    <Card padding="0">
      <Box padding="400">
        <Text as="h2" variant="headingMd">
          {t('ledger.maturities.byWeek')}
        </Text>
      </Box>
      <RecordTable
        caption={t('ledger.maturities.byWeek')}
        rows={weeks}
        rowKey={(row) => row.week}
        columns={[
          {
            id: 'week',
            width: 32,
            heading: t('ledger.maturities.week'),
            cell: (row) => (
              <InlineStack gap="200">
                {t('ledger.maturities.weekOf', { date: formatLocalDate(row.week, 'date', i18n.language) })}
                {row.isDue ? <Badge tone="attention">{t('ledger.maturities.due')}</Badge> : null}
              </InlineStack>
            ),
          },
          ...useAmountColumns<MaturitiesProps['weeks'][number]>(currency, 17),
        ]}
      />
    </Card>
  )
}

function CreatorTable({
  creators,
  currency,
  timeZone,
}: Pick<MaturitiesProps, 'creators' | 'currency' | 'timeZone'>) {
  const { t } = useTranslation()
  const money = useMoneyText()
  return (
    <Card padding="0">
      <Box padding="400">
        <Text as="h2" variant="headingMd">
          {t('ledger.maturities.byCreator')}
        </Text>
      </Box>
      <RecordTable
        wide
        caption={t('ledger.maturities.byCreator')}
        rows={creators}
        rowKey={(row) => row.creatorId}
        columns={[
          {
            id: 'creator',
            width: 26,
            heading: t('ledger.balances.creator'),
            cell: (row) => (
              <InlineStack gap="200">
                <Link className="fil-link" to={`/app/ledger/maturities?creator=${row.creatorId}`}>
                  {row.name || t('common.unknownCreator')}
                </Link>
                {row.frozenMinor === '0' ? null : (
                  <Badge tone="warning">
                    {t('ledger.maturities.waits', { amount: money(row.frozenMinor, currency) })}
                  </Badge>
                )}
              </InlineStack>
            ),
          },
          {
            id: 'next',
            width: 18,
            heading: t('ledger.balances.next'),
            subdued: true,
            cell: (row) => <DateText at={row.nextAt} timeZone={timeZone} />,
          },
          ...useAmountColumns<MaturitiesProps['creators'][number]>(currency, 14),
        ]}
      />
    </Card>
  )
}

function useAmountColumns<Row extends Amounts>(currency: string, width: number): RecordColumn<Row>[] {
  const { t } = useTranslation()
  return (['held', 'reserve', 'award', 'total'] as const).map((name) => ({
    id: name,
    width,
    heading: t(`ledger.maturities.${name}`),
    end: true,
    cell: (row) => <Money minor={row[`${name}Minor`]} currency={currency} dashForZero />,
  }))
}
