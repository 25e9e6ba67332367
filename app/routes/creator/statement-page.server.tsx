// The page behind a statement's link: the signature is the only key, no login, no cookie, no script.
import { StatementPage } from '#app/components/statement/statement-page.tsx'
import { EndedLink } from '#app/components/statements/ended-link.tsx'
import { screenMessages } from '#app/config/messages/i18n.ts'
import type { ServiceContext } from '#app/features/context.ts'
import { readCreatorStatement } from '#app/features/statements/creator-statement-view.server.ts'
import { renderCreatorPage, renderDeadLink } from './render-creator-page.server.tsx'

export async function showStatement(
  services: Pick<ServiceContext, 'db' | 'clock' | 'linkSecret' | 'appUrl'>,
  token: string,
): Promise<Response> {
  const read = await readCreatorStatement(services, token)
  if (!read.ok) {
    const { reason } = read
    return reason === 'expired' || reason === 'revoked' ? renderEndedLink(reason) : renderDeadLink()
  }
  const { facts } = read.statement
  const base = `/c/statements/${token}`
  return renderCreatorPage({
    title: `${facts.words.title} ${facts.number} · ${facts.payer.name}`,
    language: facts.language,
    body: <StatementPage facts={facts} pdfUrl={`${base}/pdf`} csvUrl={`${base}/csv`} />,
  })
}

/** Whoever holds a genuine link was sent it once: it may say that it has ended, and nothing of whom it was for. */
function renderEndedLink(reason: 'expired' | 'revoked'): Response {
  const title = screenMessages('en').t(`statements.${reason}Link.title`)
  return renderCreatorPage({ title, language: 'en', status: 410, body: <EndedLink reason={reason} /> })
}
