import { Badge, type BadgeProps } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'

const tones: Record<string, BadgeProps['tone']> = {
  draft: 'info',
  scheduled: 'attention',
  live: 'success',
  held: 'warning',
  aborted: 'critical',
}

/** Where a drop stands; "held" and "closed" mean something else than in the books. */
export function DropBadge({ status }: { status: string }) {
  const { t } = useTranslation()
  const tone = tones[status]
  return <Badge {...(tone ? { tone } : {})}>{t(`drops.status.${status}`)}</Badge>
}
