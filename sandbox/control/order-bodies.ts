// Shapes of the bodies of calls about orders. Amounts are decimal texts in the shop's currency.
import { z } from 'zod'
import { amount, id, taxes, time } from './bodies.ts'

const attributes = z.array(z.strictObject({ key: z.string().min(1), value: z.string() }))
const restock = z.enum(['RETURN', 'CANCEL', 'NO_RESTOCK']).optional()
const lineUnits = z.array(z.strictObject({ lineItemId: id, quantity: z.number(), restock }))

const transfers = z.array(
  z.strictObject({
    amount,
    isPresentment: z.boolean().optional(),
    gateway: z.string().optional(),
    parentId: id.optional(),
  }),
)
const duties = z.array(z.strictObject({ dutyId: id, type: z.enum(['FULL', 'PROPORTIONAL']).optional() }))

export const placeOrderBody = z.strictObject({
  customerId: id.optional(),
  email: z.string().optional(),
  lines: z.array(
    z.strictObject({
      variantId: id,
      quantity: z.number(),
      unitPrice: amount.optional(),
      sellingPlanName: z.string().optional(),
    }),
  ),
  discountCodes: z.array(z.string()).optional(),
  orderDiscount: amount.optional(),
  shipping: z.strictObject({ title: z.string(), price: amount, discount: amount.optional() }).optional(),
  tip: amount.optional(),
  duties: z
    .array(
      z.strictObject({
        line: z.int().nonnegative(),
        amount,
        harmonizedSystemCode: z.string().optional(),
        countryCodeOfOrigin: z.string().length(2).optional(),
      }),
    )
    .optional(),
  additionalFees: z
    .array(z.strictObject({ name: z.string().min(1), price: amount, taxable: z.boolean().optional() }))
    .optional(),
  taxes: taxes.optional(),
  taxesIncluded: z.boolean().optional(),
  paidAmount: amount.optional(),
  giftCard: amount.optional(),
  cashRounding: amount.optional(),
  customAttributes: attributes.optional(),
  presentment: z.strictObject({ currency: z.string(), rate: z.string() }).optional(),
  payment: z.enum(['paid', 'authorized', 'pending']).optional(),
  gateway: z.string().optional(),
  test: z.boolean().optional(),
  note: z.string().optional(),
  tags: z.array(z.string()).optional(),
  sourceName: z.string().optional(),
  happenedAt: time.optional(),
})

export const refundBody = z.strictObject({
  full: z.boolean().optional(),
  lines: lineUnits.optional(),
  shipping: amount.optional(),
  amount: amount.optional(),
  presentmentAmount: amount.optional(),
  duties: duties.optional(),
  tax: z.array(z.strictObject({ lineItemId: id, amount })).optional(),
  tip: z.boolean().optional(),
  additionalFees: z.boolean().optional(),
  discrepancyReason: z.enum(['CUSTOMER', 'DAMAGE', 'OTHER', 'RESTOCK']).optional(),
  gateway: z.string().optional(),
  parentId: id.optional(),
  transfers: transfers.optional(),
  rate: z.string().optional(),
  cashRounding: amount.optional(),
  omitAdjustmentSale: z.boolean().optional(),
  note: z.string().optional(),
  happenedAt: time.optional(),
})

export const openReturnBody = z.strictObject({
  lines: z.array(
    z.strictObject({
      lineItemId: id,
      quantity: z.number(),
      reason: z.string().optional(),
      customerNote: z.string().optional(),
      restockingFee: z.string().optional(),
    }),
  ),
  exchange: z
    .array(
      z.strictObject({
        variantId: id,
        quantity: z.number(),
        discountPercentage: z.string().optional(),
        discountAmount: amount.optional(),
      }),
    )
    .optional(),
  shippingFee: amount.optional(),
  request: z.boolean().optional(),
  happenedAt: time.optional(),
  /** Process it at once. */
  process: z.boolean().optional(),
})

const processed = z.array(z.strictObject({ id, quantity: z.number() }))

export const processReturnBody = z.strictObject({
  lines: processed.optional(),
  exchange: processed.optional(),
  presentmentRefund: amount.optional(),
  transfers: transfers.optional(),
  shipping: amount.optional(),
  duties: duties.optional(),
  note: z.string().optional(),
  omitAdjustmentSale: z.boolean().optional(),
  refund: z.union([z.boolean(), amount]).optional(),
  restock: z.boolean().optional(),
  happenedAt: time.optional(),
})

export const editBody = z.strictObject({
  add: z
    .array(z.strictObject({ variantId: id, quantity: z.number(), unitPrice: amount.optional() }))
    .optional(),
  addCustom: z
    .array(
      z.strictObject({
        title: z.string().min(1),
        quantity: z.number(),
        unitPrice: amount,
        taxable: z.boolean().optional(),
      }),
    )
    .optional(),
  addShipping: z.array(z.strictObject({ title: z.string().min(1), price: amount })).optional(),
  staffNote: z.string().optional(),
  increase: z.array(z.strictObject({ lineItemId: id, quantity: z.number() })).optional(),
  remove: lineUnits.optional(),
  discount: z.array(z.strictObject({ lineItemId: id, amount })).optional(),
  happenedAt: time.optional(),
})

export const captureBody = z.strictObject({
  amount: amount.optional(),
  presentmentAmount: amount.optional(),
  parentId: id.optional(),
  final: z.boolean().optional(),
})

export const voidBody = z.strictObject({ parentId: id.optional() })

export const archiveBody = z.strictObject({ archived: z.boolean() })

export const moveReturnBody = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('approve') }),
  z.strictObject({
    step: z.literal('decline'),
    reason: z.enum(['FINAL_SALE', 'OTHER', 'RETURN_PERIOD_ENDED']),
    note: z.string().optional(),
  }),
  z.strictObject({ step: z.literal('cancel') }),
  z.strictObject({ step: z.literal('close') }),
  z.strictObject({ step: z.literal('reopen') }),
])

export const driftBody = z.strictObject({ amount })

export const cancelBody = z.strictObject({
  reason: z.enum(['customer', 'inventory', 'fraud', 'declined', 'other', 'staff']).optional(),
  refund: z.boolean().optional(),
  note: z.string().optional(),
  happenedAt: time.optional(),
})

export const openDisputeBody = z.strictObject({
  type: z.enum(['CHARGEBACK', 'INQUIRY']).optional(),
  amount: amount.optional(),
  reason: z.string().optional(),
  happenedAt: time.optional(),
})

export const updateDisputeBody = z.strictObject({
  status: z.enum(['NEEDS_RESPONSE', 'UNDER_REVIEW', 'WON', 'LOST', 'ACCEPTED']).optional(),
  type: z.literal('CHARGEBACK').optional(),
  happenedAt: time.optional(),
})
