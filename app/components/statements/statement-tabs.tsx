import { useTranslation } from 'react-i18next'
import { SectionTabs } from '../layout/section-tabs.tsx'

/** Statements, and what creators ask about them. */
export function StatementTabs() {
  const { t } = useTranslation()
  return (
    <SectionTabs
      label={t('statements.tabs.label')}
      tabs={[
        { to: '/app/statements', label: t('statements.title') },
        { to: '/app/statements/questions', label: t('statements.tabs.open') },
        { to: '/app/statements/questions?state=answered', label: t('statements.tabs.answered') },
      ]}
    />
  )
}
