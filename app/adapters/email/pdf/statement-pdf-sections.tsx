import { Text, View } from '@react-pdf/renderer'
import type { FactItem, FactSection } from '../presentation/section-facts.ts'
import { style } from './pdf-style.ts'

const STAYS_WHOLE = 8

/** One section after the lines. Short ones never break over pages; a title never stands alone at a page's foot. */
export function PdfSection({ section }: { section: FactSection }) {
  const isLong = section.items.length + section.rows.length + section.notes.length > STAYS_WHOLE
  return (
    <View style={style.section} wrap={isLong}>
      <Text style={style.sectionTitle} minPresenceAhead={40}>
        {section.title}
      </Text>
      {section.items.map((item) => (
        <Item key={item.key} item={item} />
      ))}
      {section.rows.map((row) => (
        <View
          key={row.key}
          style={{ ...style.tableRow, ...(row.isTotal ? style.closingRow : {}) }}
          wrap={false}
        >
          <Text style={{ ...style.cell, ...(row.isTotal ? style.strong : {}), width: 423, paddingRight: 12 }}>
            {row.label}
          </Text>
          <Text style={{ ...style.cell, ...(row.isTotal ? style.strong : {}), ...style.end, width: 100 }}>
            {row.amount}
          </Text>
        </View>
      ))}
      {section.notes.map((note) => (
        <Text key={note} style={{ ...style.note, marginTop: 3 }}>
          {note}
        </Text>
      ))}
    </View>
  )
}

function Item({ item }: { item: FactItem }) {
  return (
    <View style={style.tableRow} wrap={false}>
      <Text style={{ ...style.cell, width: 110 }}>{item.date ?? ''}</Text>
      <View style={{ width: 313, paddingRight: 12 }}>
        <Text style={style.cell}>{item.text}</Text>
        {item.detail ? <Text style={style.terms}>{item.detail}</Text> : null}
      </View>
      <Text style={{ ...style.cell, ...style.end, width: 100 }}>{item.amount}</Text>
    </View>
  )
}
