import { Link } from '@remix-run/react'
import { BlockStack, Box, Card, InlineGrid, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { formatPercent } from '#app/domain/money/percent.ts'
import { FigureCard } from '../figures/figure-card.tsx'
import { formatInstant, formatPeriod } from '../figures/format-date.ts'
import { Money, useMoneyText } from '../figures/money.tsx'
import { EmptyResult } from '../layout/empty-result.tsx'
import { RecordTable } from '../layout/record-table.tsx'
import { type CreatorChange, CreatorChanges } from './creator-changes.tsx'
import { PairedBars } from './paired-bars.tsx'

export interface SimulationItem {
  currency: string
  since: string
  lines: number
  linesChanged: number
  months: Array<{ month: string; netMinor: string; keptActualMinor: string; keptSimulatedMinor: string }>
  creators: CreatorChange[]
  worstMonth: { month: string; creatorsBps: number } | null
  worstLine: { title: string; creatorsBps: number } | null
  awardsMinor: string
  totals: { netMinor: string; keptActualMinor: string; keptSimulatedMinor: string }
}

/** Parts of net in basis points; null of nothing. */
function bpsOf(part: string, whole: string): number | null {
  const net = BigInt(whole)
  return net > 0n ? Number((BigInt(part) * 10_000n) / net) : null
}

/** What the terms would have paid: the merchant's margin before and after, the worst case, and every creator by month. */
export function SimulationOutcome({ result, timeZone }: { result: SimulationItem; timeZone: string }) {
  const { t, i18n } = useTranslation()
  if (result.lines === 0) {
    return (
      <Card>
        <EmptyResult title={t('simulator.noSalesTitle')} body={t('simulator.noSalesBody')} />
      </Card>
    )
  }
  const cost = (month: { netMinor: string }, kept: string) => String(BigInt(month.netMinor) - BigInt(kept))
  return (
    <BlockStack gap="400">
      <Summary result={result} timeZone={timeZone} />
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            {t('simulator.chartTitle')}
          </Text>
          <PairedBars
            caption={t('simulator.chartCaption')}
            beforeName={t('simulator.before')}
            afterName={t('simulator.after')}
            currency={result.currency}
            points={result.months.map((month) => ({
              key: month.month,
              label: formatPeriod(month.month, 'month-short', i18n.language),
              title: formatPeriod(month.month, 'month', i18n.language),
              before: cost(month, month.keptActualMinor),
              after: cost(month, month.keptSimulatedMinor),
            }))}
          />
        </BlockStack>
      </Card>
      <CreatorChanges creators={result.creators} currency={result.currency} />
      <MonthTable result={result} />
    </BlockStack>
  )
}

function Summary({ result, timeZone }: { result: SimulationItem; timeZone: string }) {
  const { t, i18n } = useTranslation()
  const money = useMoneyText()
  const { totals, currency, worstMonth, worstLine } = result
  const percent = (bps: number | null) => (bps === null ? '–' : formatPercent(bps, i18n.language))
  const difference = String(BigInt(totals.keptSimulatedMinor) - BigInt(totals.keptActualMinor))
  return (
    <InlineGrid columns={{ xs: 1, sm: 2, lg: 4 }} gap="300">
      <FigureCard
        label={t('simulator.marginBefore')}
        value={percent(bpsOf(totals.keptActualMinor, totals.netMinor))}
        hint={t('simulator.keptOf', {
          kept: money(totals.keptActualMinor, currency),
          net: money(totals.netMinor, currency),
        })}
      />
      <FigureCard
        label={t('simulator.marginAfter')}
        value={percent(bpsOf(totals.keptSimulatedMinor, totals.netMinor))}
        hint={t('simulator.keptOf', {
          kept: money(totals.keptSimulatedMinor, currency),
          net: money(totals.netMinor, currency),
        })}
      />
      <FigureCard
        label={t('simulator.difference')}
        value={money(difference, currency)}
        hint={t('simulator.linesChangedSince', {
          changed: result.linesChanged,
          lines: result.lines,
          date: formatInstant(result.since, 'date', i18n.language, timeZone),
        })}
        note={
          result.awardsMinor === '0'
            ? undefined
            : t('simulator.awards', { amount: money(result.awardsMinor, currency) })
        }
      />
      <FigureCard
        label={t('simulator.worst')}
        value={worstMonth ? percent(worstMonth.creatorsBps) : '–'}
        hint={
          worstMonth
            ? t('simulator.worstMonth', { month: formatPeriod(worstMonth.month, 'month', i18n.language) })
            : t('simulator.noWorst')
        }
        note={
          worstLine
            ? t('simulator.worstLine', { title: worstLine.title, percent: percent(worstLine.creatorsBps) })
            : undefined
        }
      />
    </InlineGrid>
  )
}

function MonthTable({ result }: { result: SimulationItem }) {
  const { t, i18n } = useTranslation()
  const { currency } = result
  const money = (minor: string) => <Money minor={minor} currency={currency} />
  const percent = (part: string, whole: string) => {
    const bps = bpsOf(part, whole)
    return bps === null ? '–' : formatPercent(bps, i18n.language)
  }
  return (
    <Card padding="0">
      <Box padding="400">
        <Text as="h2" variant="headingMd">
          {t('simulator.byMonth')}
        </Text>
      </Box>
      <RecordTable
        wide
        caption={t('simulator.byMonth')}
        rows={result.months}
        rowKey={(row) => row.month}
        columns={[
          {
            id: 'month',
            width: 22,
            heading: t('simulator.month'),
            cell: (row) => (
              <Link className="fil-link" to={`/app/ledger?period=${row.month}&kind=sale`}>
                {formatPeriod(row.month, 'month', i18n.language)}
              </Link>
            ),
          },
          {
            id: 'net',
            width: 16,
            heading: t('simulator.net'),
            end: true,
            cell: (row) => money(row.netMinor),
          },
          {
            id: 'keptBefore',
            width: 18,
            heading: t('simulator.keptBefore'),
            end: true,
            cell: (row) => money(row.keptActualMinor),
          },
          {
            id: 'keptAfter',
            width: 18,
            heading: t('simulator.keptAfter'),
            end: true,
            cell: (row) => money(row.keptSimulatedMinor),
          },
          {
            id: 'marginBefore',
            width: 13,
            heading: t('simulator.marginBefore'),
            end: true,
            cell: (row) => percent(row.keptActualMinor, row.netMinor),
          },
          {
            id: 'marginAfter',
            width: 13,
            heading: t('simulator.marginAfter'),
            end: true,
            cell: (row) => percent(row.keptSimulatedMinor, row.netMinor),
          },
        ]}
      />
    </Card>
  )
}
