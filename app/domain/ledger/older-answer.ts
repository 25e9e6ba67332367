// Shopify dates an order's last change to the second. Of two answers with the same date, what they tell decides which one is the older.

export interface OrderAnswer {
  updatedAt: Date
  cancelledAt: unknown
  financialStatus: string
  saleIds: ReadonlySet<bigint>
}

/** Shopify's states of payment in the order in which money moves, while no sale comes to the order. */
const PAYMENT_STEPS = [
  ['PENDING', 'AUTHORIZED'],
  ['PARTIALLY_PAID'],
  ['PAID'],
  ['PARTIALLY_REFUNDED'],
  ['REFUNDED'],
]

/** Whether `told` shows an earlier state of the order than `standing`. An answer that shows the same is not older. */
export function isOlderAnswer(told: OrderAnswer, standing: OrderAnswer): boolean {
  if (told.updatedAt.getTime() !== standing.updatedAt.getTime()) return told.updatedAt < standing.updatedAt
  // Sales are only ever added, and nothing else moves an order's total.
  if (!isWithin(standing.saleIds, told.saleIds)) return true
  if (!isWithin(told.saleIds, standing.saleIds)) return false
  if ((told.cancelledAt === null) !== (standing.cancelledAt === null)) return told.cancelledAt === null
  const [toldStep, standingStep] = [stepOf(told.financialStatus), stepOf(standing.financialStatus)]
  // A state outside the steps (voided, expired) ends an order: nothing comes after it.
  if (toldStep === -1 || standingStep === -1) return toldStep !== -1
  return toldStep < standingStep
}

const stepOf = (status: string) => PAYMENT_STEPS.findIndex((step) => step.includes(status))

function isWithin(part: ReadonlySet<bigint>, whole: ReadonlySet<bigint>): boolean {
  return [...part].every((id) => whole.has(id))
}
