import '../layout/record-table.css'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMoneyText } from './money.tsx'
import { MonthPlot, type MonthPlotProps } from './month-plot.tsx'

export interface BarChartPoint {
  /** "2026-05" */
  key: string
  /** Under the bar: "May". */
  label: string
  /** In the readout and the table: "May 2026". */
  title: string
  /** Minor units as decimal text. The second series is a part of the first. */
  whole: string
  part: string
}

export interface BarChartProps {
  caption: string
  pointHeading: string
  wholeName: string
  partName: string
  points: BarChartPoint[]
  currency: string
  rests?: MonthPlotProps['rests']
}

/** Bars with a part of each filled, for amounts over time; the same figures stand in a table on demand. */
export function BarChart(props: BarChartProps) {
  const { caption, wholeName, partName, points, currency, rests = 'last' } = props
  const { t } = useTranslation()
  const [asTable, setAsTable] = useState(false)
  return (
    <MonthPlot
      caption={caption}
      currency={currency}
      rests={rests}
      series={[
        { name: wholeName, tone: 'whole', at: 0.22, width: 0.56, radius: 3 },
        { name: partName, tone: 'part', at: 0.22, width: 0.56, radius: 2 },
      ]}
      points={points.map(({ whole, part, ...point }) => ({ ...point, amounts: [whole, part] }))}
      action={
        <button
          type="button"
          className="fil-chart__toggle"
          aria-expanded={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? t('common.hideTable') : t('common.showTable')}
        </button>
      }
    >
      {asTable ? <ChartTable {...props} /> : null}
    </MonthPlot>
  )
}

function ChartTable({ caption, pointHeading, wholeName, partName, points, currency }: BarChartProps) {
  const money = useMoneyText()
  return (
    <div className="fil-table-frame">
      <table className="fil-table">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{pointHeading}</th>
            <th scope="col" className="fil-end">
              {wholeName}
            </th>
            <th scope="col" className="fil-end">
              {partName}
            </th>
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={point.key}>
              <td>{point.title}</td>
              <td className="fil-end">{money(point.whole, currency)}</td>
              <td className="fil-end">{money(point.part, currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
