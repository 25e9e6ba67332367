import { screenMessages } from '#app/config/messages/i18n.ts'

/** What a creator sees whose link is genuine and too old: what to do. */
export function ExpiredLink() {
  const { t } = screenMessages('en')
  return (
    <main className="sheet">
      <header className="sheet-head">
        <h1>{t('statements.expiredLink.title')}</h1>
        <p>{t('statements.expiredLink.body')}</p>
      </header>
    </main>
  )
}
