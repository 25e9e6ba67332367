import '../layout/fact-list.css'
import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { StatementDocument } from '#app/domain/statements/statement-document.ts'
import { DateText } from '../figures/date-text.tsx'
import { formatLocalDate, formatPeriod } from '../figures/format-date.ts'
import { Money } from '../figures/money.tsx'
import { FactList } from '../layout/fact-list.tsx'
import { RecordTable } from '../layout/record-table.tsx'
import { SectionCard } from '../layout/section-card.tsx'

/** Adjustments and payments; nothing when there are none. */
export function StatementMovements({ document }: { document: StatementDocument }) {
  const { t } = useTranslation()
  const { adjustments, payments, currency, timeZone } = document
  const money = (minor: string) => <Money minor={minor} currency={currency} />
  return (
    <>
      {adjustments.length > 0 ? (
        <SectionCard title={t('statements.detail.adjustments')}>
          <RecordTable
            caption={t('statements.detail.adjustments')}
            rows={adjustments}
            rowKey={(row) => `${row.journal} ${row.description}`}
            columns={[
              { id: 'what', width: 46, heading: t('statements.detail.what'), cell: (row) => row.description },
              {
                id: 'date',
                width: 18,
                heading: t('statements.detail.date'),
                cell: (row) => <MomentText at={row.at} timeZone={timeZone} />,
              },
              {
                id: 'journal',
                width: 16,
                heading: t('statements.detail.journal'),
                cell: (row) => <Link to={`/app/ledger/journals/${row.journal}`}>{row.journal}</Link>,
              },
              {
                id: 'amount',
                width: 20,
                heading: t('statements.detail.amount'),
                end: true,
                cell: (row) => money(row.amountMinor),
              },
            ]}
          />
        </SectionCard>
      ) : null}
      {payments.length > 0 ? (
        <SectionCard title={t('statements.detail.payments')}>
          <RecordTable
            caption={t('statements.detail.payments')}
            rows={payments}
            rowKey={(row) => `${row.at} ${row.reference}`}
            columns={[
              { id: 'method', width: 30, heading: t('statements.detail.method'), cell: (row) => row.method },
              {
                id: 'date',
                width: 20,
                heading: t('statements.detail.date'),
                cell: (row) => <MomentText at={row.at} timeZone={timeZone} />,
              },
              {
                id: 'reference',
                width: 30,
                heading: t('statements.detail.reference'),
                cell: (row) => row.reference,
              },
              {
                id: 'amount',
                width: 20,
                heading: t('statements.detail.amount'),
                end: true,
                cell: (row) => money(row.amountMinor),
              },
            ]}
          />
        </SectionCard>
      ) : null}
    </>
  )
}

/** When what is held becomes payable, day by day. */
export function StatementMaturities({ document }: { document: StatementDocument }) {
  const { t, i18n } = useTranslation()
  if (document.maturities.length === 0) return null
  return (
    <SectionCard title={t('statements.detail.maturities')}>
      <FactList
        facts={document.maturities.map(({ on, amountMinor }) => ({
          label: formatLocalDate(on, 'date', i18n.language),
          value: <Money minor={amountMinor} currency={document.currency} />,
        }))}
      />
    </SectionCard>
  )
}

/** What counts as net, for each agreement on the statement. */
export function StatementBasis({ basis }: { basis: string[] }) {
  const { t } = useTranslation()
  if (basis.length === 0) return null
  return (
    <SectionCard title={t('statements.detail.basis')}>
      <ul className="fil-sentences">
        {basis.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </SectionCard>
  )
}

/** What anybody needs to check the document: its fingerprint, the chain's head, the statement before. */
export function StatementVerification({
  document,
  documentHash,
}: {
  document: StatementDocument
  documentHash: string
}) {
  const { t, i18n } = useTranslation()
  const code = (text: string) => <span className="fil-code">{text}</span>
  return (
    <SectionCard title={t('statements.detail.verification')}>
      <FactList
        facts={[
          {
            label: t('statements.detail.period'),
            value: formatPeriod(document.period, 'month', i18n.language),
          },
          {
            label: t('statements.detail.issued'),
            value: <MomentText at={document.issuedAt} timeZone={document.timeZone} />,
          },
          { label: t('statements.detail.hash'), value: code(documentHash) },
          {
            label: t('statements.detail.chainHead'),
            value: code(`${document.chain.seq} · ${document.chain.head}`),
          },
          {
            label: t('statements.detail.previous'),
            value:
              document.previousStatement &&
              code(`${document.previousStatement.number} · ${document.previousStatement.hash}`),
          },
        ]}
      />
    </SectionCard>
  )
}

/** Documents carry instants and, for whole days, local dates. */
function MomentText({ at, timeZone }: { at: string; timeZone: string }) {
  return at.length > 10 ? <DateText at={at} timeZone={timeZone} /> : <DateText at={at} />
}
