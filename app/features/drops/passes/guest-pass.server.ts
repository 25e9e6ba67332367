// A guest's pass from its row: it is signed anew whenever somebody needs it, and kept nowhere.
import { passKeyOf, signPass } from '../../../adapters/crypto/drop-pass.ts'
import { passNumberText } from '../../../adapters/db/access-pass-store.ts'
import type { AccessPass } from '../../../adapters/db/generated/client.ts'
import { PASS_PARAMETER } from '../../../domain/drops/pass.ts'
import type { ShopContext } from '../../context.ts'

/** As sealed addresses are bound to their rows. */
export const passOwner = (passId: string) => `access_pass/${passId}`

export interface GuestPass {
  /** What is typed into the gate where a link does not do it. */
  text: string
  /** The page of the drop's hero with the pass. */
  url: string
}

/** Null: the person was redacted, and nobody can write the pass any more. `productHandle` null: the catalogue does not know the piece. */
export function guestPassOf(
  { shop, linkSecret }: Pick<ShopContext, 'shop' | 'linkSecret'>,
  row: Pick<AccessPass, 'number' | 'emailHash' | 'expiresAt'>,
  { dropHandle, productHandle }: { dropHandle: string; productHandle: string | null },
): GuestPass | null {
  if (row.emailHash === null) return null
  const claims = {
    dropHandle,
    emailHash: row.emailHash,
    expiresAt: Math.floor(row.expiresAt.getTime() / 1000),
    id: passNumberText(row.number),
  }
  const text = signPass(claims, passKeyOf(shop.domain, linkSecret))
  const path = productHandle === null ? '/' : `/products/${productHandle}`
  return { text, url: `https://${shop.domain}${path}?${PASS_PARAMETER}=${text}` }
}
