// The guests of a drop as its page lists them: to whom a pass was given, whether their mail went out, and their link to hand over.
import { passEmailHash, passKeyOf } from '../../../adapters/crypto/drop-pass.ts'
import { listPasses, passNumberText } from '../../../adapters/db/access-pass-store.ts'
import type { ShopTransaction } from '../../../adapters/db/database.ts'
import { loadDrop } from '../../../adapters/db/drop-store.ts'
import type { AccessPass } from '../../../adapters/db/generated/client.ts'
import { isRowId } from '../../../adapters/db/row-id.ts'
import { openToken, type TokenKeys } from '../../../adapters/shopify/token-cipher.ts'
import type { DropStatus } from '../../../domain/drops/drop.ts'
import { type PassRefusal, passTerm, readGuestLocale } from '../../../domain/drops/guest-list.ts'
import type { ShopContext } from '../../context.ts'
import { guestPassOf, passOwner } from './guest-pass.server.ts'
import type { PassesQuery } from './passes-query.ts'

export interface PassRow {
  id: string
  number: string
  /** Null once it was forgotten. */
  email: string | null
  origin: 'guest' | 'draw'
  issuedAt: string
  revokedAt: string | null
  mailStatus: string
  sentAt: string | null
  /** Null: taken back, or of a person that was redacted. */
  url: string | null
}

export interface PassesView {
  drop: { id: string; title: string; status: DropStatus; timeZone: string }
  /** From when until when a pass opens the drop; null with the reason why none can be given. */
  term: { from: string; until: string } | null
  refusal: PassRefusal | null
  /** Whether the checkout knows of every pass that was taken back. */
  isTold: boolean
  /** Language in which guests are written to unless another is chosen. */
  locale: string
  rows: PassRow[]
  living: number
  revoked: number
  page: number
  pageCount: number
}

const PER_PAGE = 25

/** An address that is looked for is hashed and compared. Null when the drop is unknown. */
export async function readPasses(
  context: ShopContext,
  keys: TokenKeys,
  dropId: string,
  asked: PassesQuery,
): Promise<PassesView | null> {
  if (!isRowId(dropId)) return null
  const { db, shop, clock, linkSecret } = context
  return db.inShop(shop.id, async (tx) => {
    const drop = await loadDrop(tx, shop.id, dropId)
    if (!drop) return null
    const term = passTerm(drop, clock.now().toISOString())
    const { search, shown } = asked
    const emailHash = search === '' ? null : passEmailHash(search, passKeyOf(shop.domain, linkSecret))
    const own = { shopId: shop.id, dropId }
    const where = {
      ...own,
      ...(emailHash && { emailHash }),
      ...(shown !== 'all' && { revokedAt: shown === 'living' ? null : { not: null } }),
    }
    const count = await tx.accessPass.count({ where })
    const living = await tx.accessPass.count({ where: { ...own, revokedAt: null } })
    const all = await tx.accessPass.count({ where: own })
    const pageCount = Math.max(1, Math.ceil(count / PER_PAGE))
    const page = Math.min(Math.max(1, asked.page), pageCount)
    const span = { skip: (page - 1) * PER_PAGE, take: PER_PAGE }
    const rows = await listPasses(tx, where, span)
    const place = { dropHandle: drop.handle, productHandle: await heroHandle(tx, shop.id, drop.offers[0]) }
    return {
      drop: { id: drop.id, title: drop.title, status: drop.status, timeZone: drop.timeZone },
      term: term.ok ? { from: term.from, until: term.until } : null,
      refusal: term.ok ? null : term.reason,
      isTold: drop.toldRevision >= drop.revision,
      locale: readGuestLocale(shop.locale),
      rows: rows.map((row) => passRow(context, keys, row, place)),
      living,
      revoked: all - living,
      page,
      pageCount,
    }
  })
}

export async function heroHandle(
  tx: ShopTransaction,
  shopId: number,
  hero: { productId: string } | undefined,
): Promise<string | null> {
  if (!hero) return null
  const where = { shopId_productId: { shopId, productId: BigInt(hero.productId) } }
  return (await tx.product.findUnique({ where, select: { handle: true } }))?.handle ?? null
}

function passRow(
  context: ShopContext,
  keys: TokenKeys,
  row: AccessPass,
  place: { dropHandle: string; productHandle: string | null },
): PassRow {
  const opened = row.emailSealed === null ? null : openToken(row.emailSealed, passOwner(row.id), keys)
  const pass = row.revokedAt === null ? guestPassOf(context, row, place) : null
  return {
    id: row.id,
    number: passNumberText(row.number),
    email: opened?.ok ? opened.token : null,
    origin: row.origin === 'draw' ? 'draw' : 'guest',
    issuedAt: row.issuedAt.toISOString(),
    revokedAt: row.revokedAt?.toISOString() ?? null,
    mailStatus: row.mailStatus,
    sentAt: row.sentAt?.toISOString() ?? null,
    url: pass?.url ?? null,
  }
}
