import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'

/** A creator by name, with the way to everything about paying them. */
export function CreatorPayoutsLink({ creatorId, creatorName }: { creatorId: string; creatorName: string }) {
  const { t } = useTranslation()
  return <Link to={`/app/payouts/creators/${creatorId}`}>{creatorName || t('common.unknownCreator')}</Link>
}
