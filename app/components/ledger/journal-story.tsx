import '../layout/fact-list.css'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { DateText } from '../figures/date-text.tsx'
import { formatPeriod } from '../figures/format-date.ts'
import { Money } from '../figures/money.tsx'
import { type Fact, FactList } from '../layout/fact-list.tsx'
import { SectionCard } from '../layout/section-card.tsx'

export interface JournalStoryProps {
  effectiveAt: string
  recordedAt: string
  period: string
  timeZone: string
  currency: string
  order: { id: string; name: string | null } | null
  sale: SaleItem | null
  facts: Record<string, string>
}

export interface SaleItem {
  title: string
  quantity: number | null
  listMinor: string
  discountMinor: string
  netMinor: string
  taxMinor: string
  totalMinor: string
  discountCodes: string[]
}

/** The fact behind the journal: when, which order, which item, at which price. */
export function JournalStory(props: JournalStoryProps) {
  const { effectiveAt, recordedAt, period, timeZone, currency, order, sale, facts } = props
  const { t, i18n } = useTranslation()
  const money = (minor: string) => <Money minor={minor} currency={currency} />
  const shown: Fact[] = [
    { label: t('ledger.journal.order'), value: order && (order.name ?? order.id) },
    {
      label: t('ledger.journal.effective'),
      value: <DateText at={effectiveAt} timeZone={timeZone} style="time" />,
    },
    {
      label: t('ledger.journal.recorded'),
      value: <DateText at={recordedAt} timeZone={timeZone} style="time" />,
    },
    { label: t('ledger.journal.period'), value: formatPeriod(period, 'month', i18n.language) },
  ]
  if (sale) {
    shown.push(
      { label: t('ledger.journal.product'), value: sale.title },
      { label: t('ledger.journal.units'), value: sale.quantity },
      { label: t('ledger.journal.codes'), value: sale.discountCodes.join(', ') },
      { label: t('ledger.journal.list'), value: money(sale.listMinor) },
      { label: t('ledger.journal.discount'), value: money(sale.discountMinor) },
      { label: t('ledger.journal.net'), value: money(sale.netMinor) },
      { label: t('ledger.journal.tax'), value: money(sale.taxMinor) },
      { label: t('ledger.journal.total_charged'), value: money(sale.totalMinor) },
    )
  } else {
    shown.push(...otherFacts(facts, { t, money, timeZone }))
  }
  return (
    <SectionCard title={t('ledger.journal.story')}>
      <FactList facts={shown} />
    </SectionCard>
  )
}

interface Words {
  t: TFunction
  money: (minor: string) => JSX.Element
  timeZone: string
}

const SHOWN_ELSEWHERE = new Set(['creatorId', 'productId', 'title'])

/** What journals of other kinds keep: amounts end in "Minor", instants in "At". */
function otherFacts(facts: Record<string, string>, { t, money, timeZone }: Words): Fact[] {
  return Object.entries(facts)
    .filter(([name]) => !SHOWN_ELSEWHERE.has(name))
    .map(([name, value]) => {
      const label = t(`ledger.journal.fact.${name}`, { defaultValue: name })
      if (name.endsWith('Minor') && /^-?\d+$/.test(value)) return { label, value: money(value) }
      if (name.endsWith('At'))
        return { label, value: <DateText at={value} timeZone={timeZone} style="time" /> }
      return { label, value }
    })
}
