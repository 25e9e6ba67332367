// Shapes of the bodies that the control API takes. Amounts are decimal texts in the shop's currency.

import { z } from 'zod'
import { LONGEST_DELAY_MS } from '#sandbox/functions/function-config.ts'

export const id = z.union([z.string(), z.int().nonnegative().transform(String)])
export const amount = z.string()
export const time = z.iso.datetime({
  offset: true,
  error: 'must be an ISO time such as 2026-05-04T10:00:00Z',
})
export const taxes = z.array(z.strictObject({ title: z.string(), rate: z.string() }))

export const exchangeRatesBody = z.strictObject({ rates: z.record(z.string(), z.string()) })

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

const status = z.enum(['ACTIVE', 'DRAFT', 'ARCHIVED', 'UNLISTED']).optional()
const policy = z.enum(['DENY', 'CONTINUE']).optional()

export const productBody = z.strictObject({
  title: z.string(),
  handle: z.string().min(1).optional(),
  descriptionHtml: z.string().optional(),
  vendor: z.string().optional(),
  productType: z.string().optional(),
  tags: z.array(z.string()).optional(),
  status,
  published: z.boolean().optional(),
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

/** In order; settings by id, a product by its handle. */
export const themeBody = z.strictObject({
  blocks: z
    .array(
      z.strictObject({
        block: z.string(),
        template: z.string(),
        settings: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .optional(),
  pageCacheSeconds: z.int().min(0).max(3600).optional(),
})

export const shopSettingsBody = z
  .strictObject({
    name: z.string().min(1).optional(),
    email: z.email().optional(),
    timeZone: z.string().min(1).optional(),
  })
  .refine((body) => Object.keys(body).length > 0, 'give at least one of name, email and timeZone')

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
  graphqlDelayMs: z.int().min(0).max(60_000).optional(),
  throttle: z
    .strictObject({ maximumAvailable: z.number().positive(), restoreRate: z.number().positive() })
    .optional(),
  refuseRefresh: z.boolean().optional(),
  omitExpiresIn: z.boolean().optional(),
  functionConfigDelayMs: z.int().min(0).max(LONGEST_DELAY_MS).optional(),
  seed: z.int().optional(),
})

export const clockBody = z
  .strictObject({ to: time.optional(), advanceMs: z.int().optional(), reset: z.boolean().optional() })
  .refine((body) => Object.keys(body).length === 1, 'give exactly one of to, advanceMs and reset')

export const sessionTokenBody = z.strictObject({
  /** Path of the app, with its query. */
  path: z.string().startsWith('/').optional(),
  lifetimeSeconds: z.int().optional(),
  /** Which of the shop's people asks; default: the first. */
  userId: z
    .string()
    .regex(/^\d{1,20}$/)
    .optional(),
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
