import { useTranslation } from 'react-i18next'

/** Bank account …0130, PayPal m…a@mail.example. */
export function MethodText({ kind, ending }: { kind: string; ending: string }) {
  const { t } = useTranslation()
  const shown = kind === 'sepa' ? `…${ending}` : ending
  return (
    <span>
      {t(`payouts.method.kinds.${kind}`, { defaultValue: kind })}{' '}
      {/* In one piece, on a line of its own where it must; an address may be longer than its column. */}
      <span style={{ display: 'inline-block', maxWidth: '100%', overflowWrap: 'anywhere' }}>{shown}</span>
    </span>
  )
}
