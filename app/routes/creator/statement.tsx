import {
  data,
  type HeadersFunction,
  type LinksFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import statementStyles from '#app/components/statement/statement-page.css?url'
import { StatementPage } from '#app/components/statement/statement-page.tsx'
import { ClosedLink } from '#app/components/statements/closed-link.tsx'
import { readCreatorStatement } from '#app/features/statements/creator-statement-view.server.ts'
import { webServices } from '../web-services.server.ts'
import { PRIVATE_PAGE_HEADERS } from './private-page.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: statementStyles }]
export const headers: HeadersFunction = () => PRIVATE_PAGE_HEADERS
export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: loaded?.ok ? `${loaded.facts.words.title} ${loaded.facts.number}` : 'Statement' },
  { name: 'robots', content: 'noindex, nofollow' },
  { name: 'referrer', content: 'no-referrer' },
]

const STATUS = { expired: 410, statement_not_found: 404, forged: 404, malformed: 404 } as const

/** A creator's own page of one statement: the signed link is the only key, no login, no cookie. */
export async function loader({ params }: LoaderFunctionArgs) {
  const token = params.token ?? ''
  const result = await readCreatorStatement(webServices().services, token)
  if (!result.ok) {
    // Which of the two a wrong link is, is nobody's business.
    const reason = result.reason === 'expired' ? 'expired' : 'unknown'
    return data({ ok: false, reason } as const, {
      status: STATUS[result.reason],
      headers: PRIVATE_PAGE_HEADERS,
    })
  }
  const base = `/c/statements/${token}`
  const page = {
    ok: true,
    facts: result.statement.facts,
    pdfUrl: `${base}/pdf`,
    csvUrl: `${base}/csv`,
  } as const
  return data(page, { headers: PRIVATE_PAGE_HEADERS })
}

export default function CreatorStatementPage() {
  const page = useLoaderData<typeof loader>()
  if (!page.ok) return <ClosedLink reason={page.reason} />
  return <StatementPage facts={page.facts} pdfUrl={page.pdfUrl} csvUrl={page.csvUrl} />
}
