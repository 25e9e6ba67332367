// A statement as a file, always from its frozen document.
import { renderStatementPdf } from '#app/adapters/email/pdf/statement-pdf.tsx'
import type { StatementDocument } from '#app/domain/statements/statement-document.ts'
import { toStatementCsv } from '#app/domain/statements/to-statement-csv.ts'
import { verificationCode } from '#app/domain/statements/verification-code.ts'

export type StatementFormat = 'pdf' | 'csv'

export interface StatementFile {
  bytes: Uint8Array
  contentType: string
  /** ASCII only: safe in a header. */
  fileName: string
}

export interface StatementSource {
  document: StatementDocument
  documentHash: string
  /** Public page on which number and code are verified. */
  verifyUrl: string
}

/** The shop is in the address already: number and code are typed from the paper. */
export function verifyUrlOf(appUrl: string, shopDomain: string): string {
  return `${appUrl}/statements/verify?shop=${encodeURIComponent(shopDomain)}`
}

export function statementFormat(text: string | null | undefined): StatementFormat | null {
  return text === 'pdf' || text === 'csv' ? text : null
}

export async function renderStatementFile(
  { document, documentHash, verifyUrl }: StatementSource,
  format: StatementFormat,
): Promise<StatementFile> {
  const fileName = `${document.number.replace(/[^\w.-]+/g, '-')}.${format}`
  if (format === 'pdf') {
    const bytes = await renderPdfOnce({ document, documentHash, verifyUrl })
    return { bytes, contentType: 'application/pdf', fileName }
  }
  const proof = { hash: documentHash, code: verificationCode(documentHash) }
  // The byte order mark makes spreadsheets read the file as UTF-8.
  const bytes = new TextEncoder().encode(`\uFEFF${toStatementCsv(document, proof)}`)
  return { bytes, contentType: 'text/csv; charset=utf-8', fileName }
}

const rendering = new Map<string, Promise<Uint8Array>>()

/** A PDF takes a good part of a second of one core: who asks while the same one is made gets that one. */
function renderPdfOnce({ document, documentHash, verifyUrl }: StatementSource): Promise<Uint8Array> {
  const running = rendering.get(documentHash)
  if (running) return running
  const started = renderStatementPdf(document, { hash: documentHash, verifyUrl }).finally(() =>
    rendering.delete(documentHash),
  )
  rendering.set(documentHash, started)
  return started
}
