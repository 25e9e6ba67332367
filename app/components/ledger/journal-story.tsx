import '../layout/fact-list.css'
import { Link } from '@remix-run/react'
import { Text } from '@shopify/polaris'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { EvidenceStep } from '#app/domain/awards/award.ts'
import { formatPercent } from '#app/domain/money/percent.ts'
import type { Sentence } from '#app/domain/sentence.ts'
import { AwardSteps } from '../awards/award-steps.tsx'
import { DateText } from '../figures/date-text.tsx'
import { formatPeriod } from '../figures/format-date.ts'
import { Money } from '../figures/money.tsx'
import { SentenceText } from '../figures/sentence-text.tsx'
import { type Fact, FactList } from '../layout/fact-list.tsx'
import { SectionCard } from '../layout/section-card.tsx'

export interface JournalStoryProps {
  kind: string
  effectiveAt: string
  recordedAt: string
  period: string
  timeZone: string
  currency: string
  order: { id: string; name: string | null } | null
  creator: { id: string; name: string } | null
  sale: SaleItem | null
  award: { why: Sentence; metric: string; steps: EvidenceStep[] } | null
  facts: Record<string, string>
  /** The payout run that the journal belongs to. */
  payoutRun: { id: string; number: number } | null
}

export interface SaleItem {
  title: string
  quantity: number | null
  productId: string | null
  listMinor: string
  discountMinor: string
  netMinor: string
  taxMinor: string
  fxMinor: string
  totalMinor: string
  discountCodes: string[]
}

/** The fact behind the journal: in one sentence what it is, then when, which order, which item, at which price. */
export function JournalStory(props: JournalStoryProps) {
  const { kind, effectiveAt, recordedAt, period, timeZone, currency, order, creator, sale, award } = props
  const { facts, payoutRun } = props
  const { t, i18n } = useTranslation()
  const money = (minor: string) => <Money minor={minor} currency={currency} />
  const shown: Fact[] = [
    { label: t('ledger.journal.order'), value: order && <OrderLink {...order} /> },
    { label: t('ledger.journal.creator'), value: creator && <CreatorLink {...creator} /> },
    {
      label: t('ledger.journal.effective'),
      value: <DateText at={effectiveAt} timeZone={timeZone} style="time" />,
    },
    {
      label: t('ledger.journal.recorded'),
      value: <DateText at={recordedAt} timeZone={timeZone} style="time" />,
    },
    {
      label: t('ledger.journal.period'),
      value: <Link to={`/app/ledger?period=${period}`}>{formatPeriod(period, 'month', i18n.language)}</Link>,
    },
    {
      label: t('ledger.journal.payoutRun'),
      value: payoutRun && (
        <Link to={`/app/payouts/${payoutRun.id}`}>
          {t('payouts.run.title', { number: payoutRun.number })}
        </Link>
      ),
    },
  ]
  if (sale) {
    shown.push(
      { label: t('ledger.journal.product'), value: sale.title === '' ? null : <ProductLink {...sale} /> },
      { label: t('ledger.journal.units'), value: sale.title === '' ? null : sale.quantity },
      { label: t('ledger.journal.codes'), value: sale.discountCodes.join(', ') },
      { label: t('ledger.journal.list'), value: money(sale.listMinor) },
      { label: t('ledger.journal.discount'), value: money(sale.discountMinor) },
      { label: t('ledger.journal.net'), value: money(sale.netMinor) },
      { label: t('ledger.journal.tax'), value: money(sale.taxMinor) },
      { label: t('ledger.journal.fx'), value: sale.fxMinor === '0' ? null : money(sale.fxMinor) },
      { label: t('ledger.journal.total_charged'), value: money(sale.totalMinor) },
    )
  } else {
    shown.push(...otherFacts(facts, { t, money, timeZone, locale: i18n.language }))
  }
  return (
    <SectionCard title={t('ledger.journal.story')}>
      {kind === 'sale' ? null : <Text as="p">{t(`ledger.storyOf.${kind}`)}</Text>}
      {award ? (
        <>
          <Text as="p">
            <SentenceText sentence={award.why} />
          </Text>
          <AwardSteps steps={award.steps} metric={award.metric} currency={currency} timeZone={timeZone} />
        </>
      ) : null}
      <FactList facts={shown} />
    </SectionCard>
  )
}

function OrderLink({ id, name }: { id: string; name: string | null }) {
  return name ? <Link to={`/app/ledger?order=${encodeURIComponent(name)}`}>{name}</Link> : id
}

function CreatorLink({ id, name }: { id: string; name: string }) {
  const { t } = useTranslation()
  return <Link to={`/app/creators/${id}`}>{name || t('common.unknownCreator')}</Link>
}

function ProductLink({ title, productId }: { title: string; productId: string | null }) {
  return productId ? <Link to={`/app/ledger?product=${productId}`}>{title}</Link> : title
}

interface Words {
  t: TFunction
  money: (minor: string) => JSX.Element
  timeZone: string
  locale: string
}

/** Ids and keys: links and the chain's card show what they stand for. */
const SHOWN_ELSEWHERE = new Set([
  'creatorId',
  'productId',
  'agreementId',
  'agreementVersionId',
  'awardKey',
  'payoutId',
  'advanceId',
  'adjustmentId',
  'reversesSeq',
  'runNumber',
])
const NAMED_VALUES = new Set(['adjustment', 'bucket', 'from', 'to', 'reversesKind', 'incomeType', 'account'])

/** What journals of other kinds keep: amounts end in "Minor", shares in "Bps", instants in "At". */
function otherFacts(facts: Record<string, string>, words: Words): Fact[] {
  const { t, money, timeZone, locale } = words
  return Object.entries(facts)
    .filter(([name, value]) => !SHOWN_ELSEWHERE.has(name) && value !== '')
    .map(([name, value]) => {
      const label = t(`ledger.journal.fact.${name}`, { defaultValue: name })
      if (name === 'rerateId' && !value.startsWith('subscription-')) {
        return {
          label,
          value: <Link to={`/app/agreements/tasks/${value}`}>{t('ledger.journal.showRerate')}</Link>,
        }
      }
      if (name.endsWith('Minor') && /^-?\d+$/.test(value)) return { label, value: money(value) }
      if (name.endsWith('Bps') && /^\d+$/.test(value))
        return { label, value: value === '0' ? null : formatPercent(Number(value), locale) }
      if (name.endsWith('At'))
        return { label, value: <DateText at={value} timeZone={timeZone} style="time" /> }
      if (NAMED_VALUES.has(name)) return { label, value: namedValue(t, name, value) }
      return { label, value }
    })
}

function namedValue(t: TFunction, name: string, value: string): string {
  switch (name) {
    case 'account':
      return t(`ledger.account.${value}`, { defaultValue: value })
    case 'reversesKind':
      return t(`ledger.kind.${value}`, { defaultValue: value })
    case 'bucket':
    case 'from':
    case 'to':
      return t(`ledger.accountChoice.${value}`, { defaultValue: value })
    default:
      return t(`ledger.journal.value.${value}`, { defaultValue: value })
  }
}
