import { BlockStack, Card, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { BarChart } from '../figures/bar-chart.tsx'
import { formatPeriod } from '../figures/format-date.ts'

export interface SalesChartProps {
  months: Array<{ month: string; netMinor: string; royaltyMinor: string }>
  currency: string
}

/** Twelve months of attributed net sales, with the part that went to creators. */
export function SalesChart({ months, currency }: SalesChartProps) {
  const { t, i18n } = useTranslation()
  const isEmpty = months.every((month) => month.netMinor === '0' && month.royaltyMinor === '0')
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('home.chart.title')}
        </Text>
        <BarChart
          caption={t('home.chart.caption')}
          pointHeading={t('home.chart.month')}
          wholeName={t('home.chart.net')}
          partName={t('home.chart.royalties')}
          currency={currency}
          points={months.map(({ month, netMinor, royaltyMinor }) => ({
            key: month,
            label: formatPeriod(month, 'month-short', i18n.language),
            title: formatPeriod(month, 'month', i18n.language),
            whole: netMinor,
            part: royaltyMinor,
          }))}
        />
        {isEmpty ? (
          <Text as="p" tone="subdued">
            {t('home.chart.empty')}
          </Text>
        ) : null}
      </BlockStack>
    </Card>
  )
}
