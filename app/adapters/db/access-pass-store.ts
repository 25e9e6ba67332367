// Guest passes in their table: issued, found, taken back, forgotten.
import { randomInt } from 'node:crypto'
import type { ShopTransaction } from './database.ts'
import type { AccessPass, Prisma } from './generated/client.ts'
import { newRowId } from './row-id.ts'

export interface NewPass {
  shopId: number
  dropId: string
  emailHash: string
  emailKey: string
  /** Seals the address for the row that is made. */
  seal(passId: string): string
  locale: string
  origin: 'guest' | 'draw'
  issuedAt: Date
  issuedBy: string
  expiresAt: Date
  /** Whether a mail is asked for. */
  mailed: boolean
}

/** 31 bits: six signs of base 36 in the checkout's rules. */
const HIGHEST_NUMBER = 2 ** 31
const ATTEMPTS = 8

/** Null: the person has a living pass of the drop. Errors: throws when no number is found that is free. */
export async function insertPass(
  tx: ShopTransaction,
  { seal, mailed, ...given }: NewPass,
): Promise<string | null> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { shopId, dropId, emailHash } = given
    const living = await tx.accessPass.count({ where: { shopId, dropId, emailHash, revokedAt: null } })
    if (living > 0) return null
    const id = newRowId()
    const number = BigInt(randomInt(1, HIGHEST_NUMBER))
    const row = { id, number, ...given, emailSealed: seal(id), mailStatus: mailed ? 'queued' : 'none' }
    const made = await tx.accessPass.createMany({ data: [row], skipDuplicates: true })
    if (made.count === 1) return id
  }
  throw new Error('no free number for a pass')
}

/** As it stands on the pass. */
export function passNumberText(number: bigint): string {
  return number.toString(36)
}

/** What the checkout has to refuse, by the drop's handle: numbers of passes that were taken back. */
export async function listRevoked(
  tx: ShopTransaction,
  shopId: number,
  drops: ReadonlyArray<{ id: string; handle: string }>,
): Promise<Map<string, string[]>> {
  const rows = await tx.accessPass.findMany({
    where: { shopId, dropId: { in: drops.map(({ id }) => id) }, revokedAt: { not: null } },
    select: { dropId: true, number: true },
  })
  const handles = new Map(drops.map(({ id, handle }) => [id, handle]))
  const revoked = new Map<string, string[]>()
  for (const { dropId, number } of rows) {
    const handle = handles.get(dropId) ?? ''
    revoked.set(handle, [...(revoked.get(handle) ?? []), passNumberText(number)])
  }
  return revoked
}

/** Whether anybody holds a pass of the drop whose time is not over, taken back or not. */
export async function hasPasses(
  tx: ShopTransaction,
  shopId: number,
  dropId: string,
  now: Date,
): Promise<boolean> {
  return (await tx.accessPass.count({ where: { shopId, dropId, expiresAt: { gt: now } } })) > 0
}

/** Newest first. */
export function listPasses(
  tx: ShopTransaction,
  where: Prisma.AccessPassWhereInput & { shopId: number; dropId: string },
  { skip, take }: { skip: number; take: number },
): Promise<AccessPass[]> {
  return tx.accessPass.findMany({ where, orderBy: [{ issuedAt: 'desc' }, { id: 'desc' }], skip, take })
}

/** The addresses of a drop's guests, once nobody needs them any more. */
export async function forgetGuests(tx: ShopTransaction, shopId: number, dropId: string): Promise<void> {
  await tx.accessPass.updateMany({
    where: { shopId, dropId, emailSealed: { not: null } },
    data: { emailSealed: null },
  })
}

/** A redacted person: nothing leads to them, and the pass in their hands goes on working. */
export async function forgetGuest(tx: ShopTransaction, shopId: number, emailKey: string): Promise<number> {
  const { count } = await tx.accessPass.updateMany({
    where: { shopId, emailKey },
    data: { emailHash: null, emailKey: null, emailSealed: null },
  })
  return count
}
