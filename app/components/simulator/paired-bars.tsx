import { MonthPlot } from '../figures/month-plot.tsx'

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

/** Two bars side by side for every month: what was, and what would have been. The figures stand in a table below the chart. */
export function PairedBars({ caption, beforeName, afterName, points, currency }: PairedBarsProps) {
  return (
    <MonthPlot
      caption={caption}
      currency={currency}
      series={[
        { name: beforeName, tone: 'whole', at: 0.18, width: 0.31, radius: 2 },
        { name: afterName, tone: 'part', at: 0.51, width: 0.31, radius: 2 },
      ]}
      points={points.map(({ before, after, ...point }) => ({ ...point, amounts: [before, after] }))}
    />
  )
}
