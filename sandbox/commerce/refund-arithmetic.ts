// How much money a refund returns, and what it leaves unsaid. Pure; each currency on its own.
import type { MinorBag } from './minor-bag.ts'
import { absolute } from './money.ts'

interface Situation {
  /** What is taken back, as a positive amount. */
  worth: MinorBag
  /** Money taken and kept so far. */
  paid: MinorBag
  /** The order's total before. */
  total: MinorBag
}

type Side = { worth: bigint; paid: bigint; total: bigint }

function bothSides(
  situation: Situation,
  of: (side: Side, currency: 'shop' | 'presentment') => bigint,
): MinorBag {
  const side = (currency: 'shop' | 'presentment') =>
    of(
      { worth: situation.worth[currency], paid: situation.paid[currency], total: situation.total[currency] },
      currency,
    )
  return { shop: side('shop'), presentment: side('presentment') }
}

function atLeastZero(value: bigint): bigint {
  return value < 0n ? 0n : value
}

/** What is owed for the goods: their worth, less what the buyer still had to pay. */
function expected({ worth, paid, total }: Side): bigint {
  return atLeastZero(worth - atLeastZero(total - paid))
}

/** The money that a refund gives back when nothing else is said. */
export function suggestRefund(situation: Situation): MinorBag {
  return bothSides(situation, (side) =>
    expected(side) < side.paid ? expected(side) : atLeastZero(side.paid),
  )
}

/**
 * The adjustment sale that a refund of `amount` needs: positive when the shop keeps part of what the goods were worth, negative
 * when it gives more. Money that only settles an overpayment (after an edit or a return) needs none.
 */
export function adjustmentFor(situation: Situation & { amount: MinorBag }): MinorBag {
  return bothSides(situation, (side, currency) => {
    const amount = absolute(situation.amount[currency])
    const due = expected(side)
    const overpaid = atLeastZero(side.paid - side.total)
    if (amount < due) return due - amount
    return amount <= due + overpaid ? 0n : due + overpaid - amount
  })
}
