// The public answer to "is this statement genuine?": by number and code, and nothing about people.
import { createHash, timingSafeEqual } from 'node:crypto'
import { canonicalDocument } from '#app/domain/statements/canonical-document.ts'
import type { StatementDocument } from '#app/domain/statements/statement-document.ts'
import { readVerificationCode, verificationCode } from '#app/domain/statements/verification-code.ts'
import type { ServiceContext } from '../context.ts'

export interface VerifiedStatement {
  number: string
  /** "2026-05" */
  period: string
  currency: string
  closingMinor: string
}

/** Everything that is not genuine is the same answer: a wrong code, a number that was never issued, a shop that is not there. */
export type Verification = { authentic: true; statement: VerifiedStatement } | { authentic: false }

const NUMBER = /^[\p{L}\p{N}_.-]{1,80}$/u
const DOMAIN = /^[a-z0-9][a-z0-9-]{0,60}\.myshopify\.com$/

export async function verifyStatement(
  services: Pick<ServiceContext, 'db'>,
  asked: { shop: string; number: string; code: string },
): Promise<Verification> {
  const typed = asked.shop.trim().toLowerCase()
  const domain = typed.includes('.') ? typed : `${typed}.myshopify.com`
  const number = asked.number.trim().toUpperCase()
  const code = readVerificationCode(asked.code)
  if (code === null || !NUMBER.test(number) || !DOMAIN.test(domain)) return { authentic: false }
  const row = await services.db.byDomain(
    domain,
    async (tx, shop) =>
      shop &&
      tx.statement.findFirst({
        where: { shopId: shop.id, number },
        select: { document: true, documentHash: true },
      }),
  )
  if (!row || !isSame(code, verificationCode(row.documentHash))) return { authentic: false }
  const document = row.document as unknown as StatementDocument
  // What is stored must still be what was printed.
  const hash = createHash('sha256').update(canonicalDocument(document)).digest('hex')
  if (hash !== row.documentHash) return { authentic: false }
  const { period, currency, closingMinor } = document
  return { authentic: true, statement: { number: document.number, period, currency, closingMinor } }
}

function isSame(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)]
  return left.length === right.length && timingSafeEqual(left, right)
}
