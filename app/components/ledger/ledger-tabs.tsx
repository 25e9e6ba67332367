import '../layout/section-tabs.css'
import { NavLink } from '@remix-run/react'
import { useTranslation } from 'react-i18next'

const tabs = [
  { id: 'journals', to: '/app/ledger' },
  { id: 'balances', to: '/app/ledger/balances' },
  { id: 'history', to: '/app/ledger/history' },
  { id: 'maturities', to: '/app/ledger/maturities' },
  { id: 'suspense', to: '/app/ledger/suspense' },
] as const

/** Journals, balances, what matures, suspense: pages of their own, so that each can be linked to and reloaded. */
export function LedgerTabs() {
  const { t } = useTranslation()
  return (
    <nav className="fil-tabs" aria-label={t('ledger.tabs.label')}>
      {tabs.map((tab) => (
        <NavLink key={tab.id} to={tab.to} end prefetch="intent">
          {t(`ledger.tabs.${tab.id}`)}
        </NavLink>
      ))}
    </nav>
  )
}
