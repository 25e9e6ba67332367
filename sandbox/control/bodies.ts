// Shapes of the bodies that the control API takes. Amounts are decimal texts in the shop's currency.
import { z } from 'zod'

const id = z.union([z.string(), z.int().nonnegative().transform(String)])
const amount = z.string()
const time = z.iso.datetime({ offset: true, error: 'must be an ISO time such as 2026-05-04T10:00:00Z' })
const attributes = z.array(z.strictObject({ key: z.string().min(1), value: z.string() }))
const restock = z.enum(['RETURN', 'CANCEL', 'NO_RESTOCK']).optional()
const lineUnits = z.array(z.strictObject({ lineItemId: id, quantity: z.number(), restock }))

const taxes = z.array(z.strictObject({ title: z.string(), rate: z.string() }))
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

export const exchangeRatesBody = z.strictObject({ rates: z.record(z.string(), z.string()) })

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

export const shopBody = z.strictObject({
  domain: z.string(),
  name: z.string().min(1),
  email: z.string(),
  currency: z.string(),
  timeZone: z.string(),
  country: z.string(),
  taxesIncluded: z.boolean().optional(),
  taxRate: z.string().optional(),
  taxes: taxes.optional(),
  planPublicName: z.string().optional(),
  ownerName: z.string().optional(),
  locations: z.array(z.string().min(1)).min(1).optional(),
})

const status = z.enum(['ACTIVE', 'DRAFT', 'ARCHIVED']).optional()
const policy = z.enum(['DENY', 'CONTINUE']).optional()

export const productBody = z.strictObject({
  title: z.string(),
  handle: z.string().min(1).optional(),
  descriptionHtml: z.string().optional(),
  vendor: z.string().optional(),
  productType: z.string().optional(),
  tags: z.array(z.string()).optional(),
  status,
  images: z.array(z.strictObject({ url: z.string(), altText: z.string() })).optional(),
  variants: z.array(
    z.strictObject({
      title: z.string().optional(),
      sku: z.string().optional(),
      price: amount,
      compareAtPrice: amount.nullish(),
      unitCost: amount.nullish(),
      inventoryPolicy: policy,
      available: z.number().optional(),
    }),
  ),
})

export const updateProductBody = z.strictObject({
  title: z.string().optional(),
  descriptionHtml: z.string().optional(),
  vendor: z.string().optional(),
  productType: z.string().optional(),
  tags: z.array(z.string()).optional(),
  status,
  variants: z.array(z.strictObject({ id, price: amount.optional(), inventoryPolicy: policy })).optional(),
})

export const collectionBody = z.strictObject({
  title: z.string().min(1),
  handle: z.string().min(1),
  productIds: z.array(id),
})

export const customerBody = z.strictObject({
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
  phone: z.string().nullish(),
  tags: z.array(z.string()).optional(),
})

export const discountBody = z.strictObject({
  code: z.string(),
  title: z.string().optional(),
  percentage: z.string(),
  startsAt: time.optional(),
  endsAt: time.nullish(),
  usageLimit: z.number().nullish(),
  appliesOncePerCustomer: z.boolean().optional(),
  productIds: z.array(id).optional(),
  combines: z.boolean().optional(),
})

export const updateDiscountBody = discountBody.partial()

const quantityName = z.enum(['available', 'reserved', 'committed'])
const place = z.strictObject({ locationId: id, name: quantityName })

export const adjustBody = z.strictObject({
  inventoryItemId: id,
  locationId: id,
  name: quantityName.optional(),
  delta: z.number().optional(),
  quantity: z.number().optional(),
})

export const moveBody = z.strictObject({ inventoryItemId: id, quantity: z.number(), from: place, to: place })

export const scopesBody = z.strictObject({ scopes: z.array(z.string().min(1)).optional() })

const probability = z.number().min(0).max(1).optional()

export const webhookFaultsBody = z.strictObject({
  duplicate: probability,
  drop: probability,
  delayMs: z.number().min(0).max(600_000).optional(),
  reorder: probability,
  forge: probability,
  seed: z.int().optional(),
})

export const faultsBody = z.strictObject({
  tokenLifetimeSeconds: z.int().min(1).optional(),
  graphqlErrorRate: probability,
  throttle: z
    .strictObject({ maximumAvailable: z.number().positive(), restoreRate: z.number().positive() })
    .optional(),
  refuseRefresh: z.boolean().optional(),
  omitExpiresIn: z.boolean().optional(),
  seed: z.int().optional(),
})

export const clockBody = z
  .strictObject({ to: time.optional(), advanceMs: z.int().optional(), reset: z.boolean().optional() })
  .refine((body) => Object.keys(body).length === 1, 'give exactly one of to, advanceMs and reset')

export const sessionTokenBody = z.strictObject({
  /** Path of the app, with its query. */
  path: z.string().startsWith('/').optional(),
  lifetimeSeconds: z.int().optional(),
})

const call = z.strictObject({
  method: z.enum(['GET', 'POST']).optional(),
  path: z.string(),
  body: z.unknown(),
})

export const batchBody = z.union([
  z.array(call).transform((calls) => ({ calls })),
  z.strictObject({ calls: z.array(call) }),
])
