import type { LineFacts } from '#app/adapters/email/presentation/line-facts.ts'
import type { StatementFacts } from '#app/adapters/email/presentation/statement-facts.ts'

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
  'netUnits',
  'netAfterReturns',
  'share',
  'royalty',
] as const

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
  const headings = { ...words, netUnits: facts.sectionWords.netUnits }
  return (
    <table className="sheet-lines" aria-labelledby="lines" {...role.table}>
      <thead {...role.group}>
        <tr {...role.row}>
          <th scope="col" {...role.column}>
            {words.product}
          </th>
          {columns.map((column) => (
            <th key={column} scope="col" {...role.column}>
              {headings[column]}
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
            <Cells headings={headings} values={line} />
          </tr>
        ))}
      </tbody>
      <tfoot {...role.group}>
        <tr {...role.row}>
          <th scope="row" {...role.heading}>
            {words.total}
          </th>
          <Cells headings={headings} values={{ ...facts.totals, share: '' }} />
        </tr>
      </tfoot>
    </table>
  )
}

function LineHeading({ line, journalWords }: { line: LineFacts; journalWords: string }) {
  return (
    <>
      <span className="sheet-product">
        {line.position}. {line.product}
      </span>
      <span className="soft">{line.terms}</span>
      {line.notes.map((note) => (
        <span key={note} className="soft">
          {note}
        </span>
      ))}
      <span className="soft">
        {journalWords}: {line.journals}
      </span>
    </>
  )
}

function Cells({ headings, values }: { headings: Record<Column, string>; values: Record<Column, string> }) {
  return columns.map((column) => (
    <td key={column} data-label={headings[column]} data-column={column} {...role.cell}>
      {values[column]}
    </td>
  ))
}
