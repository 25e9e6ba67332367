// Files of a run for banks and services. Made from rows that stand still, so that the same file comes out however often it is asked for.
import { createHash } from 'node:crypto'
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import type { TokenKeys } from '#app/adapters/shopify/token-cipher.ts'
import { canonicalJson } from '#app/domain/canonical-json.ts'
import type { PayoutMethodDetails } from '#app/domain/payouts/method-details.ts'
import { buildPain001 } from '#app/domain/payouts/pain-001.ts'
import { remittanceOf, toPaypalCsv, toPlainCsv, toWiseCsv } from '#app/domain/payouts/payout-csv.ts'
import {
  type PayoutFileRow,
  type PayoutFileRun,
  type PayoutFormat,
  wasTakenBack,
} from '#app/domain/payouts/payout-file.ts'
import type { ShopContext } from '../context.ts'
import { type FrozenFacts, readFrozen } from './frozen-facts.server.ts'
import { findObstacle, type PayoutObstacle } from './payout-obstacle.server.ts'
import { type LockedRun, lockRun, recordPayoutEvent } from './run-store.server.ts'
import { openDetails, openPayer } from './sealed-details.ts'

export type RunFileResult =
  | { ok: true; bytes: Uint8Array; contentType: string; fileName: string; digest: string }
  | {
      ok: false
      reason:
        | 'unknown_run'
        | 'not_approved'
        | 'run_is_voided'
        | 'payouts_taken_back'
        | PayoutObstacle['reason']
        | 'payer_account_missing'
        | 'details_unreadable'
        | 'no_transfers'
        | 'not_in_euro'
        | 'amount_out_of_range'
        | 'too_many_rows'
      /** Whom it is about, where it is about somebody. */
      creators?: string[]
    }

export async function makeRunFile(
  ctx: ShopContext,
  keys: TokenKeys,
  input: { runId: string; format: PayoutFormat; actor: string },
): Promise<RunFileResult> {
  const { shop } = ctx
  return ctx.db.inShop(shop.id, async (tx): Promise<RunFileResult> => {
    const run = await lockRun(tx, input.runId)
    if (!run) return { ok: false, reason: 'unknown_run' }
    if (run.status === 'voided') return { ok: false, reason: 'run_is_voided' }
    // Nothing leaves the house before everybody who must has agreed.
    const frozen = run.status === 'draft' ? null : await readFrozen(tx, run.id)
    if (!frozen) return { ok: false, reason: 'not_approved' }
    const obstacle = await obstacleOf(tx, run)
    if (obstacle) return obstacle
    const payerSealed = await payerOf(tx, run)
    const takenBack = namesTakenBack(run, frozen)
    if (takenBack.length > 0 && input.format !== 'csv')
      return { ok: false, reason: 'payouts_taken_back', creators: takenBack }
    const { rows, unreadable } = await readRows(tx, run, frozen, keys)
    if (takenBack.length > 0 && rows.length + unreadable.length === 0)
      return { ok: false, reason: 'payouts_taken_back', creators: takenBack }
    if (unreadable.length > 0) return { ok: false, reason: 'details_unreadable', creators: unreadable }
    const fileRun: PayoutFileRun = {
      number: run.number,
      currency: run.currency,
      executeOn: run.executeOn.toISOString().slice(0, 10),
      createdAt: run.createdAt.toISOString(),
      shopName: frozen.shopName,
      payerLegalName: frozen.payer?.legalName ?? null,
    }
    const made = writeFile(fileRun, rows, { ...frozen, payerSealed }, shop.id, input.format, keys)
    if (!made.ok) return made
    const digest = createHash('sha256').update(made.text).digest('hex')
    await noteFile(tx, run, {
      format: input.format,
      digest,
      payerSealed,
      actor: input.actor,
      at: ctx.clock.now(),
    })
    const extension = input.format === 'sepa' ? 'xml' : 'csv'
    return {
      ok: true,
      bytes: new TextEncoder().encode(made.text),
      contentType: input.format === 'sepa' ? 'application/xml; charset=utf-8' : 'text/csv; charset=utf-8',
      fileName: `payout-run-${String(run.number).padStart(4, '0')}-${input.format}.${extension}`,
      digest,
    }
  })
}

/** Until the run is marked as sent its files stand for payments to come: none is made that could not be booked. */
async function obstacleOf(tx: ShopTransaction, run: LockedRun): Promise<PayoutObstacle | null> {
  if (run.status !== 'approved') return null
  const payouts = run.payouts.filter(({ status }) => status === 'approved')
  return findObstacle(tx, run.shopId, run.currency, payouts)
}

type Written = { ok: true; text: string } | Extract<RunFileResult, { ok: false }>

function writeFile(
  run: PayoutFileRun,
  rows: readonly PayoutFileRow[],
  frozen: FrozenFacts & { payerSealed: string | null },
  shopId: number,
  format: PayoutFormat,
  keys: TokenKeys,
): Written {
  if (format === 'paypal') return toPaypalCsv(run, rows, frozen.decimalSign)
  if (format === 'wise') return toWiseCsv(run, rows)
  if (format === 'csv') return toPlainCsv(run, rows)
  if (frozen.payerSealed === null) return { ok: false, reason: 'payer_account_missing' }
  const payer = openPayer(frozen.payerSealed, shopId, keys)
  if (!payer) return { ok: false, reason: 'details_unreadable' }
  const transfers = rows.flatMap((row) =>
    row.method.kind === 'sepa'
      ? [
          {
            reference: row.reference,
            netMinor: row.netMinor,
            payee: row.method,
            remittance: remittanceOf(run, row),
          },
        ]
      : [],
  )
  const content = canonicalJson(transfers.map(({ reference, netMinor }) => [reference, netMinor]))
  const contentId = createHash('sha256').update(content).digest('hex').slice(0, 12)
  const built = buildPain001(run, payer, transfers, contentId)
  if (built.ok) return { ok: true, text: built.xml }
  const about = rows.find(({ reference }) => reference === built.reference)
  return { ok: false, reason: built.reason, ...(about ? { creators: [about.creatorName] } : {}) }
}

function namesTakenBack({ payouts }: LockedRun, { names }: FrozenFacts): string[] {
  return payouts
    .filter(({ status, sentAt }) => wasTakenBack({ status, isSent: sentAt !== null }))
    .map(({ creatorId, reference }) => names[creatorId] ?? reference)
}

/** What stands: nothing that was taken out before the sending, nor what came back after it. */
async function readRows(
  tx: ShopTransaction,
  run: LockedRun,
  frozen: FrozenFacts,
  keys: TokenKeys,
): Promise<{ rows: PayoutFileRow[]; unreadable: string[] }> {
  const payouts = run.payouts.filter(({ status }) => status !== 'voided' && status !== 'failed')
  const methods = await tx.payoutMethod.findMany({
    where: { id: { in: payouts.map(({ methodId }) => methodId) } },
    select: { id: true, sealed: true },
  })
  const details = new Map<string, PayoutMethodDetails | null>(
    methods.map(({ id, sealed }) => [id, openDetails(sealed, id, keys)]),
  )
  const rows: PayoutFileRow[] = []
  const unreadable: string[] = []
  for (const payout of payouts) {
    const method = details.get(payout.methodId)
    if (!method) {
      unreadable.push(frozen.names[payout.creatorId] ?? payout.reference)
      continue
    }
    rows.push({
      reference: payout.reference,
      creatorName: frozen.names[payout.creatorId] ?? '',
      currency: payout.currency,
      netMinor: payout.netMinor,
      grossMinor: payout.grossMinor,
      withheldMinor: payout.withheldMinor,
      method,
    })
  }
  return { rows, unreadable }
}

/** The account of the first bank file counts for all that follow; before there is one, the shop's of today. */
async function payerOf(tx: ShopTransaction, run: LockedRun): Promise<string | null> {
  const first = await tx.payoutEvent.findFirst({
    where: { runId: run.id, kind: 'file_made', facts: { path: ['format'], equals: 'sepa' } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    select: { facts: true },
  })
  const noted = (first?.facts as { payerSealed?: string } | undefined)?.payerSealed
  if (noted) return noted
  const shop = await tx.shop.findUniqueOrThrow({
    where: { id: run.shopId },
    select: { payerAccountSealed: true },
  })
  return shop.payerAccountSealed
}

/** Each different file once in the run's history. */
async function noteFile(
  tx: ShopTransaction,
  run: LockedRun,
  file: { format: PayoutFormat; digest: string; payerSealed: string | null; actor: string; at: Date },
): Promise<void> {
  const made = await tx.payoutEvent.findMany({
    where: { runId: run.id, kind: 'file_made' },
    select: { facts: true },
  })
  const facts = made.map((event) => event.facts as { digest?: string })
  if (facts.some(({ digest }) => digest === file.digest)) return
  await recordPayoutEvent(tx, {
    shopId: run.shopId,
    runId: run.id,
    at: file.at,
    kind: 'file_made',
    actor: file.actor,
    facts: {
      format: file.format,
      digest: file.digest,
      ...(file.format === 'sepa' ? { payerSealed: file.payerSealed } : {}),
    },
  })
}
