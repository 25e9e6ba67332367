import './record-table.css'
import type { ReactNode } from 'react'
import { SkeletonRows } from './skeletons.tsx'

export interface RecordColumn<Row> {
  id: string
  heading: string
  cell: (row: Row) => ReactNode
  /** Share of the table's width in percent; columns without one share what is left evenly. */
  width?: number
  /** Amounts and counts stand at the end of their column. */
  end?: boolean
  subdued?: boolean
}

export interface RecordTableProps<Row> {
  /** Read to screen readers in front of the table. */
  caption: string
  columns: RecordColumn<Row>[]
  rows: Row[]
  rowKey: (row: Row) => string
  /** Rows are being replaced: the old ones stay, dimmed; without old ones, placeholders. */
  loading?: boolean
  /** Many columns: scrolls sideways sooner. */
  wide?: boolean
  footer?: ReactNode
}

/**
 * A list of records. Polaris' look with plain table markup: it measures nothing, so it neither shifts at phone width
 * nor delays a click when it holds a full page of rows. Widths are given, not found: a table that fits itself to its rows moves all
 * of them whenever more arrive from the server.
 */
export function RecordTable<Row>({
  caption,
  columns,
  rows,
  rowKey,
  loading = false,
  wide = false,
  footer,
}: RecordTableProps<Row>) {
  return (
    <div className="fil-table-frame" aria-busy={loading}>
      <table className={wide ? 'fil-table fil-table--cards fil-table--wide' : 'fil-table fil-table--cards'}>
        <caption>{caption}</caption>
        <colgroup>
          {columns.map((column) => (
            <col key={column.id} style={column.width ? { width: `${column.width}%` } : undefined} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} scope="col" className={column.end ? 'fil-end' : undefined}>
                {column.heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column) => (
                <td key={column.id} data-label={column.heading} className={cellClass(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
          {loading && rows.length === 0 ? <SkeletonRows rows={5} columns={columns.length} /> : null}
        </tbody>
        {footer ? <tfoot>{footer}</tfoot> : null}
      </table>
    </div>
  )
}

function cellClass(column: { end?: boolean; subdued?: boolean }): string | undefined {
  const names = [column.end ? 'fil-end' : '', column.subdued ? 'fil-optional' : ''].filter(Boolean)
  return names.length > 0 ? names.join(' ') : undefined
}
