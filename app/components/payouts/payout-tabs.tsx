import '../layout/section-tabs.css'
import { NavLink } from '@remix-run/react'
import { useTranslation } from 'react-i18next'

const tabs = [
  { id: 'runs', to: '/app/payouts' },
  { id: 'adjustments', to: '/app/adjustments' },
  { id: 'gifts', to: '/app/gifts' },
  { id: 'advances', to: '/app/advances' },
  { id: 'tax', to: '/app/payouts/tax' },
] as const

/** What moves money outside of sales: pages of their own, so that each can be linked to and reloaded. */
export function PayoutTabs() {
  const { t } = useTranslation()
  return (
    <nav className="fil-tabs" aria-label={t('payouts.tabs.label')}>
      {tabs.map((tab) => (
        <NavLink key={tab.id} to={tab.to} end prefetch="intent">
          {t(`payouts.tabs.${tab.id}`)}
        </NavLink>
      ))}
    </nav>
  )
}
