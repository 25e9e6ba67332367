// The two privacy requests about one shopper. Payloads keep who it was about: afterwards the state no longer knows.
import type { Customer, ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { findShopState } from './find-nouns.ts'
import { type Refusal, refuse } from './refusal.ts'
import { emitEvent } from './shop-events.ts'

type Outcome =
  | { ok: true; customer: Customer; orderIds: string[] }
  | Refusal<'unknown_shop' | 'unknown_customer' | 'already_redacted'>

/** The shopper asks what is kept of them (customers/data_request). */
export function requestCustomerData(sandbox: Sandbox, shopDomain: string, customerId: string): Outcome {
  const found = findCustomer(sandbox, shopDomain, customerId)
  if (!found.ok) return found
  const { customer, orderIds } = found
  emitEvent(sandbox, shopDomain, 'customers/data_request', customer.id, {
    ...identity(customer),
    orderIds,
    dataRequestId: sandbox.nextId('data-request'),
  })
  return { ok: true, customer, orderIds }
}

/** Erases the shopper's identity here and asks the app to do the same (customers/redact). */
export function redactCustomer(sandbox: Sandbox, shopDomain: string, customerId: string): Outcome {
  const found = findCustomer(sandbox, shopDomain, customerId)
  if (!found.ok) return found
  const { customer, orderIds, state } = found
  if (customer.redactedAt) return refuse('already_redacted', `Customer ${customerId} is redacted already.`)
  const detail = { ...identity(customer), orderIds }
  Object.assign(customer, {
    firstName: '',
    lastName: '',
    email: '',
    phone: null,
    redactedAt: sandbox.clock.now().toISOString(),
  })
  for (const orderId of orderIds) {
    const order = state.orders[orderId]
    if (order) order.email = null
  }
  sandbox.changed()
  emitEvent(sandbox, shopDomain, 'customers/redact', customer.id, detail)
  return { ok: true, customer, orderIds }
}

function identity({ email, phone }: Customer) {
  return { email, phone }
}

function findCustomer(
  sandbox: Sandbox,
  shopDomain: string,
  customerId: string,
):
  | { ok: true; state: ShopState; customer: Customer; orderIds: string[] }
  | Refusal<'unknown_shop' | 'unknown_customer'> {
  const found = findShopState(sandbox, shopDomain)
  if (!found.ok) return found
  const customer = found.state.customers[customerId]
  if (!customer) return refuse('unknown_customer', `There is no customer ${customerId}.`)
  const orderIds = Object.values(found.state.orders)
    .filter((order) => order.customerId === customerId)
    .map(({ id }) => id)
  return { ok: true, state: found.state, customer, orderIds }
}
