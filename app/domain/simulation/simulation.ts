// What terms would have paid, counted over sold lines by the very rules that post. Pure sums; whoever walks the lines feeds it.
/** 2026-05 */
export type MonthLabel = string

/** Minor units as a decimal integer string. */
type MinorText = string

export interface CreatorMonth {
  creatorId: string
  /** 2026-05, of the sale */
  month: MonthLabel
  actualMinor: MinorText
  simulatedMinor: MinorText
}

export interface MerchantMonth {
  month: MonthLabel
  netMinor: MinorText
  /** Net less all creators' parts, as the books have it and as the terms would have it. */
  keptActualMinor: MinorText
  keptSimulatedMinor: MinorText
}

export interface WorstCase {
  month: MonthLabel
  /** What creators would have got of the month's net, in basis points. */
  creatorsBps: number
}

export interface SimulationResult {
  currency: string
  /** Sales from this instant on. */
  since: string
  lines: number
  /** Lines whose payees or shares would have been others. */
  linesChanged: number
  months: MerchantMonth[]
  creators: CreatorMonth[]
  /** The month in which the merchant would have kept least of its net; null without sales. */
  worstMonth: WorstCase | null
  /** The line of which creators would have got most. */
  worstLine: { title: string; creatorsBps: number } | null
  /** What is given beyond line shares (ladders climbed anew; bonuses and guarantees as they stand), already in the creators' months. */
  awardsMinor: MinorText
}

export interface RerateResult {
  lines: number
  journals: number
  /** By creator: what the run credited (negative took back). */
  creators: Array<{ creatorId: string; differenceMinor: MinorText }>
}
