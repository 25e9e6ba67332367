// The three drops of the story: one that is over, one that is coming, and one that whoever looks at the demo can open.
import { CIRCLE_TAG } from './story-cast.ts'

export interface StoryAct {
  kind: 'teaser' | 'early_access' | 'open' | 'wave' | 'close' | 'after'
  /** Seconds after the opening; before it, negative. */
  at: number
  /** Pieces that come out of reserve then, by `PRODUCT/VARIANT INDEX`. */
  releases?: Record<string, number>
}

export interface StoryDrop {
  title: string
  handle: string
  /** Of the creator whose first agreement it is sold under; null: the shop's own. */
  creator: string | null
  /** `PRODUCT/VARIANT INDEX`; the first is the hero. */
  pieces: string[]
  acts: StoryAct[]
  /** Fields of the form beside those. */
  terms: Record<string, string>
  story: string
}

const MINUTE = 60
const DAY = 86_400
const RULE = { lowAt: '5', lastAt: '2' }

/** Thirteen pendants: eight at the opening, five more six minutes later. */
export const WINDFALL: StoryDrop = {
  title: 'Windfall',
  handle: 'windfall',
  creator: 'MAYA',
  pieces: ['windfall-pendant/0', 'windfall-studs/0'],
  acts: [
    { kind: 'teaser', at: -DAY },
    { kind: 'early_access', at: -10 * MINUTE },
    { kind: 'open', at: 0 },
    { kind: 'wave', at: 6 * MINUTE, releases: { 'windfall-pendant/0': 5 } },
    { kind: 'close', at: 20 * MINUTE },
    { kind: 'after', at: DAY },
  ],
  terms: {
    ...RULE,
    limit: '2',
    earlyTags: CIRCLE_TAG,
    priceKind: 'percent',
    priceOff: '10',
    arrivalBasis: 'in_stock',
    arrivalFrom: '3',
    arrivalTo: '6',
  },
  story:
    'Maya filmed the morning after the storm, and we cast what lay in the grass. Thirteen leaves, one mould each.',
}

export const LONG_NIGHT: StoryDrop = {
  title: 'The long night',
  handle: 'the-long-night',
  creator: 'THEO',
  pieces: ['long-night-lanterns/0', 'long-night-lanterns/1'],
  acts: [
    { kind: 'teaser', at: 0 },
    { kind: 'early_access', at: -15 * MINUTE },
    { kind: 'open', at: 0 },
    { kind: 'wave', at: 8 * MINUTE, releases: { 'long-night-lanterns/0': 6, 'long-night-lanterns/1': 6 } },
    { kind: 'close', at: 30 * MINUTE },
    { kind: 'after', at: 2 * DAY },
  ],
  terms: {
    ...RULE,
    limit: '1',
    earlyTags: CIRCLE_TAG,
    earlyPastBuyers: 'true',
    earlyPasses: 'true',
    priceKind: 'amount',
    priceOff: '18',
    arrivalBasis: 'made_to_order',
    arrivalFrom: '10',
    arrivalTo: '14',
  },
  story:
    'Théo brought the garnets home from a workshop that he filmed by candlelight. The cages are wound for the longest night of the year.',
}

/** Short enough to be watched whole. */
export const CINDERS: StoryDrop = {
  title: 'Cinders, live from the bench',
  handle: 'cinders',
  creator: 'MAYA',
  pieces: ['cinder-ring/0'],
  acts: [
    { kind: 'teaser', at: -60 },
    { kind: 'open', at: 0 },
    { kind: 'wave', at: 90, releases: { 'cinder-ring/0': 4 } },
    { kind: 'close', at: 180 },
    { kind: 'after', at: DAY },
  ],
  terms: { ...RULE, limit: '2', arrivalBasis: 'in_stock', arrivalFrom: '3', arrivalTo: '6' },
  story: 'Maya goes live while the rings are still warm. Six now, four more when the second firing is out.',
}

export const STORY_DROPS = [WINDFALL, LONG_NIGHT, CINDERS]
