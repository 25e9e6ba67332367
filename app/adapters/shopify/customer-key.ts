// A customer without a name: tells whether two orders come from one person, in one shop, and nothing else.
import { keyedDigest } from '../crypto/digest.ts'

export function customerKeyOf(shopDomain: string, customerId: bigint, secret: string): string {
  return keyedDigest('customer', `${shopDomain.toLowerCase()}/${customerId}`, secret)
}
