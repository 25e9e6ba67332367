// The signed address of a creator's page of one statement, for every mail that carries it.
import { signLink } from './signed-link.ts'

/** Statements are papers that people keep: their links last. Sending again makes a fresh one. */
export const STATEMENT_LINK_DAYS = 400

export interface StatementLink {
  url: string
  /** When it stops opening. Whole seconds, as the link carries it. */
  expiresAt: Date
}

export function statementLinkEnd(now: Date): Date {
  return new Date(Math.floor(now.getTime() / 1000) * 1000 + STATEMENT_LINK_DAYS * 86_400_000)
}

/** `linkGeneration`: the creator's of this moment; a corrected address begins a new one, which makes older links void. */
export function signStatementLink(
  services: { appUrl: string; linkSecret: string; clock: { now(): Date } },
  statement: { id: string; shopId: number },
  linkGeneration: number,
): StatementLink {
  const expiresAt = statementLinkEnd(services.clock.now())
  const token = signLink(
    {
      kind: 'statement',
      shopId: statement.shopId,
      subjectId: statement.id,
      ...generationMark(linkGeneration),
      expiresAt,
    },
    services.linkSecret,
  )
  return { url: `${services.appUrl}/c/statements/${token}`, expiresAt }
}

/** Carried as the link's nonce. */
export function generationMark(generation: number): { nonce?: string } {
  return generation === 0 ? {} : { nonce: `g${generation}` }
}
