import { canonicalJson } from '../canonical-json.ts'
import type { StatementDocument } from './statement-document.ts'

/** The one text of a frozen statement, whose hash is printed on it. */
export function canonicalDocument(document: StatementDocument): string {
  return canonicalJson(document)
}
