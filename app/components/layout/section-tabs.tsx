import './section-tabs.css'
import { Link, useLocation } from '@remix-run/react'
import { currentTab } from './current-tab.ts'

export interface SectionTabsProps {
  /** Read to screen readers: what the tabs are about. */
  label: string
  tabs: Array<{ to: string; label: string }>
}

/** On a phone the tabs scroll sideways: the one that is open is not left out of sight. */
function bringIntoView(tab: HTMLAnchorElement | null): void {
  tab?.scrollIntoView({ inline: 'nearest', block: 'nearest' })
}

/** The pages of one section: pages of their own, so that each can be linked to and reloaded. */
export function SectionTabs({ label, tabs }: SectionTabsProps) {
  const { pathname, search } = useLocation()
  const current = currentTab(
    tabs.map(({ to }) => to),
    `${pathname}${search}`,
  )
  return (
    <nav className="fil-tabs" aria-label={label}>
      {tabs.map((tab) => (
        <Link
          key={tab.to}
          to={tab.to}
          prefetch="intent"
          {...(tab.to === current
            ? { className: 'active', 'aria-current': 'page' as const, ref: bringIntoView }
            : {})}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  )
}
