import { StyleSheet } from '@react-pdf/renderer'

const ink = '#241e16'
const soft = '#6a5d4a'
const gold = '#86601b'
const line = '#dccfb6'
const panel = '#faf5ea'

/** Widths of the table's columns in points; together the width between the margins of A4. */
export const columns = {
  product: 125,
  unitsSold: 30,
  list: 50,
  discounts: 52,
  net: 50,
  unitsReturned: 46,
  returns: 52,
  netUnits: 40,
  share: 32,
  royalty: 46,
} as const

export const style = StyleSheet.create({
  page: {
    paddingTop: 40,
    paddingBottom: 74,
    paddingHorizontal: 36,
    fontFamily: 'Helvetica',
    fontSize: 9,
    lineHeight: 1.4,
    color: ink,
  },
  row: { flexDirection: 'row' },
  spread: { flexDirection: 'row', justifyContent: 'space-between' },
  shop: { fontFamily: 'Helvetica', fontSize: 9, letterSpacing: 2, color: gold, textTransform: 'uppercase' },
  title: { fontFamily: 'Times-Roman', fontSize: 24, lineHeight: 1.2, marginTop: 4 },
  rule: { height: 1, backgroundColor: gold, marginTop: 12, marginBottom: 18 },
  headFacts: { alignItems: 'flex-end' },
  label: { fontSize: 8, color: soft },
  strong: { fontFamily: 'Helvetica-Bold' },
  party: { width: '48%' },
  partyName: { fontFamily: 'Times-Roman', fontSize: 13, lineHeight: 1.3 },
  section: { marginTop: 22 },
  sectionTitle: { fontFamily: 'Times-Roman', fontSize: 14, lineHeight: 1.3, marginBottom: 6 },
  box: {
    marginTop: 22,
    backgroundColor: panel,
    borderWidth: 1,
    borderColor: line,
    borderRadius: 3,
    padding: 16,
    flexDirection: 'row',
  },
  boxFigure: { fontFamily: 'Times-Roman', fontSize: 30, lineHeight: 1.2, marginTop: 2, marginBottom: 6 },
  boxLeft: { width: '44%', paddingRight: 22 },
  boxRight: { width: '56%', paddingLeft: 22, borderLeftWidth: 1, borderLeftColor: line },
  balanceRow: { flexDirection: 'row', justifyContent: 'space-between', paddingVertical: 2.5 },
  closingRow: { borderTopWidth: 1, borderTopColor: gold, marginTop: 3, paddingTop: 5 },
  tableHead: {
    flexDirection: 'row',
    borderBottomWidth: 1,
    borderBottomColor: gold,
    paddingBottom: 4,
    paddingTop: 2,
  },
  tableRow: { flexDirection: 'row', borderBottomWidth: 0.5, borderBottomColor: line, paddingVertical: 4.5 },
  tableTotal: { flexDirection: 'row', paddingTop: 6 },
  heading: { fontSize: 7.5, lineHeight: 1.25, color: soft },
  cell: { fontSize: 8 },
  end: { textAlign: 'right' },
  terms: { fontSize: 7, lineHeight: 1.3, color: soft },
  note: { fontSize: 8, color: soft },
  footer: {
    position: 'absolute',
    left: 36,
    right: 36,
    bottom: 26,
    borderTopWidth: 0.5,
    borderTopColor: line,
    paddingTop: 6,
  },
  // Without a height the library lays text that differs by page out as nothing.
  footerPage: { position: 'absolute', left: 300, right: 36, bottom: 42, height: 14 },
  footerText: { fontSize: 7, lineHeight: 1.4, color: soft },
  mono: { fontFamily: 'Courier', fontSize: 6.5 },
})
