import { useTranslation } from 'react-i18next'

/** Bank account …0130, PayPal m…a@mail.example. */
export function MethodText({ kind, ending }: { kind: string; ending: string }) {
  const { t } = useTranslation()
  const shown = kind === 'sepa' ? `…${ending}` : ending
  return (
    <span>
      {t(`payouts.method.kinds.${kind}`, { defaultValue: kind })}{' '}
      {/* The end of an account stays in one piece; an address may be longer than its column. */}
      <span style={kind === 'sepa' ? { whiteSpace: 'nowrap' } : { overflowWrap: 'anywhere' }}>{shown}</span>
    </span>
  )
}
