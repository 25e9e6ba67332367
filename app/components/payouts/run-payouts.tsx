import { Link } from '@remix-run/react'
import { BlockStack, Button, Card, InlineStack, Text, TextField } from '@shopify/polaris'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RunPayoutView, RunView } from '#app/features/payouts/run-view.server.ts'
import { RowAction } from '../creators/row-action.tsx'
import { Money } from '../figures/money.tsx'
import { QuestionModal } from '../layout/question-modal.tsx'
import { type RecordColumn, RecordTable } from '../layout/record-table.tsx'
import { CreatorPayoutsLink } from './creator-payouts-link.tsx'
import { MethodText } from './method-text.tsx'
import { PayoutBadge } from './payout-badge.tsx'
import { usePostForm } from './use-post-form.ts'

/** The payments of a run, each with what may happen to it next. */
export function RunPayouts({ run }: { run: RunView }) {
  const { t } = useTranslation()
  const [failing, setFailing] = useState<RunPayoutView | null>(null)
  const columns: RecordColumn<RunPayoutView>[] = [
    {
      id: 'creator',
      width: 14,
      heading: t('payouts.preview.creator'),
      cell: (row) => <CreatorPayoutsLink {...row} />,
    },
    {
      id: 'method',
      width: 17,
      heading: t('payouts.preview.method'),
      cell: (row) => <MethodText kind={row.methodKind} ending={row.methodEnding} />,
    },
    {
      id: 'reference',
      width: 13,
      heading: t('payouts.run.reference'),
      cell: (row) => <span className="fil-whole">{row.reference}</span>,
    },
    {
      id: 'net',
      width: 21,
      end: true,
      heading: t('payouts.preview.net'),
      cell: (row) => <PayoutAmounts payout={row} currency={run.currency} />,
    },
    {
      id: 'status',
      width: 19,
      heading: t('payouts.list.status'),
      cell: (row) => <PayoutStanding payout={row} />,
    },
    {
      id: 'actions',
      width: 16,
      heading: t('payouts.run.actions'),
      cell: (row) => <PayoutActions run={run} payout={row} onFail={() => setFailing(row)} />,
    },
  ]
  return (
    <Card padding="0">
      <RecordTable
        wide
        caption={t('payouts.run.payouts')}
        rows={run.payouts}
        rowKey={(row) => row.id}
        columns={columns}
      />
      {failing ? <FailModal payout={failing} onClose={() => setFailing(null)} /> : null}
    </Card>
  )
}

/** What is paid, and on demand how it came about: the parts that were earned, what advances took, what is withheld. */
function PayoutAmounts({ payout, currency }: { payout: RunPayoutView; currency: string }) {
  const { t } = useTranslation()
  const [gross, withheld, recouped] = [payout.grossMinor, payout.withheldMinor, payout.recoupedMinor].map(
    BigInt,
  )
  const rows = [
    { label: t('payouts.run.earned'), minor: String((gross ?? 0n) + (recouped ?? 0n)) },
    { label: t('payouts.run.recouped'), minor: String(-(recouped ?? 0n)) },
    { label: t('payouts.preview.withheld'), minor: String(-(withheld ?? 0n)) },
    { label: t('payouts.preview.net'), minor: payout.netMinor },
    ...payout.income.map(({ incomeType, amountMinor }) => ({
      label: t('payouts.run.part', { type: t(`payouts.income.${incomeType}`) }),
      minor: amountMinor,
    })),
  ]
  return (
    <BlockStack gap="050">
      <Money minor={payout.netMinor} currency={currency} />
      <details>
        <summary aria-label={`${t('payouts.run.details')}: ${payout.creatorName}`}>
          {t('payouts.run.details')}
        </summary>
        {rows.map(({ label, minor }) => (
          <InlineStack key={label} align="space-between" gap="200" wrap={false}>
            <Text as="span" tone="subdued">
              {label}
            </Text>
            <Money minor={minor} currency={currency} />
          </InlineStack>
        ))}
      </details>
    </BlockStack>
  )
}

function PayoutStanding({ payout }: { payout: RunPayoutView }) {
  const { t } = useTranslation()
  const seq = payout.reversalSeq ?? payout.journalSeq
  return (
    <BlockStack gap="050">
      <InlineStack gap="100">
        <PayoutBadge status={payout.status} />
        {seq ? <Link to={`/app/ledger/journals/${seq}`}>{t('payouts.run.journal', { seq })}</Link> : null}
      </InlineStack>
      {payout.failureReason ? (
        <Text as="span" tone="critical" breakWord>
          {payout.failureReason}
        </Text>
      ) : null}
      {payout.repeatedIn ? (
        <Link to={`/app/payouts/${payout.repeatedIn}`}>{t('payouts.run.repeated')}</Link>
      ) : null}
    </BlockStack>
  )
}

function PayoutActions({ run, payout, onFail }: { run: RunView; payout: RunPayoutView; onFail: () => void }) {
  const { t } = useTranslation()
  const { status } = payout
  const action = (intent: 'confirm' | 'void' | 'retry') => (
    <RowAction
      key={intent}
      label={t(`payouts.run.${intent}`)}
      fields={{ intent: `${intent}-payout`, payoutId: payout.id }}
      done={`payouts.done.${intent}`}
      about={payout.creatorName}
      {...(intent === 'void' ? { tone: 'critical' as const } : {})}
    />
  )
  const mayTakeOut =
    status === 'draft' || status === 'approved' || (status === 'sent' && run.status === 'sent')
  const actions = [
    status === 'sent' ? action('confirm') : null,
    status === 'sent' || status === 'confirmed' ? (
      <Button
        key="fail"
        size="slim"
        variant="tertiary"
        accessibilityLabel={`${t('payouts.run.fail')}: ${payout.creatorName}`}
        onClick={onFail}
      >
        {t('payouts.run.fail')}
      </Button>
    ) : null,
    mayTakeOut ? action('void') : null,
    status === 'failed' && !payout.repeatedIn ? action('retry') : null,
  ].filter((one) => one !== null)
  return actions.length > 0 ? <InlineStack gap="100">{actions}</InlineStack> : null
}

function FailModal({ payout, onClose }: { payout: RunPayoutView; onClose: () => void }) {
  const { t } = useTranslation()
  const form = usePostForm({ failure: '' }, 'payouts.done.fail', onClose)
  return (
    <QuestionModal
      open
      onClose={onClose}
      title={t('payouts.run.failTitle', { reference: payout.reference })}
      confirm={{
        label: t('payouts.run.fail'),
        destructive: true,
        busy: form.busy,
        onAction: () => form.submit({ intent: 'fail-payout', payoutId: payout.id }),
      }}
      cancelLabel={t('common.close')}
    >
      <Text as="p">{t('payouts.run.failBody', { creator: payout.creatorName })}</Text>
      <TextField
        label={t('payouts.run.failReason')}
        helpText={t('payouts.run.failReasonHelp')}
        autoComplete="off"
        maxLength={300}
        {...form.field('failure')}
      />
    </QuestionModal>
  )
}
