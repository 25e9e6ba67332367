import { useTranslation } from 'react-i18next'

/** Who did something: staff are known by the number that Shopify gives them, and oneself by name. */
export function Person({ actor, me }: { actor: string; me?: string }) {
  const { t } = useTranslation()
  if (me !== undefined && actor === me) return <>{t('payouts.person.you')}</>
  const [kind, id] = actor.split('/')
  if (kind === 'user' && id) return <>{t('payouts.person.staff', { id })}</>
  return <>{t(`payouts.person.${kind}`, { defaultValue: actor })}</>
}
