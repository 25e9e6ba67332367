import { compareInstants, type IsoInstant } from '../time/instant.ts'

/**
 * What a line's decision rests on beside agreements: what was true at its sale. Frozen with the first decision, so that whoever decides
 * anew decides by changed terms alone, whatever became of collections, codes, links and the cap. JSON-safe.
 */
export interface SaleCircumstances {
  /** Of the product. */
  collectionIds: readonly string[]
  /** Each code of the order once, in the order's own order. */
  codes: readonly AppliedCode[]
  /** What the cart carried; creatorId null when the signature does not hold or the link is unknown or revoked. */
  link: { reference: string; creatorId: string | null } | null
  /** The drop in whose window the line was sold; absent on lines that were decided before there were drops. */
  drop?: SaleDrop | null
  /** Who of those that could have been paid was archived. */
  archivedCreatorIds: readonly string[]
  /** The most that all creators together may get of one line's net. */
  capBps: number
  /** The shop's own, for terms without one of theirs. */
  returnWindowDays: number
  /** The shop's: which day it was. */
  timeZone: string
}

export interface SaleDrop {
  id: string
  /** Null: a drop without a creator. */
  creatorId: string | null
  agreementId: string | null
}

export interface AppliedCode {
  /** Upper case. */
  code: string
  /** Null: no creator's. */
  creatorId: string | null
  isInWindow: boolean
}

/** A discount code of a creator. The window's end is exclusive. */
export interface KnownCode {
  creatorId: string
  startsAt: IsoInstant
  endsAt: IsoInstant | null
}

/** Whose the codes of an order are at its sale. `known`: the shop's creator codes by upper-case code. */
export function applyCodes(
  applied: readonly string[],
  known: ReadonlyMap<string, KnownCode>,
  soldAt: IsoInstant,
): AppliedCode[] {
  const codes = new Set(applied.map(codeKey).filter((code) => code !== ''))
  return [...codes].map((code) => {
    const own = known.get(code)
    return { code, creatorId: own?.creatorId ?? null, isInWindow: own !== undefined && isWithin(own, soldAt) }
  })
}

/** Case and spaces around a code do not matter. */
export function codeKey(code: string): string {
  return code.trim().toUpperCase()
}

function isWithin({ startsAt, endsAt }: KnownCode, at: IsoInstant): boolean {
  return compareInstants(at, startsAt) >= 0 && (endsAt === null || compareInstants(at, endsAt) < 0)
}
