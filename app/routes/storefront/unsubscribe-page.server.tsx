// The page that ends sign-ups for restocks, in the shopper's language.
import type { ReadUnsubscribeOutcome } from '#app/features/signups/unsubscribe.server.ts'
import { renderCreatorPage, renderDeadLink } from '../creator/render-creator-page.server.tsx'

type Words = Record<'title' | 'ask' | 'button' | 'doneTitle' | 'done', string>

const words: Record<string, Words> = {
  en: {
    title: 'No more restock notices?',
    ask: '{shop} will then write to you about no restock any more, and forgets your address.',
    button: 'Unsubscribe',
    doneTitle: 'You are unsubscribed',
    done: '{shop} writes to you about no restock any more, and has forgotten your address.',
  },
  de: {
    title: 'Keine Nachrichten zum Nachschub mehr?',
    ask: '{shop} schreibt Ihnen dann zu keinem Nachschub mehr und vergisst Ihre Adresse.',
    button: 'Abmelden',
    doneTitle: 'Sie sind abgemeldet',
    done: '{shop} schreibt Ihnen zu keinem Nachschub mehr und hat Ihre Adresse vergessen.',
  },
  fr: {
    title: 'Ne plus recevoir d’avis de réassort ?',
    ask: '{shop} ne vous écrira plus au sujet d’un réassort et oubliera votre adresse.',
    button: 'Se désinscrire',
    doneTitle: 'Vous êtes désinscrit(e)',
    done: '{shop} ne vous écrit plus au sujet d’un réassort et a oublié votre adresse.',
  },
  it: {
    title: 'Non ricevere più avvisi di riassortimento?',
    ask: '{shop} non ti scriverà più per nessun riassortimento e dimenticherà il tuo indirizzo.',
    button: 'Annulla l’iscrizione',
    doneTitle: 'L’iscrizione è annullata',
    done: '{shop} non ti scrive più per nessun riassortimento e ha dimenticato il tuo indirizzo.',
  },
  es: {
    title: '¿No recibir más avisos de reposición?',
    ask: '{shop} ya no te escribirá sobre ninguna reposición y olvidará tu dirección.',
    button: 'Darme de baja',
    doneTitle: 'Te has dado de baja',
    done: '{shop} ya no te escribe sobre ninguna reposición y ha olvidado tu dirección.',
  },
}

export function renderUnsubscribePage(outcome: ReadUnsubscribeOutcome): Response {
  if (!outcome.ok) return renderDeadLink()
  const { shopName, locale, hasLeft } = outcome.view
  const told = locale.split('-')[0]?.toLowerCase() ?? ''
  const language = Object.hasOwn(words, told) ? told : 'en'
  const said = words[language] as Words
  const title = hasLeft ? said.doneTitle : said.title
  const sentence = (hasLeft ? said.done : said.ask).replace('{shop}', () => shopName)
  return renderCreatorPage({
    title: `${title} · ${shopName}`,
    language,
    body: (
      <main className="sheet">
        <header className="sheet-head">
          <p className="sheet-shop">{shopName}</p>
          <h1>{title}</h1>
          <p role={hasLeft ? 'status' : undefined}>{sentence}</p>
        </header>
        {!hasLeft && (
          <form method="post">
            <div className="sheet-buttons">
              <button type="submit">{said.button}</button>
            </div>
          </form>
        )}
      </main>
    ),
  })
}
