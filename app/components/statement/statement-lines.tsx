import type { LineFacts, StatementFacts } from '#app/adapters/email/presentation/statement-facts.ts'

// Shown as cards on a phone; some browsers forget that a table is one when its display changes, so each part says what it is.
const role = {
  table: { role: 'table' },
  group: { role: 'rowgroup' },
  row: { role: 'row' },
  column: { role: 'columnheader' },
  heading: { role: 'rowheader' },
  cell: { role: 'cell' },
} as const

const columns = [
  'unitsSold',
  'list',
  'discounts',
  'net',
  'unitsReturned',
  'returns',
  'netAfterReturns',
  'share',
  'royalty',
] as const

const JOURNALS_SHOWN = 6

type Column = (typeof columns)[number]

/** What sold and what it earned, with every step from list value to royalty. */
export function StatementLines({ facts }: { facts: StatementFacts }) {
  const { words } = facts
  return (
    <section className="sheet-wide" aria-labelledby="lines">
      <h2 id="lines">{words.lines}</h2>
      {facts.lines.length === 0 ? (
        <p className="soft">{words.noLines}</p>
      ) : (
        <>
          <p className="soft">{facts.currencyNote}</p>
          <LinesTable facts={facts} />
        </>
      )}
    </section>
  )
}

function LinesTable({ facts }: { facts: StatementFacts }) {
  const { words } = facts
  return (
    <table className="sheet-lines" aria-labelledby="lines" {...role.table}>
      <thead {...role.group}>
        <tr {...role.row}>
          <th scope="col" {...role.column}>
            {words.product}
          </th>
          {columns.map((column) => (
            <th key={column} scope="col" {...role.column}>
              {words[column]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...role.group}>
        {facts.lines.map((line) => (
          <tr key={line.key} {...role.row}>
            <th scope="row" {...role.heading}>
              <LineHeading line={line} journalWords={words.journalEntries} />
            </th>
            <Cells words={words} values={line} />
          </tr>
        ))}
      </tbody>
      <tfoot {...role.group}>
        <tr {...role.row}>
          <th scope="row" {...role.heading}>
            {words.total}
          </th>
          <Cells words={words} values={{ ...facts.totals, share: '' }} />
        </tr>
      </tfoot>
    </table>
  )
}

function LineHeading({ line, journalWords }: { line: LineFacts; journalWords: string }) {
  return (
    <>
      <span className="sheet-product">{line.product}</span>
      <span className="soft">{line.terms}</span>
      <Journals words={journalWords} journals={line.journals} />
    </>
  )
}

/** The ledger's own numbers of what a line sums up. Many of them are folded away. */
function Journals({ words, journals }: { words: string; journals: readonly string[] }) {
  if (journals.length === 0) return null
  if (journals.length <= JOURNALS_SHOWN) {
    return (
      <span className="soft">
        {words}: {journals.join(', ')}
      </span>
    )
  }
  return (
    <details className="soft">
      <summary>
        {words} ({journals.length})
      </summary>
      {journals.join(', ')}
    </details>
  )
}

function Cells({ words, values }: { words: StatementFacts['words']; values: Record<Column, string> }) {
  return columns.map((column) => (
    <td key={column} data-label={words[column]} data-column={column} {...role.cell}>
      {values[column]}
    </td>
  ))
}
