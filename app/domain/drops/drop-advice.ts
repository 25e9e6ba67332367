// What a merchant may do better next time: few rules, each with the figures that it rests on. Without figures nothing is advised.

export interface AdvisedFigures {
  /** Selling time, milliseconds. */
  sellingMs: number
  pieces: ReadonlyArray<{
    title: string
    isHero: boolean
    sold: number
    /** Milliseconds of the selling time in which it was sold out. */
    soldOutMs: number
    /** From the first sale until it was sold out for good; null: it never was. */
    soldOutAfterMs: number | null
  }>
  /** Pieces sold before the opening for everybody; null: nobody was let in early. */
  soldEarly: number | null
  soldInAll: number
  returned: number
  /** Set aside for restocks, and back on the shelf at the end. */
  setAside: number
  backOnShelf: number
  /** People who asked to hear of a restock. */
  signups: { asked: number; served: number; lapsed: number }
  /** Of acts that were done, the largest. */
  worstLatenessMs: number
  /** Verdicts of the looks whether the offer ended. */
  continuing: number
}

export type Advice = { rule: AdviceRule; facts: Record<string, string | number> }
export type AdviceRule =
  | 'bring_more'
  | 'restock_sooner'
  | 'set_aside_less'
  | 'offer_something_else'
  | 'keep_some_for_the_opening'
  | 'more_time_to_buy'
  | 'acts_were_late'
  | 'offer_went_on'

const MINUTE = 60_000
/** Sold out for good with so much of the selling time left, and somebody still waiting. */
const EARLY_SELL_OUT = 0.75
/** In between without stock for longer than this, parts of the selling time. */
const LONG_GAP = 0.25
/** Of what was set aside, so much came back. */
const MUCH_CAME_BACK = 0.4
/** Of all pieces, so many went before the opening. */
const MOSTLY_EARLY = 0.7
/** Of the held pieces, so many were not bought in time. */
const MANY_LAPSED = 0.34
/** Pieces below which a share means nothing. */
const FEW = 5
export const LATE_MS = 5_000

/** In order of weight. */
export function adviceOf(figures: AdvisedFigures): Advice[] {
  return [
    ...offerWentOn(figures),
    ...bringMore(figures),
    ...restockSooner(figures),
    ...setAsideLess(figures),
    ...keepSome(figures),
    ...moreTime(figures),
    ...offerSomethingElse(figures),
    ...actsWereLate(figures),
  ]
}

function offerWentOn({ continuing }: AdvisedFigures): Advice[] {
  return continuing > 0 ? [{ rule: 'offer_went_on', facts: { count: continuing } }] : []
}

function bringMore({ pieces, sellingMs, signups }: AdvisedFigures): Advice[] {
  const unserved = signups.asked - signups.served
  return pieces
    .filter(
      ({ soldOutAfterMs, isHero }) =>
        isHero && soldOutAfterMs !== null && unserved > 0 && soldOutAfterMs <= sellingMs * EARLY_SELL_OUT,
    )
    .map(({ title, sold, soldOutAfterMs }) => ({
      rule: 'bring_more',
      facts: {
        title,
        sold,
        minutes: minutesOf(soldOutAfterMs ?? 0),
        of: minutesOf(sellingMs),
        count: unserved,
      },
    }))
}

/** Sold out in between: it came back, but late. */
function restockSooner({ pieces, sellingMs }: AdvisedFigures): Advice[] {
  return pieces
    .map(({ title, soldOutMs, soldOutAfterMs }) => ({
      title,
      gap: soldOutMs - (soldOutAfterMs === null ? 0 : sellingMs - soldOutAfterMs),
    }))
    .filter(({ gap }) => sellingMs > 0 && gap >= sellingMs * LONG_GAP)
    .map(({ title, gap }) => ({
      rule: 'restock_sooner',
      facts: { title, minutes: minutesOf(gap), of: minutesOf(sellingMs) },
    }))
}

function setAsideLess({ setAside, backOnShelf }: AdvisedFigures): Advice[] {
  const isMuch = setAside >= FEW && backOnShelf >= setAside * MUCH_CAME_BACK
  return isMuch ? [{ rule: 'set_aside_less', facts: { count: backOnShelf, of: setAside } }] : []
}

function keepSome({ soldEarly, soldInAll }: AdvisedFigures): Advice[] {
  const isMost = soldEarly !== null && soldInAll >= FEW && soldEarly >= soldInAll * MOSTLY_EARLY
  return isMost ? [{ rule: 'keep_some_for_the_opening', facts: { count: soldEarly, of: soldInAll } }] : []
}

function moreTime({ signups: { served, lapsed } }: AdvisedFigures): Advice[] {
  const held = served + lapsed
  const isMany = lapsed > 1 && lapsed >= held * MANY_LAPSED
  return isMany ? [{ rule: 'more_time_to_buy', facts: { count: lapsed, of: held } }] : []
}

/** Only where the drop itself sold: a piece that nobody saw is no evidence. */
function offerSomethingElse({ pieces, soldInAll }: AdvisedFigures): Advice[] {
  if (soldInAll < FEW) return []
  return pieces
    .filter(({ isHero, sold, soldOutMs }) => !isHero && sold === 0 && soldOutMs === 0)
    .map(({ title }) => ({ rule: 'offer_something_else', facts: { title, count: soldInAll } }))
}

function actsWereLate({ worstLatenessMs }: AdvisedFigures): Advice[] {
  if (worstLatenessMs <= LATE_MS) return []
  return [{ rule: 'acts_were_late', facts: { seconds: Math.round(worstLatenessMs / 1000) } }]
}

function minutesOf(ms: number): number {
  return Math.round(ms / MINUTE)
}
