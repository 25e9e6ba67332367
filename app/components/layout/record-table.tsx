import './record-table.css'
import type { ReactNode } from 'react'
import { SkeletonRows } from './skeletons.tsx'

export interface RecordColumn<Row> {
  id: string
  heading: string
  cell: (row: Row) => ReactNode
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
  footer?: ReactNode
}

/**
 * A list of records. Polaris' look with plain table markup: it measures nothing, so it neither shifts at phone width
 * nor delays a click when it holds a full page of rows.
 */
export function RecordTable<Row>({
  caption,
  columns,
  rows,
  rowKey,
  loading = false,
  footer,
}: RecordTableProps<Row>) {
  return (
    <div className="fil-table-frame" aria-busy={loading}>
      <table className="fil-table fil-table--cards">
        <caption>{caption}</caption>
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
