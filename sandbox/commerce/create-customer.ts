import type { Customer } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { findShopState } from './find-nouns.ts'
import { type Refusal, refuse } from './refusal.ts'

export interface CreateCustomerInput {
  firstName: string
  lastName: string
  email: string
  phone?: string | null
  tags?: string[]
}

export function createCustomer(
  sandbox: Sandbox,
  shopDomain: string,
  input: CreateCustomerInput,
): { ok: true; customer: Customer } | Refusal<'unknown_shop' | 'invalid_email' | 'email_taken'> {
  const found = findShopState(sandbox, shopDomain)
  if (!found.ok) return found
  const { state } = found
  const email = input.email.trim().toLowerCase()
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    return refuse('invalid_email', `email: "${input.email}" is no e-mail address.`)
  }
  if (Object.values(state.customers).some((customer) => customer.email === email)) {
    return refuse('email_taken', `email: ${email} is taken.`)
  }
  const customer: Customer = {
    id: sandbox.nextId('customer'),
    firstName: input.firstName,
    lastName: input.lastName,
    email,
    phone: input.phone ?? null,
    tags: input.tags ?? [],
    createdAt: sandbox.clock.now().toISOString(),
    redactedAt: null,
  }
  state.customers[customer.id] = customer
  sandbox.changed()
  return { ok: true, customer }
}
