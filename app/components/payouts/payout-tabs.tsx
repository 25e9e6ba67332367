import { useTranslation } from 'react-i18next'
import { SectionTabs } from '../layout/section-tabs.tsx'

const tabs = [
  { id: 'runs', to: '/app/payouts' },
  { id: 'adjustments', to: '/app/payouts/adjustments' },
  { id: 'gifts', to: '/app/payouts/gifts' },
  { id: 'advances', to: '/app/payouts/advances' },
  { id: 'tax', to: '/app/payouts/tax' },
] as const

/** What moves money outside of sales. */
export function PayoutTabs() {
  const { t } = useTranslation()
  return (
    <SectionTabs
      label={t('payouts.tabs.label')}
      tabs={tabs.map(({ id, to }) => ({ to, label: t(`payouts.tabs.${id}`) }))}
    />
  )
}
