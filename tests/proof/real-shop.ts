// The app itself on a real database, as one shop's people and Shopify reach it.
import { randomUUID } from 'node:crypto'
import { ManualClock } from '#app/adapters/clock/clock.ts'
import type { Shop } from '#app/adapters/db/generated/client.ts'
import { openJobQueue } from '#app/adapters/queue/job-queue.ts'
import type { FetchedOrder } from '#app/adapters/shopify/fetched-order.ts'
import { log } from '#app/config/logger.ts'
import { trialBalanceText } from '#app/domain/ledger/trial-balance.ts'
import type { ShopContext } from '#app/features/context.ts'
import { recordInventory } from '#app/features/ledger/awards/record-inventory.server.ts'
import { settleDueAwards } from '#app/features/ledger/awards/settle-due-awards.server.ts'
import { matureHolds } from '#app/features/ledger/mature-holds.server.ts'
import { recordDispute } from '#app/features/ledger/record-dispute.server.ts'
import { recordFetchedOrders } from '#app/features/ledger/record-fetched-orders.server.ts'
import { runRerate, startRerate } from '#app/features/ledger/rerate-agreement.server.ts'
import { readTrialBalance } from '#app/features/ledger/trial-balance.server.ts'
import { readCandidates, shownText } from '#app/features/payouts/payout-candidates.server.ts'
import { savePayerAccount } from '#app/features/payouts/payout-settings.server.ts'
import { savePayoutMethod } from '#app/features/payouts/save-payout-method.server.ts'
import { noteWithholding } from '#tests/factories/facts.ts'
import { METHOD_KEYS } from '#tests/factories/payouts.ts'
import type { ModelDrop, ModelVersion, ToldCount, ToldDispute } from './model-types.ts'
import type { ProofDatabase } from './proof-database.ts'
import { abortDrop, acceptVersions, LINK_SECRET, openProofShop, scheduleDrop } from './proof-shop.ts'

const IBAN = 'DE89370400440532013000'
/** Items of stock are numbered by their product. */
export const FIRST_ITEM = 1000n

/** All that Shopify is asked in a story. */
async function whoseStock<Data>(_document: unknown, variables: unknown) {
  const { id } = variables as { id: string }
  const itemId = BigInt(id.split('/').at(-1) ?? '')
  const productId = itemId - FIRST_ITEM
  const variant = {
    id: `gid://shopify/ProductVariant/${itemId}`,
    product: { id: `gid://shopify/Product/${productId}` },
  }
  return { ok: true as const, data: { inventoryItem: { id, variant } } as Data }
}

export type RealShop = Awaited<ReturnType<typeof openRealShop>>

export async function openRealShop(database: ProofDatabase, begins: number) {
  const { db } = database
  const { id } = await openProofShop(db, 'proof.myshopify.com')
  const shop: Shop = await db.inShop(id, (tx) =>
    tx.shop.update({ where: { id }, data: { adjustmentsNeedSecond: true, payoutApprovals: 2 } }),
  )
  const clock = new ManualClock(new Date(begins).toISOString())
  const queue = await openJobQueue(db.pool, { databaseUrl: database.url, worker: false, onError: () => {} })
  const nobodyThere = async () => {
    throw new Error('nothing of a story leaves the house')
  }
  const context: ShopContext = {
    db,
    shop,
    clock,
    queue,
    log,
    linkSecret: LINK_SECRET,
    appUrl: 'https://filigree.example',
    mailer: { send: nobodyThere, close: nobodyThere },
    shopify: { shopDomain: shop.domain, request: whoseStock },
  }
  await savePayerAccount(context, METHOD_KEYS, { holder: 'Lumen Atelier', iban: IBAN, bic: '' })

  /** The account of a holder of that name: another name is another account, and the next payout waits. */
  async function namePayee(creatorId: string, holder: string) {
    const method = { kind: 'sepa', holder, iban: IBAN, bic: '' }
    const input = { creatorId, formId: randomUUID(), method, by: 'merchant' as const, actor: 'ana' }
    const saved = await savePayoutMethod(context, METHOD_KEYS, input)
    if (!saved.ok) throw new Error(saved.reason)
    return { methodId: saved.methodId, holdUntil: saved.holdUntil }
  }

  /** Work on the calendar is done when its day has come, and only then. */
  async function whenDue(kind: 'settle-awards' | 'mature-holds', work: () => Promise<unknown>) {
    const due = await db.inShop(shop.id, (tx) =>
      tx.dueDate.findFirst({ where: { shopId: shop.id, kind, dueAt: { lte: clock.now() } } }),
    )
    if (due) await work()
  }

  return {
    shop,
    clock,
    context,
    accept: (versions: readonly ModelVersion[]) => acceptVersions(db, shop, versions, clock.now()),
    scheduleDrop: (drop: ModelDrop) => scheduleDrop(db, shop, drop, clock.now()),
    abortDrop: (drop: ModelDrop) => abortDrop(db, shop, drop.id, clock.now()),
    async recordCount({ itemId, locationId, at, available }: ToldCount) {
      const facts = {
        locationId: String(locationId),
        available: String(available),
        updatedAt: new Date(at).toISOString(),
      }
      const receipt = { eventId: randomUUID(), resourceId: itemId, facts, receivedAt: clock.now() }
      const answer = await recordInventory(context, receipt)
      if (!answer.ok) throw new Error(answer.reason)
    },
    namePayee,
    /** Where the creator is paid, and what is kept of it for the tax office. */
    async payTo(creatorId: string, withholdingBps: number) {
      const named = await namePayee(creatorId, 'Creator')
      if (withholdingBps > 0) await noteWithholding(context, creatorId, String(withholdingBps / 100))
      return named
    },
    record: (told: FetchedOrder[]) =>
      db.inShop(shop.id, (tx) => recordFetchedOrders(tx, shop, LINK_SECRET, told, clock.now()), {
        timeoutMs: 60_000,
      }),
    recordDispute: ({ openedAt, ...dispute }: ToldDispute & { openedAt: number }, at: number) =>
      db.inShop(shop.id, (tx) => {
        const isOpen = dispute.status === 'needs_response'
        const dates = {
          at: new Date(at).toISOString(),
          initiatedAt: new Date(openedAt).toISOString(),
          finalizedAt: isOpen ? null : new Date(at).toISOString(),
        }
        return recordDispute(tx, shop, { ...dispute, ...dates, type: 'chargeback' }, clock.now())
      }),
    async rerate(agreementVersionId: string) {
      const started = await startRerate(context, { agreementVersionId }, 'proof')
      if (!started.ok) throw new Error(started.reason)
      await runRerate(context, started.taskId)
    },
    settleAwards: () => whenDue('settle-awards', () => settleDueAwards(context)),
    mature: () => whenDue('mature-holds', () => matureHolds(context)),
    /** What a preview of payouts shows of these creators. */
    previewOf: async (creatorIds: string[]) => {
      const rows = await db.inShop(shop.id, (tx) => readCandidates(tx, shop, 'EUR', clock.now(), creatorIds))
      return rows.map((row) => ({ creatorId: row.creatorId, shown: shownText(row) }))
    },
    payoutsOf: (runId: string) =>
      db.inShop(shop.id, (tx) => tx.payout.findMany({ where: { runId }, orderBy: { creatorId: 'asc' } })),
    runOf: (runId: string) =>
      db.inShop(shop.id, (tx) => tx.payoutRun.findUniqueOrThrow({ where: { id: runId } })),
    /** What moved on the creators' payable balances, posting by posting. Credits positive. */
    payableMoves: () =>
      db.inShop(
        shop.id,
        (tx) => tx.$queryRaw<Array<{ creatorId: string; endsAt: Date; isPayout: boolean; minor: bigint }>>`
          select a.creator_id::text as "creatorId", m.ends_at as "endsAt", j.kind in ('payout', 'reversal') as "isPayout",
                 -p.amount_minor as minor
          from posting p join account a on a.id = p.account_id join journal j on j.shop_id = p.shop_id and j.seq = p.journal_seq
          join period m on m.id = j.period_id
          where p.shop_id = ${shop.id} and a.code like 'creator/%/available'`,
      ),
    /** Last moments of the months that have ended and are open, oldest first. */
    endedMonths: async () => {
      const months = await db.inShop(shop.id, (tx) =>
        tx.period.findMany({
          where: { shopId: shop.id, status: 'open', endsAt: { lte: clock.now() } },
          orderBy: { startsAt: 'asc' },
        }),
      )
      return months.map(({ endsAt }) => endsAt.getTime())
    },
    balances: async () => trialBalanceText(await readTrialBalance(db, shop.id)),
    newId: () => randomUUID(),
    end: () => queue.stop(),
  }
}
