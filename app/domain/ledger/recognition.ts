/** Booked in full, but its royalties are held until the rest is paid. */
export const PARTIALLY_PAID = 'PARTIALLY_PAID'

/** Shopify's states in which money has moved: before them nothing is owed to anybody. */
const RECOGNISED = new Set(['PAID', PARTIALLY_PAID, 'PARTIALLY_REFUNDED', 'REFUNDED'])

/** Whether an order belongs in the books. One that is in them stays, whatever its state becomes. */
export function isRecognised(
  order: { isTest: boolean; financialStatus: string },
  isBooked: boolean,
): boolean {
  return !order.isTest && (isBooked || RECOGNISED.has(order.financialStatus))
}
