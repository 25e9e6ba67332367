import './bar-chart.css'
import '../layout/record-table.css'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toDecimalText } from '#app/domain/money/format-amount.ts'
import { chartScale } from './chart-scale.ts'
import { useMoneyText } from './money.tsx'

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
}

const PLOT_HEIGHT = 180
const LABEL_HEIGHT = 22
const AXIS_WIDTH = 48

/** Bars with a part of each filled, for amounts over time. Fixed height, no measuring; the same figures stand in a table on demand. */
export function BarChart({ caption, pointHeading, wholeName, partName, points, currency }: BarChartProps) {
  const { t, i18n } = useTranslation()
  const money = useMoneyText()
  const [shown, setShown] = useState(points.length - 1)
  const [asTable, setAsTable] = useState(false)
  const scale = chartScale(
    points.flatMap((point) => [BigInt(point.whole), BigInt(point.part)]),
    PLOT_HEIGHT,
    4,
  )
  const compact = new Intl.NumberFormat(i18n.language, {
    style: 'currency',
    currency,
    notation: 'compact',
    maximumFractionDigits: 1,
  })
  const slot = 100 / Math.max(1, points.length)
  const zero = scale.y(0n)
  const current = points[shown] ?? points.at(-1)

  return (
    <figure className="fil-chart">
      <figcaption className="fil-chart__head">
        <span className="fil-chart__readout" aria-live="polite">
          <strong>{current?.title}</strong>
          <span className="fil-chart__key fil-chart__key--whole">
            {wholeName} {current ? money(current.whole, currency) : ''}
          </span>
          <span className="fil-chart__key fil-chart__key--part">
            {partName} {current ? money(current.part, currency) : ''}
          </span>
        </span>
        <button
          type="button"
          className="fil-chart__toggle"
          aria-expanded={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? t('common.hideTable') : t('common.showTable')}
        </button>
      </figcaption>
      <div className="fil-chart__plot">
        <svg
          className="fil-chart__axis"
          width={AXIS_WIDTH}
          height={PLOT_HEIGHT + LABEL_HEIGHT}
          aria-hidden="true"
        >
          {scale.ticks.map((tick) => (
            <text
              key={String(tick)}
              className="fil-chart__label"
              x={AXIS_WIDTH - 8}
              y={scale.y(tick) + 4}
              textAnchor="end"
            >
              {compact.format(toDecimalText(tick, currency) as Intl.StringNumericLiteral)}
            </text>
          ))}
        </svg>
        <svg
          className="fil-chart__bars"
          width="100%"
          height={PLOT_HEIGHT + LABEL_HEIGHT}
          role="img"
          aria-label={caption}
          onPointerLeave={() => setShown(points.length - 1)}
        >
          {scale.ticks.map((tick) => (
            <line
              key={String(tick)}
              className={tick === 0n ? 'fil-chart__zero' : 'fil-chart__grid'}
              x1="0"
              x2="100%"
              y1={scale.y(tick)}
              y2={scale.y(tick)}
            />
          ))}
          {points.map((point, index) => {
            const whole = bar(BigInt(point.whole), scale.y, zero)
            const part = bar(BigInt(point.part), scale.y, zero)
            const left = index * slot
            return (
              <g key={point.key} onPointerEnter={() => setShown(index)} onPointerDown={() => setShown(index)}>
                <rect
                  className={index === shown ? 'fil-chart__slot fil-chart__slot--shown' : 'fil-chart__slot'}
                  x={`${left}%`}
                  width={`${slot}%`}
                  y={0}
                  height={PLOT_HEIGHT}
                />
                <rect
                  className="fil-chart__whole"
                  x={`${left + slot * 0.22}%`}
                  width={`${slot * 0.56}%`}
                  rx={3}
                  {...whole}
                />
                <rect
                  className="fil-chart__part"
                  x={`${left + slot * 0.22}%`}
                  width={`${slot * 0.56}%`}
                  rx={2}
                  {...part}
                />
                <text
                  className="fil-chart__label"
                  x={`${left + slot / 2}%`}
                  y={PLOT_HEIGHT + 16}
                  textAnchor="middle"
                >
                  {point.label}
                </text>
              </g>
            )
          })}
        </svg>
      </div>
      {asTable ? <ChartTable {...{ caption, pointHeading, wholeName, partName, points, currency }} /> : null}
    </figure>
  )
}

function bar(amount: bigint, y: (amount: bigint) => number, zero: number): { y: number; height: number } {
  const edge = y(amount)
  return { y: Math.min(edge, zero), height: Math.abs(zero - edge) }
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
