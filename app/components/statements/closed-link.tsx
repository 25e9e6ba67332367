import { screenMessages } from '#app/config/messages/i18n.ts'

/** What a creator sees whose link opens nothing: it says what to do, and nothing about what might be there. */
export function ClosedLink({ reason }: { reason: 'expired' | 'unknown' }) {
  const { t } = screenMessages('en')
  return (
    <main className="sheet">
      <header className="sheet-head">
        <h1>{t(`statements.closedLink.${reason}.title`)}</h1>
        <p>{t(`statements.closedLink.${reason}.body`)}</p>
      </header>
    </main>
  )
}
