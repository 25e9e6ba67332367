// Moves of waves' units: written down before they are asked for, and again when their outcome is known.
import {
  type MoveAnswer,
  type MoveKind,
  type StockMove,
  stateAfterMove,
} from '../../domain/drops/wave-stock.ts'
import type { ShopTransaction } from './database.ts'
import { newRowId } from './row-id.ts'

export interface StoredMove extends StockMove {
  ledgerDocumentUri: string
  intendedAt: Date
}

/** In the order in which they were intended. */
export async function movesOfWave(
  tx: ShopTransaction,
  shopId: number,
  waveId: string,
): Promise<StoredMove[]> {
  const rows = await tx.stockMove.findMany({ where: { shopId, waveId }, orderBy: { intendedAt: 'asc' } })
  return rows.map((row) => ({
    id: row.id,
    waveId: row.waveId,
    kind: row.kind as MoveKind,
    units: row.units,
    idempotencyKey: row.idempotencyKey,
    ledgerDocumentUri: row.ledgerDocumentUri,
    fromBefore: row.fromBefore,
    toBefore: row.toBefore,
    status: row.status as StockMove['status'],
    intendedAt: row.intendedAt,
  }))
}

/** What other waves' moves have added to the reserve of a place since then. */
export async function reservedByOthersSince(
  tx: ShopTransaction,
  shopId: number,
  { waveId, inventoryItemId, locationId }: { waveId: string; inventoryItemId: bigint; locationId: bigint },
  since: Date,
): Promise<number> {
  const waves = await tx.wave.findMany({
    where: { shopId, inventoryItemId, locationId, id: { not: waveId } },
    select: { id: true },
  })
  const moves = await tx.stockMove.findMany({
    where: {
      shopId,
      waveId: { in: waves.map(({ id }) => id) },
      status: 'done',
      finishedAt: { gt: since },
    },
    select: { kind: true, units: true },
  })
  return moves.reduce((sum, { kind, units }) => sum + (kind === 'reserve' ? units : -units), 0)
}

export interface IntendedMove {
  shopId: number
  dropId: string
  waveId: string
  kind: MoveKind
  units: number
  fromBefore: number
  toBefore: number
  ledgerDocumentUri: string
  intendedAt: Date
}

/** Null when somebody else intends the same: then theirs is asked for. */
export async function intendMove(tx: ShopTransaction, move: IntendedMove): Promise<StoredMove | null> {
  const row = { ...move, id: newRowId(), idempotencyKey: newRowId() }
  const made = await tx.stockMove.createMany({ data: [row], skipDuplicates: true })
  return made.count === 1 ? { ...row, status: 'intended' } : null
}

/** Writes down what came of it. An outcome that stands already stays; the wave's state follows a move that was made. */
export async function finishMove(
  tx: ShopTransaction,
  shopId: number,
  move: StockMove,
  answer: MoveAnswer,
  at: Date,
): Promise<void> {
  const written = await tx.stockMove.updateMany({
    where: { id: move.id, shopId, status: 'intended' },
    data: answer.ok
      ? { status: 'done', adjustmentGroupGid: answer.groupGid, finishedAt: at }
      : { status: 'refused', outcome: { code: answer.code, message: answer.message }, finishedAt: at },
  })
  if (written.count === 1 && answer.ok)
    await tx.wave.update({ where: { id: move.waveId }, data: { state: stateAfterMove(move.kind) } })
}
