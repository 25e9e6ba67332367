// Ids of our own rows. A form brings the id of the row that it will make, so that sending it twice makes one row.
import { randomUUID } from 'node:crypto'

export function newRowId(): string {
  return randomUUID()
}

/** Whether the text can be asked for at all: Postgres throws on anything else in a uuid column. */
export function isRowId(text: unknown): text is string {
  return (
    typeof text === 'string' && /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text)
  )
}
