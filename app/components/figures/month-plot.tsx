import './month-plot.css'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toDecimalText } from '#app/domain/money/format-amount.ts'
import { chartScale } from './chart-scale.ts'
import { useMoneyText } from './money.tsx'

/** One row of bars. Places are parts of a month's slot, from its left edge. */
export interface PlotSeries {
  name: string
  tone: 'whole' | 'part'
  at: number
  width: number
  radius: number
}

export interface PlotPoint {
  key: string
  /** Under the bars. */
  label: string
  /** In the readout. */
  title: string
  /** Minor units, or pieces, as decimal text, one for each series. */
  amounts: string[]
}

export interface MonthPlotProps {
  caption: string
  series: PlotSeries[]
  points: PlotPoint[]
  /** Null: the amounts are pieces. */
  currency: string | null
  /** Which one the readout tells while none is pointed at: the newest of the past, the first of what is to come. */
  rests?: 'first' | 'last'
  /** Beside the readout. */
  action?: ReactNode
  /** Below the plot. */
  children?: ReactNode
}

const PLOT_HEIGHT = 180
const LABEL_HEIGHT = 22
const AXIS_WIDTH = 48
/** Of fewer months the bars would grow as broad as walls. */
const FEWEST_SLOTS = 6
/** More months than this leave no room for every label on a phone. */
const LABELS_ON_A_PHONE = 12

/** Amounts over months as bars with a readout of the one that is pointed at. Fixed height, no measuring. */
export function MonthPlot(props: MonthPlotProps) {
  const { caption, series, points, currency, rests = 'last', action, children } = props
  const { i18n } = useTranslation()
  const money = useMoneyText()
  const resting = rests === 'first' ? 0 : points.length - 1
  const [shown, setShown] = useState(resting)
  const scale = chartScale(
    points.flatMap((point) => point.amounts.map(BigInt)),
    PLOT_HEIGHT,
    4,
  )
  const compact = new Intl.NumberFormat(i18n.language, {
    ...(currency === null ? {} : { style: 'currency', currency }),
    notation: 'compact',
    maximumFractionDigits: 1,
  })
  const textOf = (amount: string) =>
    currency === null ? BigInt(amount).toLocaleString(i18n.language) : money(amount, currency)
  const slots = Math.max(FEWEST_SLOTS, points.length)
  const slot = 100 / slots
  // Fewer than fill the plot stand in its middle.
  const before = (slots - points.length) / 2
  const current = points[shown] ?? points.at(-1)
  return (
    <figure className="fil-chart">
      <figcaption className="fil-chart__head">
        <span className="fil-chart__readout" aria-live="polite">
          <strong>{current?.title}</strong>
          {series.map(({ name, tone }, index) => (
            <span key={tone} className={`fil-chart__key fil-chart__key--${tone}`}>
              {name} {current ? textOf(current.amounts[index] ?? '0') : ''}
            </span>
          ))}
        </span>
        {action}
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
              {compact.format(
                currency === null ? tick : (toDecimalText(tick, currency) as Intl.StringNumericLiteral),
              )}
            </text>
          ))}
        </svg>
        <svg
          className="fil-chart__bars"
          width="100%"
          height={PLOT_HEIGHT + LABEL_HEIGHT}
          role="img"
          aria-label={caption}
          onPointerLeave={() => setShown(resting)}
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
          {points.map((point, index) => (
            <g key={point.key} onPointerEnter={() => setShown(index)} onPointerDown={() => setShown(index)}>
              <rect
                className={index === shown ? 'fil-chart__slot fil-chart__slot--shown' : 'fil-chart__slot'}
                x={`${(before + index) * slot}%`}
                width={`${slot}%`}
                y={0}
                height={PLOT_HEIGHT}
              />
              {series.map(({ tone, at, width, radius }, place) => (
                <rect
                  key={tone}
                  className={`fil-chart__${tone}`}
                  x={`${(before + index + at) * slot}%`}
                  width={`${slot * width}%`}
                  rx={radius}
                  {...bar(BigInt(point.amounts[place] ?? '0'), scale.y)}
                />
              ))}
              <text
                className={
                  points.length > LABELS_ON_A_PHONE && index % 2 === 1
                    ? 'fil-chart__label fil-chart__label--every-other'
                    : 'fil-chart__label'
                }
                x={`${(before + index + 0.5) * slot}%`}
                y={PLOT_HEIGHT + 16}
                textAnchor="middle"
              >
                {point.label}
              </text>
            </g>
          ))}
        </svg>
      </div>
      {children}
    </figure>
  )
}

function bar(amount: bigint, y: (amount: bigint) => number): { y: number; height: number } {
  const [edge, zero] = [y(amount), y(0n)]
  return { y: Math.min(edge, zero), height: Math.abs(zero - edge) }
}
