import { Badge, BlockStack, Card } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { INCOME_TYPES } from '#app/domain/tax/income-type.ts'
import type { TaxYearRow } from '#app/features/tax/tax-year-view.server.ts'
import { Money, useMoneyText } from '../figures/money.tsx'
import { EmptyResult } from '../layout/empty-result.tsx'
import { type RecordColumn, RecordTable } from '../layout/record-table.tsx'
import { CreatorPayoutsLink } from './creator-payouts-link.tsx'

const formTones = {
  not_needed: 'info',
  on_file: 'success',
  missing: 'critical',
  expired: 'critical',
} as const

/** Each creator's year by kind of income, with the form and the thresholds. */
export function TaxTable({ rows }: { rows: TaxYearRow[] }) {
  const { t } = useTranslation()
  const columns: RecordColumn<TaxYearRow>[] = [
    {
      id: 'creator',
      width: 15,
      heading: t('payouts.preview.creator'),
      cell: (row) => <CreatorPayoutsLink {...row} />,
    },
    {
      id: 'form',
      width: 10,
      heading: t('payouts.tax.form'),
      cell: (row) => (
        <Badge tone={formTones[row.formStatus]}>{t(`payouts.tax.formStatus.${row.formStatus}`)}</Badge>
      ),
    },
    ...INCOME_TYPES.map(
      (type): RecordColumn<TaxYearRow> => ({
        id: type,
        width: 11,
        end: true,
        heading: t(`payouts.income.${type}`),
        cell: (row) => <Money minor={row.paid[type]} currency={row.currency} dashForZero />,
      }),
    ),
    {
      id: 'total',
      width: 11,
      end: true,
      heading: t('payouts.tax.total'),
      cell: (row) => <Money minor={row.totalMinor} currency={row.currency} />,
    },
    // A column only where something was withheld.
    ...(rows.some(({ withheldMinor }) => withheldMinor !== '0')
      ? [
          {
            id: 'withheld',
            width: 10,
            end: true,
            heading: t('payouts.tax.withheld'),
            cell: (row: TaxYearRow) => (
              <Money minor={row.withheldMinor} currency={row.currency} dashForZero />
            ),
          },
        ]
      : []),
    {
      id: 'thresholds',
      width: 20,
      heading: t('payouts.tax.thresholds'),
      cell: (row) => <Thresholds row={row} />,
    },
  ]
  return (
    <Card padding="0">
      {rows.length === 0 ? (
        <EmptyResult title={t('payouts.tax.emptyTitle')} body={t('payouts.tax.emptyBody')} />
      ) : (
        <RecordTable
          wide
          caption={t('payouts.tax.caption')}
          rows={rows}
          rowKey={(row) => `${row.creatorId} ${row.currency}`}
          columns={columns}
        />
      )}
    </Card>
  )
}

function Thresholds({ row }: { row: TaxYearRow }) {
  const { t } = useTranslation()
  const money = useMoneyText()
  const shown = row.thresholds.filter(({ status }) => status !== 'below')
  if (shown.length === 0) return <>—</>
  return (
    <BlockStack gap="050">
      {shown.map(({ key, status, thresholdMinor }) => (
        <Badge key={key} tone={status === 'reached' ? 'warning' : 'attention'}>
          {t(`payouts.tax.threshold.${status}`, { key, amount: money(thresholdMinor, row.currency) })}
        </Badge>
      ))}
    </BlockStack>
  )
}
