// How often creators' pages do work that costs: files are rendered, answers are written. Bounded by link, and by address for whoever
// tries many links.
import { createRateLimit, visitorKey } from '#app/adapters/http/rate-limit.ts'
import { renderCreatorPage } from './render-creator-page.server.tsx'

export type CostlyWork = 'file' | 'answer'

export interface CreatorLimits {
  /** Null when the work may be done; else the page that says to wait. */
  refuse(work: CostlyWork, request: Request, token: string): Response | null
}

const PER_SECONDS = 60
/** A creator who clicks both files a few times, or mends a form a few times, stays far below. */
const MOST_BY_LINK = 12
/** A studio's creators may share one address. */
const MOST_BY_ADDRESS = 60

export function createCreatorLimits(now?: () => number): CreatorLimits {
  const limitOf = (most: number) =>
    createRateLimit({ most, perSeconds: PER_SECONDS, ...(now ? { now } : {}) })
  const byLink = limitOf(MOST_BY_LINK)
  const byAddress = limitOf(MOST_BY_ADDRESS)
  return {
    refuse(work, request, token) {
      const address = request.headers.get('x-forwarded-for')?.split(',')[0]?.trim() ?? ''
      // The address first: who tries many links fills no memory with them.
      const visitor = byAddress.take(`${work} ${visitorKey(address)}`)
      const verdict = visitor.ok ? byLink.take(`${work} ${token}`) : visitor
      return verdict.ok ? null : renderWait(verdict.retryAfterSeconds)
    },
  }
}

/** This process's. */
export const creatorLimits = createCreatorLimits()

function renderWait(seconds: number): Response {
  return renderCreatorPage({
    title: 'Please wait a moment',
    language: 'en',
    status: 429,
    retryAfterSeconds: seconds,
    body: (
      <main className="sheet">
        <header className="sheet-head">
          <h1>Please wait a moment</h1>
          <p>This page was asked for very often just now. Please try again in a minute.</p>
        </header>
      </main>
    ),
  })
}
