// What a receipt of customers/data_request and customers/redact says, as the intake wrote it.
import { z } from 'zod'

const schema = z.object({
  customerKey: z.string().optional(),
  emailKey: z.string().optional(),
  orderIds: z.array(z.string().regex(/^\d{1,18}$/)).default([]),
  dataRequestId: z.string().optional(),
})

export interface CustomerRequest {
  /** Null when the payload named no customer: the orders that it names still count. */
  customerKey: string | null
  /** Null when the payload named no address. */
  emailKey: string | null
  orderIds: bigint[]
  /** Shopify's number of the request, for the merchant's correspondence. */
  dataRequestId: string | null
}

/** Errors: facts that the intake cannot have written are a bug and throw. */
export function readCustomerRequest(facts: unknown): CustomerRequest {
  const { customerKey, emailKey, orderIds, dataRequestId } = schema.parse(facts)
  return {
    customerKey: customerKey ?? null,
    emailKey: emailKey ?? null,
    orderIds: orderIds.map(BigInt),
    dataRequestId: dataRequestId ?? null,
  }
}
