import { Badge, type BadgeProps } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'

const tones: Record<string, BadgeProps['tone']> = {
  active: 'success',
  accepted: 'success',
  sent: 'success',
  live: 'success',
  closed: 'success',
  won: 'success',
  offered: 'attention',
  queued: 'attention',
  pending: 'attention',
  held: 'attention',
  open: 'info',
  draft: 'info',
  failed: 'critical',
  lost: 'critical',
  declined: 'warning',
  withdrawn: 'warning',
}

/** A state in words; its colour repeats what the word says. Messages stand under `status.*`. */
export function StatusBadge({ status }: { status: string }) {
  const { t } = useTranslation()
  const tone = tones[status]
  return <Badge {...(tone ? { tone } : {})}>{t(`status.${status}`, { defaultValue: status })}</Badge>
}
