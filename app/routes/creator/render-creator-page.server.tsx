// A page for creators: plain HTML without scripts, cookies or anything from elsewhere. It stands outside the admin's document, whose
// App Bridge would lead a visitor without Shopify login away.
import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import styles from '#app/components/statement/statement-page.css?raw'

/** The address holds a secret: nothing may keep, index, frame or pass it on. */
const headers = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Robots-Tag': 'noindex, nofollow',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
}

export interface CreatorPage {
  title: string
  /** BCP 47, of the page's own words. */
  language: string
  body: ReactElement
  status?: number
  retryAfterSeconds?: number
}

export function renderCreatorPage(page: CreatorPage): Response {
  const { title, language, body, status = 200, retryAfterSeconds } = page
  const markup = renderToStaticMarkup(
    <html lang={language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <meta name="referrer" content="no-referrer" />
        <title>{title}</title>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own style sheet, no one's input. */}
        <style dangerouslySetInnerHTML={{ __html: styles }} />
      </head>
      <body>{body}</body>
    </html>,
  )
  const sent = new Headers(headers)
  if (retryAfterSeconds !== undefined) sent.set('Retry-After', String(retryAfterSeconds))
  return new Response(`<!doctype html>${markup}`, { status, headers: sent })
}

/** For links that open nothing. Says the same for every cause: a stranger learns nothing by trying. */
export function renderDeadLink(): Response {
  return renderCreatorPage({
    title: 'This link does not work',
    language: 'en',
    status: 404,
    body: (
      <main className="sheet">
        <header className="sheet-head">
          <h1>This link does not work</h1>
          <p>
            It may have been cut off on its way. Open it from the mail itself, or ask the shop that sent it
            for a new one.
          </p>
        </header>
      </main>
    ),
  })
}
