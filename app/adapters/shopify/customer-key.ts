// A customer without a name: tells whether two orders come from one person, in one shop, and nothing else.
import { emailIdOf } from '../../domain/drops/signup.ts'
import { keyedDigest } from '../crypto/digest.ts'

export function customerKeyOf(shopDomain: string, customerId: bigint, secret: string): string {
  return keyedDigest('customer', `${shopDomain.toLowerCase()}/${customerId}`, secret)
}

/** An address without the address: the same for every spelling of it that reaches one mailbox without doubt. */
export function emailKeyOf(shopDomain: string, email: string, secret: string): string {
  return keyedDigest('restock-email', `${shopDomain.toLowerCase()}/${emailIdOf(email)}`, secret)
}
