import { Link } from '@remix-run/react'
import { Banner, BlockStack, Button, InlineStack, Text, TextField } from '@shopify/polaris'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CreatorPayoutsView } from '#app/features/payouts/creator-payouts-view.server.ts'
import { RowAction } from '../creators/row-action.tsx'
import { DateText } from '../figures/date-text.tsx'
import { formatInstant } from '../figures/format-date.ts'
import { Money } from '../figures/money.tsx'
import { FactList } from '../layout/fact-list.tsx'
import { RecordTable } from '../layout/record-table.tsx'
import { SectionCard } from '../layout/section-card.tsx'
import { EMPTY_METHOD, MethodFields } from './method-fields.tsx'
import { MethodText } from './method-text.tsx'
import { PayoutBadge } from './payout-badge.tsx'
import { Person } from './person.tsx'
import { usePostForm } from './use-post-form.ts'

export function MethodCard({ view, formId, me }: { view: CreatorPayoutsView; formId: string; me: string }) {
  const { t } = useTranslation()
  const [editing, setEditing] = useState(false)
  const hasMethod = view.methods.length > 0
  return (
    <SectionCard title={t('payouts.method.title')}>
      {hasMethod ? (
        view.methods.map((method) => (
          <MethodFacts key={method.id} method={method} timeZone={view.timeZone} me={me} />
        ))
      ) : (
        <Text as="p" tone="subdued">
          {t('payouts.method.none')}
        </Text>
      )}
      {editing ? (
        <MethodForm view={view} formId={formId} onDone={() => setEditing(false)} />
      ) : (
        <InlineStack gap="200">
          <Button onClick={() => setEditing(true)}>
            {hasMethod ? t('payouts.method.replace') : t('payouts.method.add')}
          </Button>
          {view.isArchived ? null : (
            <RowAction
              label={t('payouts.method.ask')}
              fields={{ intent: 'ask-details' }}
              done="payouts.done.asked"
            />
          )}
        </InlineStack>
      )}
    </SectionCard>
  )
}

function MethodFacts({
  method,
  timeZone,
  me,
}: {
  method: CreatorPayoutsView['methods'][number]
  timeZone: string
  me: string
}) {
  const { t, i18n } = useTranslation()
  return (
    <BlockStack gap="200">
      <FactList
        facts={[
          { label: t('payouts.method.paidTo'), value: <MethodText {...method} /> },
          { label: t('payouts.method.currency'), value: method.currency },
          {
            label: t('payouts.method.since'),
            value: (
              <>
                <DateText at={method.addedAt} timeZone={timeZone} />,{' '}
                <Person actor={method.addedBy} me={me} />
              </>
            ),
          },
        ]}
      />
      {method.holdUntil ? (
        <Banner tone="warning">
          {t('payouts.exception.method_on_hold', {
            date: formatInstant(method.holdUntil, 'date', i18n.language, timeZone),
          })}
        </Banner>
      ) : null}
    </BlockStack>
  )
}

function MethodForm({
  view,
  formId,
  onDone,
}: {
  view: CreatorPayoutsView
  formId: string
  onDone: () => void
}) {
  const { t } = useTranslation()
  const initial = {
    ...EMPTY_METHOD,
    currency: view.currency,
    kind: view.currency === 'EUR' ? 'sepa' : 'paypal',
  }
  const form = usePostForm(initial, 'payouts.done.methodSaved', onDone)
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        form.submit({ intent: 'save-method', formId })
      }}
    >
      <BlockStack gap="300">
        <Text as="p" tone="subdued">
          {view.methods.length > 0
            ? t('payouts.method.replaceHelp', { email: view.email })
            : t('payouts.method.addHelp')}
        </Text>
        {form.problem ? <Banner tone="critical">{form.problem}</Banner> : null}
        <MethodFields form={form} />
        <InlineStack gap="200">
          <Button submit variant="primary" loading={form.busy}>
            {t('common.save')}
          </Button>
          <Button onClick={onDone}>{t('common.discard')}</Button>
        </InlineStack>
      </BlockStack>
    </form>
  )
}

export function HoldCard({ view }: { view: CreatorPayoutsView }) {
  const { t } = useTranslation()
  const form = usePostForm({ reason: '' }, 'payouts.done.held')
  if (view.riskHold) {
    return (
      <SectionCard title={t('payouts.hold.title')}>
        <Banner tone="warning">{t('payouts.exception.risk_hold', { note: view.riskHold.reason })}</Banner>
        <InlineStack>
          <RowAction label={t('payouts.hold.lift')} fields={{ intent: 'free' }} done="payouts.done.freed" />
        </InlineStack>
      </SectionCard>
    )
  }
  return (
    <SectionCard title={t('payouts.hold.title')}>
      <Text as="p" tone="subdued">
        {t('payouts.hold.body')}
      </Text>
      <TextField
        label={t('payouts.hold.reason')}
        autoComplete="off"
        maxLength={300}
        {...form.field('reason')}
        connectedRight={
          <Button loading={form.busy} onClick={() => form.submit({ intent: 'hold' })}>
            {t('payouts.hold.place')}
          </Button>
        }
      />
    </SectionCard>
  )
}

export function BalancesCard({ view }: { view: CreatorPayoutsView }) {
  const { t } = useTranslation()
  return (
    <SectionCard title={t('payouts.creator.balances')}>
      {view.balances.length === 0 ? (
        <Text as="p" tone="subdued">
          {t('payouts.creator.noBalance')}
        </Text>
      ) : (
        <FactList
          facts={view.balances.map(({ bucket, currency, amountMinor }) => ({
            label: `${t(`payouts.bucket.${bucket}`)} ${currency}`,
            value: (
              <Money
                minor={bucket === 'advance' ? String(-BigInt(amountMinor)) : amountMinor}
                currency={currency}
              />
            ),
          }))}
        />
      )}
    </SectionCard>
  )
}

export function PaidTable({ view }: { view: CreatorPayoutsView }) {
  const { t } = useTranslation()
  if (view.payouts.length === 0) return null
  return (
    <SectionCard title={t('payouts.creator.payouts')}>
      <RecordTable
        caption={t('payouts.creator.payouts')}
        rows={view.payouts}
        rowKey={(row) => row.id}
        columns={[
          {
            id: 'run',
            heading: t('payouts.list.run'),
            cell: (row) => (
              <Link to={`/app/payouts/${row.runId}`}>
                {t('payouts.run.title', { number: row.runNumber })}
              </Link>
            ),
          },
          { id: 'reference', heading: t('payouts.run.reference'), cell: (row) => row.reference },
          {
            id: 'status',
            heading: t('payouts.list.status'),
            cell: (row) => <PayoutBadge status={row.status} />,
          },
          {
            id: 'sent',
            heading: t('payouts.creator.sent'),
            cell: (row) => (row.sentAt ? <DateText at={row.sentAt} timeZone={view.timeZone} /> : '—'),
          },
          {
            id: 'net',
            heading: t('payouts.preview.net'),
            end: true,
            cell: (row) => <Money minor={row.netMinor} currency={row.currency} />,
          },
        ]}
      />
    </SectionCard>
  )
}
