import { Badge, type BadgeProps } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'

const tones: Record<string, BadgeProps['tone']> = {
  draft: 'info',
  approved: 'attention',
  sent: 'attention',
  confirmed: 'success',
  finished: 'success',
  posted: 'success',
  proposed: 'attention',
  failed: 'critical',
  ready: 'success',
  waivable: 'attention',
  blocked: 'critical',
}

/** State of a payout, run or adjustment in words. */
export function PayoutBadge({ status }: { status: string }) {
  const { t } = useTranslation()
  const tone = tones[status]
  return <Badge {...(tone ? { tone } : {})}>{t(`payouts.status.${status}`, { defaultValue: status })}</Badge>
}
