/** A cell: text from people, or a number that was made here as exact decimal text. */
export type CsvCell = string | { decimal: string }

/** One RFC 4180 record, with its line end. */
export function csvRecord(cells: readonly CsvCell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(cell: CsvCell): string {
  if (typeof cell !== 'string') return cell.decimal
  // Spreadsheets run text that begins like a formula, some also in full-width signs; an apostrophe makes it text again.
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
