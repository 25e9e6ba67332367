// Moves a wave's units at Shopify to where they are wanted, whatever stopped halfway before.
import { dueNoLaterThan } from '../../adapters/db/calendar.ts'
import type { ShopTransaction } from '../../adapters/db/database.ts'
import { loadDrop, type StoredDrop } from '../../adapters/db/drop-store.ts'
import {
  finishMove,
  intendMove,
  movesOfWave,
  reservedByOthersSince,
  type StoredMove,
} from '../../adapters/db/stock-move-store.ts'
import type { AdminRefusal } from '../../adapters/shopify/admin-api.ts'
import { moveStock, readStockLevel, type StockPlace } from '../../adapters/shopify/stock-level.ts'
import type { Wave } from '../../domain/drops/drop.ts'
import {
  judgeAnswer,
  KEY_REMEMBERED_MS,
  ledgerDocumentOf,
  type MoveAnswer,
  nextMove,
  outcomeByCounts,
  type WantedState,
} from '../../domain/drops/wave-stock.ts'
import type { ShopContext } from '../context.ts'

export type MoveWaveOutcome =
  /** `units` moved now or before; `short`: units that somebody took out of reserve by hand. */
  | { ok: true; units: number; short: number; groupGid: string | null }
  | { ok: false; reason: 'not_enough_available'; available: number; units: number }
  | { ok: false; reason: 'reserve_is_gone' | 'never_reserved' | 'returned_already' | 'left_already' }
  /** The item is not counted at that location. */
  | { ok: false; reason: 'not_stocked' }
  /** The drop does not want it any more: held, aborted, or somebody else's to run. */
  | { ok: false; reason: 'not_wanted' }
  | { ok: false; reason: 'refused_by_shopify'; code: string | null; message: string }
  /** It is not known whether a move of long ago was made, and the counts do not tell: somebody else moved units too. */
  | { ok: false; reason: 'old_move_unclear'; kind: string; units: number; reserved: number }
  /** Sales or people change the counts faster than they are read. */
  | { ok: false; reason: 'counts_keep_changing' }
  | AdminRefusal

/** Asked again so often when counts changed between reading and moving. */
const LOOKS = 8

/** `allow` is asked inside the transaction that writes the intention down, with the drop locked. */
export async function moveWave(
  context: ShopContext,
  drop: Pick<StoredDrop, 'id'>,
  wave: Wave,
  wanted: WantedState,
  allow: (tx: ShopTransaction, drop: StoredDrop) => Promise<boolean>,
): Promise<MoveWaveOutcome> {
  const { db, shop, shopify } = context
  const place = { inventoryItemId: BigInt(wave.inventoryItemId), locationId: BigInt(wave.locationId) }
  for (let look = 0; look < LOOKS; look += 1) {
    const moves = await db.inShop(shop.id, (tx) => movesOfWave(tx, shop.id, wave.id))
    const unknown = moves.find(({ status }) => status === 'intended')
    if (unknown && context.clock.now().getTime() - unknown.intendedAt.getTime() > KEY_REMEMBERED_MS) {
      const unclear = await settleForgotten(context, place, unknown)
      if (unclear) return unclear
      continue
    }
    const read = unknown ? null : await readStockLevel(shopify, place)
    if (read && !read.ok) return read
    if (read && !read.level && wanted !== 'returned') return { ok: false, reason: 'not_stocked' }
    const next = nextMove(wave, wanted, moves, read?.level ?? { available: 0, reserved: 0 })
    if (next.do === 'refuse') {
      const { do: _, ...refusal } = next
      return { ok: false, ...refusal }
    }
    if (next.do === 'nothing') {
      if (next.state !== wave.state)
        await db.inShop(shop.id, async (tx) => {
          await tx.wave.update({ where: { id: wave.id }, data: { state: next.state } })
          if (next.state === 'released') await tellLine(context, tx)
        })
      const done = moves.findLast(({ status }) => status === 'done')
      return { ok: true, units: done?.units ?? 0, short: shortOf(moves), groupGid: null }
    }
    const move =
      next.do === 'ask'
        ? moves.find(({ id }) => id === next.move.id)
        : await intend(context, drop.id, wave, next, allow)
    if (move === 'not_wanted') return { ok: false, reason: 'not_wanted' }
    // Somebody else was faster: what they intend is asked for.
    if (!move) continue
    const asked = await moveStock(shopify, { ...place, ...move })
    if (!asked.ok) return asked
    const { answer } = asked
    const verdict = judgeAnswer(answer)
    if (verdict.is === 'unknown')
      return { ok: false, reason: 'unavailable', message: answer.ok ? '' : answer.message }
    await db.inShop(shop.id, async (tx) => {
      await finishMove(tx, shop.id, move, answer, context.clock.now())
      if (answer.ok && move.kind === 'release') await tellLine(context, tx)
    })
    if (!answer.ok && verdict.is === 'refused' && !verdict.lookAgain)
      return { ok: false, reason: 'refused_by_shopify', code: answer.code, message: answer.message }
    // What was asked again may be the step before the wanted one: units are reserved before they are released.
    if (answer.ok && next.do === 'intend')
      return { ok: true, units: move.units, short: next.short, groupGid: answer.groupGid }
  }
  return { ok: false, reason: 'counts_keep_changing' }
}

/** Writes down what became of a move whose key Shopify may have forgotten, as its counts tell it. Null: it is written down. */
async function settleForgotten(
  context: ShopContext,
  place: StockPlace,
  move: StoredMove,
): Promise<Extract<MoveWaveOutcome, { ok: false }> | null> {
  const { db, shop, shopify, clock } = context
  const read = await readStockLevel(shopify, place)
  if (!read.ok) return read
  const { level } = read
  if (!level) return { ok: false, reason: 'not_stocked' }
  return db.inShop(shop.id, async (tx) => {
    const others = await reservedByOthersSince(tx, shop.id, { ...place, ...move }, move.intendedAt)
    const outcome = outcomeByCounts(move, level, others)
    const { kind, units } = move
    if (outcome === 'unclear')
      return {
        ok: false as const,
        reason: 'old_move_unclear' as const,
        kind,
        units,
        reserved: level.reserved,
      }
    const answer: MoveAnswer =
      outcome === 'done'
        ? { ok: true, groupGid: SEEN_IN_COUNTS }
        : { ok: false, code: 'NEVER_MADE', message: 'The counts show that it was not made.' }
    await finishMove(tx, shop.id, move, answer, clock.now())
    if (answer.ok && kind === 'release') await tellLine(context, tx)
    return null
  })
}

/** In the place of Shopify's group, where its answer never came. */
const SEEN_IN_COUNTS = 'seen in the counts'

/** Units came out of reserve: those who asked to hear of it are told, also when this job is lost. */
async function tellLine({ shop, queue, clock }: ShopContext, tx: ShopTransaction): Promise<void> {
  await dueNoLaterThan(tx, shop.id, 'offer-restocks', clock.now())
  await queue.enqueue(tx, 'offer-restocks', { shopId: shop.id })
}

function shortOf(moves: readonly StoredMove[]): number {
  const done = moves.filter(({ status }) => status === 'done')
  const reserved = done.find(({ kind }) => kind === 'reserve')
  const left = done.find(({ kind }) => kind !== 'reserve')
  return reserved && left ? reserved.units - left.units : 0
}

async function intend(
  { db, shop, clock }: ShopContext,
  dropId: string,
  wave: Wave,
  next: Extract<ReturnType<typeof nextMove>, { do: 'intend' }>,
  allow: (tx: ShopTransaction, drop: StoredDrop) => Promise<boolean>,
): Promise<StoredMove | null | 'not_wanted'> {
  return db.inShop(shop.id, async (tx) => {
    const drop = await loadDrop(tx, shop.id, dropId, { lock: true })
    if (!drop || !(await allow(tx, drop))) return 'not_wanted'
    const { kind, units, fromBefore, toBefore } = next
    return intendMove(tx, {
      shopId: shop.id,
      dropId,
      waveId: wave.id,
      kind,
      units,
      fromBefore,
      toBefore,
      ledgerDocumentUri: ledgerDocumentOf(wave.id),
      intendedAt: clock.now(),
    })
  })
}
