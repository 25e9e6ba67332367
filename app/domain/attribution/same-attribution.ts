import { canonicalJson } from '../canonical-json.ts'
import type { LineAttribution } from './attribution.ts'

type Paid = Pick<LineAttribution, 'capped'> & { payees: ReadonlyArray<LineAttribution['payees'][number]> }

/** Whether two decisions pay the same people the same, for the same reasons; what lost beside them does not matter. */
export function paysTheSame(left: Paid, right: Paid): boolean {
  return left.capped === right.capped && textOf(left) === textOf(right)
}

/** Stored JSON comes back with its members in another order. */
function textOf({ payees }: Paid): string {
  return canonicalJson(payees)
}
