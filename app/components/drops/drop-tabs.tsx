import { useTranslation } from 'react-i18next'
import { SectionTabs } from '../layout/section-tabs.tsx'

const tabs = [
  { id: 'list', to: '/app/drops' },
  { id: 'calendar', to: '/app/drops/calendar' },
  { id: 'claims', to: '/app/drops/claims' },
  { id: 'setup', to: '/app/drops/setup' },
] as const

/** The pages that are about all drops. */
export function DropTabs() {
  const { t } = useTranslation()
  return (
    <SectionTabs
      label={t('drops.tabs.label')}
      tabs={tabs.map(({ id, to }) => ({ to, label: t(`drops.tabs.${id}`) }))}
    />
  )
}
