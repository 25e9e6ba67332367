import { useTranslation } from 'react-i18next'
import { SectionTabs } from '../layout/section-tabs.tsx'

const tabs = [
  { id: 'journals', to: '/app/ledger' },
  { id: 'balances', to: '/app/ledger/balances' },
  { id: 'history', to: '/app/ledger/history' },
  { id: 'maturities', to: '/app/ledger/maturities' },
  { id: 'suspense', to: '/app/ledger/suspense' },
] as const

/** Journals, balances, what matures, suspense. */
export function LedgerTabs() {
  const { t } = useTranslation()
  return (
    <SectionTabs
      label={t('ledger.tabs.label')}
      tabs={tabs.map(({ id, to }) => ({ to, label: t(`ledger.tabs.${id}`) }))}
    />
  )
}
