import '../figures/bar-chart.css'
import './paired-bars.css'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toDecimalText } from '#app/domain/money/format-amount.ts'
import { chartScale } from '../figures/chart-scale.ts'
import { useMoneyText } from '../figures/money.tsx'

export interface PairedBarsPoint {
  key: string
  /** Under the bars. */
  label: string
  /** In the readout. */
  title: string
  /** Minor units as decimal text. */
  before: string
  after: string
}

export interface PairedBarsProps {
  caption: string
  beforeName: string
  afterName: string
  points: PairedBarsPoint[]
  currency: string
}

const PLOT_HEIGHT = 180
const LABEL_HEIGHT = 22
const AXIS_WIDTH = 48

/** Two bars side by side for every month: what was, and what would have been. The figures stand in a table below the chart. */
export function PairedBars({ caption, beforeName, afterName, points, currency }: PairedBarsProps) {
  const { i18n } = useTranslation()
  const money = useMoneyText()
  const [shown, setShown] = useState(points.length - 1)
  const amounts = points.flatMap((point) => [BigInt(point.before), BigInt(point.after)])
  const scale = chartScale(amounts, PLOT_HEIGHT, 4)
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
            {beforeName} {current ? money(current.before, currency) : ''}
          </span>
          <span className="fil-chart__key fil-chart__key--part">
            {afterName} {current ? money(current.after, currency) : ''}
          </span>
        </span>
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
            const left = index * slot
            const bars = [
              { name: 'whole', at: 0.18, ...bar(BigInt(point.before), scale.y, zero) },
              { name: 'part', at: 0.51, ...bar(BigInt(point.after), scale.y, zero) },
            ]
            return (
              <g key={point.key} onPointerEnter={() => setShown(index)} onPointerDown={() => setShown(index)}>
                <rect
                  className={index === shown ? 'fil-chart__slot fil-chart__slot--shown' : 'fil-chart__slot'}
                  x={`${left}%`}
                  width={`${slot}%`}
                  y={0}
                  height={PLOT_HEIGHT}
                />
                {bars.map(({ name, at, y, height }) => (
                  <rect
                    key={name}
                    className={`fil-chart__${name}`}
                    x={`${left + slot * at}%`}
                    width={`${slot * 0.31}%`}
                    rx={2}
                    y={y}
                    height={height}
                  />
                ))}
                <text
                  className={
                    index % 2 === 1 ? 'fil-chart__label fil-chart__label--every-other' : 'fil-chart__label'
                  }
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
    </figure>
  )
}

function bar(amount: bigint, y: (amount: bigint) => number, zero: number): { y: number; height: number } {
  const edge = y(amount)
  return { y: Math.min(edge, zero), height: Math.abs(zero - edge) }
}
