// What a rehearsal tells of a drop, as it is kept and shown: texts, numbers and instants only.
import type { IsoInstant } from '../time/instant.ts'
import type { StepNote } from './act-steps.ts'
import type { ActKind } from './drop.ts'
import type { PreflightItem } from './preflight.ts'

export interface Rehearsal {
  dropId: string
  /** Of the plan that was played. */
  revision: number
  at: IsoInstant
  timeZone: string
  /** It was not scheduled yet: the scheduling is played too. */
  isDraft: boolean
  /** The scheduling, or how it stands, first, then the acts in order of time. */
  acts: RehearsedAct[]
  checkout: GateAnswer[]
  /** Worst first, then in order of time. */
  findings: RehearsalFinding[]
}

export interface RehearsedAct {
  /** Null: the scheduling itself. */
  actId: string | null
  kind: ActKind | 'schedule'
  at: IsoInstant
  outcome: 'done' | 'failed' | 'retry' | 'skipped'
  steps: Array<Pick<StepNote, 'key' | 'outcome' | 'evidence'>>
  /** Titles of pieces that come into the online store, and that leave it. */
  published: string[]
  unpublished: string[]
  released: UnitsOf[]
  /** Back on the shelf unsold. */
  returned: UnitsOf[]
  /** Restocks that may be announced from here on. */
  announced: Array<UnitsOf & { for: IsoInstant }>
  /** People who wait for a restock and are written to, as many as there are units. */
  mailed: UnitsOf[]
  stock: Array<{ title: string; before: Counted; after: Counted }>
  shows: PieceShown[]
}

export interface UnitsOf {
  title: string
  units: number
}

export interface Counted {
  available: number
  reserved: number
}

/** A text of the theme by its name there, with what stands in it. `count` chooses the plural; instants are ISO. */
export interface ThemeText {
  key: string
  params: Record<string, string | number>
}

export interface PieceShown {
  title: string
  /** Without its page in the online store nothing is shown. */
  isListed: boolean
  countdown: ThemeText[]
  stock: ThemeText[]
  /** Null: nobody is let in early. */
  gate: ThemeText | null
}

export type Edge = 'early_access' | 'open' | 'close'
export type Buyer = 'anybody' | 'early'

/** A moment beside an edge of the window, and who asks the checkout then. */
export interface GateQuestion {
  edge: Edge
  side: 'before' | 'after'
  at: IsoInstant
  buyer: Buyer
}

export interface GateAnswer extends GateQuestion {
  lets: boolean
  /** What the buyer is told. */
  message: string | null
  /** By the timelines; the checkout must say the same. Null: they do not say. */
  expected: boolean | null
}

export type RehearsalFinding = {
  light: 'red' | 'amber'
  /** At which act; null: at the scheduling, or of the drop as a whole. */
  actId: string | null
  facts: Record<string, string | number>
} & (
  | { reason: 'preflight'; check: PreflightItem['check']; because: string }
  | {
      reason:
        | 'cannot_be_scheduled'
        | 'not_reserved'
        | 'step_fails'
        | 'opens_sold_out'
        | 'no_time_for_mail'
        | 'clocks_change'
        | 'overlap'
        | 'agreement_not_in_force'
        | 'goes_on_selling'
        | 'checkout_disagrees'
    }
)
