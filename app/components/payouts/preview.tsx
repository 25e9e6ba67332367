import { useSearchParams } from '@remix-run/react'
import { Banner, BlockStack, Card, Checkbox, InlineGrid, Select, Text, TextField } from '@shopify/polaris'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MOST_PAYOUTS } from '#app/domain/payouts/method-limits.ts'
import type { PreviewRow, PreviewView } from '#app/features/payouts/preview-view.server.ts'
import { formatInstant } from '../figures/format-date.ts'
import { Money, useMoneyText } from '../figures/money.tsx'
import { EmptyResult } from '../layout/empty-result.tsx'
import { type RecordColumn, RecordTable } from '../layout/record-table.tsx'
import { CreatorPayoutsLink } from './creator-payouts-link.tsx'
import { MethodText } from './method-text.tsx'

export interface PreviewChoice {
  chosen: ReadonlySet<string>
  executeOn: string
  setExecuteOn: (date: string) => void
  toggle: (creatorId: string, isChosen: boolean) => void
  rows: PreviewRow[]
}

/** Everybody who is ready is chosen at first, as far as one run goes; who has a reason against it must be chosen by hand. */
export function usePreviewChoice(view: PreviewView): PreviewChoice {
  const ready = view.rows.filter(({ verdict }) => verdict === 'ready').map(({ creatorId }) => creatorId)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(ready.slice(0, MOST_PAYOUTS)))
  const [executeOn, setExecuteOn] = useState(view.today)
  const toggle = (creatorId: string, isChosen: boolean) =>
    setChosen((current) => {
      const next = new Set(current)
      if (isChosen) next.add(creatorId)
      else next.delete(creatorId)
      return next
    })
  const rows = view.rows.filter((row) => chosen.has(row.creatorId) && row.verdict !== 'blocked')
  return { chosen, executeOn, setExecuteOn, toggle, rows }
}

export function Preview({
  view,
  choice,
  problem,
}: {
  view: PreviewView
  choice: PreviewChoice
  problem: string | undefined
}) {
  const { t } = useTranslation()
  const payable = view.rows.filter(({ verdict }) => verdict !== 'blocked')
  const blocked = view.rows.filter(({ verdict }) => verdict === 'blocked')
  return (
    <BlockStack gap="400">
      {problem ? <Banner tone="critical">{problem}</Banner> : null}
      <RunFacts view={view} choice={choice} />
      <Card padding="0">
        {payable.length === 0 ? (
          <EmptyResult title={t('payouts.preview.nobodyTitle')} body={t('payouts.preview.nobodyBody')} />
        ) : (
          <PayableTable rows={payable} view={view} choice={choice} />
        )}
      </Card>
      {blocked.length > 0 ? (
        <Card padding="0">
          <BlockedTable rows={blocked} view={view} />
        </Card>
      ) : null}
    </BlockStack>
  )
}

function RunFacts({ view, choice }: { view: PreviewView; choice: PreviewChoice }) {
  const { t } = useTranslation()
  const [, setParams] = useSearchParams()
  const money = useMoneyText()
  const total = choice.rows.reduce((sum, row) => sum + BigInt(row.netMinor), 0n)
  return (
    <Card>
      <InlineGrid columns={{ xs: 1, md: 3 }} gap="400">
        <TextField
          type="date"
          label={t('payouts.preview.executeOn')}
          helpText={t('payouts.preview.executeOnHelp')}
          min={view.today}
          value={choice.executeOn}
          onChange={choice.setExecuteOn}
          autoComplete="off"
        />
        <Select
          label={t('payouts.preview.currency')}
          helpText={t('payouts.preview.currencyHelp')}
          options={view.currencies}
          value={view.currency}
          onChange={(currency) => setParams({ currency })}
        />
        <BlockStack gap="100">
          <Text as="span" tone="subdued">
            {t('payouts.preview.total', { count: choice.rows.length })}
          </Text>
          <Text as="p" variant="headingLg">
            {money(String(total), view.currency)}
          </Text>
          <Text as="span" tone="subdued">
            {t('payouts.preview.approvals', { count: view.approvals })}
          </Text>
        </BlockStack>
      </InlineGrid>
    </Card>
  )
}

function PayableTable({
  rows,
  view,
  choice,
}: {
  rows: PreviewRow[]
  view: PreviewView
  choice: PreviewChoice
}) {
  const { t } = useTranslation()
  const reasons = useReasons(view)
  const columns: RecordColumn<PreviewRow>[] = [
    {
      id: 'creator',
      width: 26,
      heading: t('payouts.preview.creator'),
      cell: (row) => (
        <Checkbox
          label={row.creatorName}
          checked={choice.chosen.has(row.creatorId)}
          onChange={(checked) => choice.toggle(row.creatorId, checked)}
        />
      ),
    },
    {
      id: 'method',
      width: 20,
      heading: t('payouts.preview.method'),
      cell: (row) => (row.method ? <MethodText {...row.method} /> : '—'),
    },
    money('gross', t('payouts.preview.gross'), view.currency),
    money('withheld', t('payouts.preview.withheld'), view.currency),
    money('net', t('payouts.preview.net'), view.currency),
    {
      id: 'against',
      width: 21,
      heading: t('payouts.preview.against'),
      cell: (row) => (row.exceptions.length === 0 ? '—' : reasons(row)),
    },
  ]
  return (
    <RecordTable
      wide
      caption={t('payouts.preview.caption')}
      rows={rows}
      rowKey={(row) => row.creatorId}
      columns={columns}
    />
  )
}

function BlockedTable({ rows, view }: { rows: PreviewRow[]; view: PreviewView }) {
  const { t } = useTranslation()
  const reasons = useReasons(view)
  return (
    <RecordTable
      caption={t('payouts.preview.blockedCaption')}
      rows={rows}
      rowKey={(row) => row.creatorId}
      columns={[
        {
          id: 'creator',
          width: 30,
          heading: t('payouts.preview.notPaid'),
          cell: (row) => <CreatorPayoutsLink {...row} />,
        },
        {
          id: 'balance',
          width: 20,
          end: true,
          heading: t('payouts.preview.available'),
          cell: (row) => <Money minor={row.availableMinor} currency={view.currency} />,
        },
        { id: 'why', width: 50, heading: t('payouts.preview.why'), cell: reasons },
      ]}
    />
  )
}

function money(
  name: 'gross' | 'withheld' | 'net',
  heading: string,
  currency: string,
): RecordColumn<PreviewRow> {
  return {
    id: name,
    width: 11,
    heading,
    end: true,
    cell: (row) => <Money minor={row[`${name}Minor`]} currency={currency} dashForZero />,
  }
}

/** The reasons against paying somebody, each with the figure or date that it is about. */
function useReasons(view: PreviewView): (row: PreviewRow) => string {
  const { t, i18n } = useTranslation()
  const text = useMoneyText()
  return (row) =>
    row.exceptions
      .map((reason) =>
        t(`payouts.exception.${reason}`, {
          minimum: row.minimumMinor === null ? '' : text(row.minimumMinor, view.currency),
          pending: text(row.pendingMinor, view.currency),
          note: row.riskHoldReason ?? '',
          date: row.method?.holdUntil
            ? formatInstant(row.method.holdUntil, 'date', i18n.language, view.timeZone)
            : '',
        }),
      )
      .join(' ')
}
