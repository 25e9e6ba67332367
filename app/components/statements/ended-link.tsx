import { screenMessages } from '#app/config/messages/i18n.ts'

/** What a creator sees whose link is genuine, but too old or taken back: what to do. */
export function EndedLink({ reason }: { reason: 'expired' | 'revoked' }) {
  const { t } = screenMessages('en')
  return (
    <main className="sheet">
      <header className="sheet-head">
        <h1>{t(`statements.${reason}Link.title`)}</h1>
        <p>{t(`statements.${reason}Link.body`)}</p>
      </header>
    </main>
  )
}
