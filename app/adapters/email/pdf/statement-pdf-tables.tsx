import { Text, View } from '@react-pdf/renderer'
import type { LineFacts } from '../presentation/line-facts.ts'
import type { StatementFacts } from '../presentation/statement-facts.ts'
import { columns, style } from './pdf-style.ts'

type Column = keyof typeof columns
type Cells = Record<Exclude<Column, 'product'>, string>

/** Every line with all of its arithmetic; the headings come again on every page. */
export function LinesTable({ facts }: { facts: StatementFacts }) {
  const { words, totals } = facts
  if (facts.lines.length === 0) {
    return (
      <View style={style.section}>
        <Text style={style.sectionTitle}>{words.lines}</Text>
        <Text style={style.note}>{words.noLines}</Text>
      </View>
    )
  }
  return (
    <View style={style.section}>
      <Text style={style.sectionTitle} minPresenceAhead={70}>
        {words.lines}
      </Text>
      <View style={style.tableHead} fixed>
        <Text style={{ ...style.heading, width: columns.product }}>{words.product}</Text>
        <NumberCells cells={{ ...words, netUnits: facts.sectionWords.netUnits }} tone={style.heading} />
      </View>
      {facts.lines.slice(0, -1).map((line) => (
        <LineRow key={line.key} line={line} />
      ))}
      {/* The total never stands alone on a page. */}
      <View wrap={false}>
        {facts.lines.slice(-1).map((line) => (
          <LineRow key={line.key} line={line} />
        ))}
        <View style={style.tableTotal}>
          <Text style={{ ...style.cell, ...style.strong, width: columns.product }}>{words.total}</Text>
          <NumberCells cells={{ ...totals, share: '' }} tone={{ ...style.cell, ...style.strong }} />
        </View>
      </View>
    </View>
  )
}

function LineRow({ line }: { line: LineFacts }) {
  return (
    <View style={style.tableRow} wrap={false}>
      <View style={{ width: columns.product, paddingRight: 8 }}>
        <Text style={style.cell}>
          {line.position}. {line.product}
        </Text>
        <Text style={style.terms}>{line.terms}</Text>
        {line.notes.map((note) => (
          <Text key={note} style={style.terms}>
            {note}
          </Text>
        ))}
      </View>
      <NumberCells cells={line} tone={style.cell} />
    </View>
  )
}

const numberColumns: Array<keyof Cells> = [
  'unitsSold',
  'list',
  'discounts',
  'net',
  'unitsReturned',
  'returns',
  'netUnits',
  'share',
  'royalty',
]

function NumberCells({ cells, tone }: { cells: Cells; tone: object }) {
  return numberColumns.map((column) => (
    <Text key={column} style={{ ...tone, ...style.end, width: columns[column] }}>
      {cells[column]}
    </Text>
  ))
}
