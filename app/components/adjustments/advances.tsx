import { Link } from '@remix-run/react'
import {
  Badge,
  Banner,
  BlockStack,
  Button,
  Card,
  FormLayout,
  InlineStack,
  Select,
  Text,
  TextField,
} from '@shopify/polaris'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatPercent } from '#app/domain/money/percent.ts'
import type { AdvanceListView, AdvanceRow } from '#app/features/advances/advance-list-view.server.ts'
import { RowAction } from '../creators/row-action.tsx'
import { DateText } from '../figures/date-text.tsx'
import { Money, useMoneyText } from '../figures/money.tsx'
import { EmptyResult } from '../layout/empty-result.tsx'
import { ListPager } from '../layout/list-pager.tsx'
import { QuestionModal } from '../layout/question-modal.tsx'
import { type RecordColumn, RecordTable } from '../layout/record-table.tsx'
import { SectionCard } from '../layout/section-card.tsx'
import { CreatorPayoutsLink } from '../payouts/creator-payouts-link.tsx'
import { PayoutBadge } from '../payouts/payout-badge.tsx'
import { Person } from '../payouts/person.tsx'
import { ProposalActions } from '../payouts/proposal-actions.tsx'
import { usePostForm } from '../payouts/use-post-form.ts'

export function AdvanceForm({ view, formId }: { view: AdvanceListView; formId: string }) {
  const { t } = useTranslation()
  const form = usePostForm({ creatorId: '', amount: '', recoup: '50', note: '' }, 'payouts.done.advanceNoted')
  return (
    <SectionCard title={t('payouts.advances.add')}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          form.submit({ intent: 'create', formId })
        }}
      >
        <FormLayout>
          {form.problem ? <Banner tone="critical">{form.problem}</Banner> : null}
          <FormLayout.Group>
            <Select
              label={t('payouts.preview.creator')}
              placeholder={t('payouts.adjustments.chooseCreator')}
              options={view.creators.map(({ id, name }) => ({ value: id, label: name }))}
              {...form.field('creatorId')}
            />
            <TextField
              label={t('payouts.adjustments.amount')}
              suffix={view.currency}
              inputMode="decimal"
              autoComplete="off"
              {...form.field('amount')}
            />
          </FormLayout.Group>
          <FormLayout.Group>
            <TextField
              label={t('payouts.advances.recoup')}
              helpText={t('payouts.advances.recoupHelp')}
              suffix="%"
              inputMode="decimal"
              autoComplete="off"
              {...form.field('recoup')}
            />
            <TextField
              label={t('payouts.advances.note')}
              maxLength={500}
              autoComplete="off"
              {...form.field('note')}
            />
          </FormLayout.Group>
          <Button submit loading={form.busy}>
            {t('payouts.advances.add')}
          </Button>
        </FormLayout>
      </form>
    </SectionCard>
  )
}

export function AdvanceTables({ view, me }: { view: AdvanceListView; me: string }) {
  const { t, i18n } = useTranslation()
  if (view.rows.length === 0) {
    return (
      <Card padding="0">
        <EmptyResult title={t('payouts.advances.emptyTitle')} body={t('payouts.advances.emptyBody')} />
      </Card>
    )
  }
  const columns: RecordColumn<AdvanceRow>[] = [
    {
      id: 'creator',
      width: 17,
      heading: t('payouts.preview.creator'),
      cell: (row) => <CreatorPayoutsLink {...row} />,
    },
    {
      id: 'created',
      width: 13,
      heading: t('payouts.advances.noted'),
      cell: (row) => (
        <BlockStack>
          <DateText at={row.proposedAt} timeZone={view.timeZone} />
          <span>
            <Person actor={row.proposedBy} me={me} />
          </span>
        </BlockStack>
      ),
    },
    {
      id: 'recoup',
      width: 10,
      heading: t('payouts.advances.recoup'),
      cell: (row) => formatPercent(row.recoupBps, i18n.language),
    },
    { id: 'note', width: 20, heading: t('payouts.advances.note'), cell: (row) => row.note || '—' },
    {
      id: 'amount',
      width: 16,
      end: true,
      heading: t('payouts.adjustments.amount'),
      cell: (row) => <AdvanceAmount row={row} />,
    },
    {
      id: 'status',
      width: 24,
      heading: t('payouts.list.status'),
      cell: (row) => <AdvanceStanding row={row} view={view} me={me} />,
    },
  ]
  return (
    <BlockStack gap="400">
      {view.unrecouped.length > 0 ? (
        <Card padding="0">
          <RecordTable
            caption={t('payouts.advances.openCaption')}
            rows={view.unrecouped}
            rowKey={(row) => `${row.creatorId} ${row.currency}`}
            columns={[
              {
                id: 'creator',
                heading: t('payouts.advances.open'),
                cell: (row) => <CreatorPayoutsLink {...row} />,
              },
              {
                id: 'open',
                end: true,
                heading: t('payouts.advances.left'),
                cell: (row) => <Money minor={row.amountMinor} currency={row.currency} />,
              },
            ]}
          />
        </Card>
      ) : null}
      <Card padding="0">
        <RecordTable
          wide
          caption={t('payouts.advances.caption')}
          rows={view.rows}
          rowKey={(row) => row.id}
          columns={columns}
        />
        <ListPager
          label={t('payouts.advances.paging')}
          previous={view.page > 1 ? { page: String(view.page - 1) } : null}
          next={view.page < view.pageCount ? { page: String(view.page + 1) } : null}
          places={['page']}
        />
      </Card>
    </BlockStack>
  )
}

interface StandingProps {
  row: AdvanceRow
  view: AdvanceListView
  me: string
}

/** The advance; where something is withheld of it, how it divides. */
function AdvanceAmount({ row }: { row: AdvanceRow }) {
  const { t } = useTranslation()
  const money = useMoneyText()
  const parts = row.withheldMinor === '0' ? [] : (['withheld', 'net'] as const)
  return (
    <BlockStack>
      <Money minor={row.amountMinor} currency={row.currency} />
      {parts.map((part) => (
        <Text key={part} as="span" tone="subdued">
          {t(`payouts.advances.part.${part}`, { amount: money(row[`${part}Minor`], row.currency) })}
        </Text>
      ))}
    </BlockStack>
  )
}

function AdvanceStanding({ row, view, me }: StandingProps) {
  const { t } = useTranslation()
  const fields = { advanceId: row.id }
  const about = row.creatorName
  if (row.undone || row.paidAt) return <PaidAdvance row={row} view={view} me={me} />
  if (row.status === 'rejected') return <PayoutBadge status="rejected" />
  if (row.status === 'proposed') {
    return (
      <InlineStack gap="100" blockAlign="center">
        <PayoutBadge status="proposed" />
        <ProposalActions
          fields={fields}
          about={about}
          mayAgree={row.mayAgree}
          agree={{ label: t('payouts.advances.agree'), done: 'payouts.done.advanceAgreed' }}
          reject={{ label: t('payouts.advances.withdraw'), done: 'payouts.done.advanceWithdrawn' }}
        />
      </InlineStack>
    )
  }
  return (
    <BlockStack gap="100">
      <Agreed row={row} me={me} />
      <InlineStack gap="100">
        <RowAction
          label={t('payouts.advances.pay')}
          fields={{ ...fields, intent: 'pay', withheldMinor: row.withheldMinor }}
          done="payouts.done.advancePaid"
          about={about}
        />
        <RowAction
          label={t('payouts.advances.withdraw')}
          fields={{ ...fields, intent: 'reject' }}
          done="payouts.done.advanceWithdrawn"
          about={about}
          tone="critical"
        />
      </InlineStack>
    </BlockStack>
  )
}

/** Who agreed: whoever noted it, where the shop asked for no second person. */
function Agreed({ row, me }: { row: AdvanceRow; me: string }) {
  const { t } = useTranslation()
  if (row.decidedBy === null || row.status !== 'agreed') return null
  return (
    <Text as="span" tone="subdued">
      {t('payouts.advances.agreedBy')} <Person actor={row.decidedBy} me={me} />
    </Text>
  )
}

function PaidAdvance({ row, view, me }: StandingProps) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const { undone } = row
  return (
    <BlockStack gap="100">
      <InlineStack gap="100">
        <Badge {...(undone ? {} : { tone: 'success' })}>
          {t(undone ? 'payouts.advances.undone' : 'payouts.advances.paid')}
        </Badge>
        {row.paidAt ? <DateText at={undone?.at ?? row.paidAt} timeZone={view.timeZone} /> : null}
        {row.journalSeq ? (
          <Link to={`/app/ledger/journals/${undone?.reversalSeq ?? row.journalSeq}`}>
            {t('payouts.run.journal', { seq: undone?.reversalSeq ?? row.journalSeq })}
          </Link>
        ) : null}
      </InlineStack>
      <Agreed row={row} me={me} />
      {row.paidBy ? (
        <Text as="span" tone="subdued">
          {t('payouts.advances.paidBy')} <Person actor={row.paidBy} me={me} />
        </Text>
      ) : null}
      {undone ? (
        <Text as="span" breakWord>
          {t('payouts.advances.undoneBy')} <Person actor={undone.by} me={me} />: {undone.reason}
        </Text>
      ) : null}
      {row.mayUndo ? (
        <span>
          <Button
            size="slim"
            variant="tertiary"
            tone="critical"
            accessibilityLabel={`${t('payouts.advances.undo')}: ${row.creatorName}`}
            onClick={() => setAsking(true)}
          >
            {t('payouts.advances.undo')}
          </Button>
        </span>
      ) : null}
      {asking ? <UndoModal row={row} onClose={() => setAsking(false)} /> : null}
    </BlockStack>
  )
}

function UndoModal({ row, onClose }: { row: AdvanceRow; onClose: () => void }) {
  const { t } = useTranslation()
  const money = useMoneyText()
  const form = usePostForm({ reason: '' }, 'payouts.done.advanceUndone', onClose)
  return (
    <QuestionModal
      open
      onClose={onClose}
      title={t('payouts.advances.undoTitle')}
      confirm={{
        label: t('payouts.advances.undo'),
        destructive: true,
        busy: form.busy,
        onAction: () => form.submit({ intent: 'undo', advanceId: row.id }),
      }}
      cancelLabel={t('common.close')}
    >
      {form.problem ? <Banner tone="critical">{form.problem}</Banner> : null}
      <Text as="p">
        {t('payouts.advances.undoBody', {
          creator: row.creatorName,
          amount: money(row.amountMinor, row.currency),
        })}
      </Text>
      <TextField
        label={t('payouts.advances.undoReason')}
        autoComplete="off"
        maxLength={300}
        {...form.field('reason')}
      />
    </QuestionModal>
  )
}
