// Every job's handler: load, call one use case, decide about another try. Sequences that span features live here.

import { raiseAlert, resolveAlert } from '../adapters/db/alert-store.ts'
import { setDueDate } from '../adapters/db/calendar.ts'
import { workExclusively } from '../adapters/db/exclusive-work.ts'
import type { JobHandlers } from '../adapters/queue/job-queue.ts'
import { fetchShop } from '../adapters/shopify/fetch-shop.ts'
import { syncCreatorCode } from '../features/attribution/sync-creator-code.server.ts'
import { refreshCatalogue } from '../features/catalogue/refresh-catalogue.server.ts'
import { checkEnds } from '../features/claims/check-ends.server.ts'
import { watchDrops } from '../features/claims/watch-drops.server.ts'
import type { ShopContext } from '../features/context.ts'
import { countBought } from '../features/drops/count-bought.server.ts'
import { sendPass } from '../features/drops/passes/send-pass.server.ts'
import { watchLimit } from '../features/drops/watch-limit.server.ts'
import { recordShopDetails } from '../features/installation/record-shop-details.server.ts'
import { handleSettleAwards } from '../features/ledger/awards/settle-due-awards.server.ts'
import { matureHolds } from '../features/ledger/mature-holds.server.ts'
import { reconcileDisputes } from '../features/ledger/reconcile-disputes.server.ts'
import { reconcileOrders } from '../features/ledger/reconcile-orders.server.ts'
import { verifyLedger } from '../features/ledger/verify-ledger.server.ts'
import { offerRestocks } from '../features/signups/offer-restocks.server.ts'
import { sendRestockNotice } from '../features/signups/send-restock-notice.server.ts'
import { closePeriods } from '../features/statements/close-periods.server.ts'
import { resumeTasks } from '../features/tasks/resume-tasks.server.ts'
import { drainReceipts } from './drain-receipts.ts'
import { endForRefusal, TryAgainLater } from './retry-policy.ts'
import { runTask } from './run-task.ts'
import { sendMail } from './send-mail.ts'
import { type JobServices, loadShopContext } from './shop-context.ts'
import { runStatementTimers } from './statement-timers.ts'

const VERIFY_EVERY_MS = 24 * 60 * 60_000
const PAUSE_MS = 60 * 60_000

export function createJobHandlers(services: JobServices): JobHandlers {
  const inShop =
    <Payload extends { shopId: number }>(
      work: (context: ShopContext, payload: Payload, attempt: number) => Promise<void>,
    ) =>
    async (payload: Payload, { attempt }: { attempt: number }) => {
      const context = await loadShopContext(services, payload.shopId)
      if (context) return work(context, payload, attempt)
      // Erased meanwhile: whatever the calendar still says of it would come up for ever.
      const { shopId } = payload
      await services.db.inShop(shopId, (tx) => tx.dueDate.deleteMany({ where: { shopId } }))
    }

  return {
    'drain-receipts': async ({ shopId }) => {
      await drainReceipts(services, shopId)
    },
    'reconcile-orders': inShop(async (context) => {
      // Also what a job that was lost or has given up left behind.
      await context.queue.enqueueNow('drain-receipts', { shopId: context.shop.id })
      const details = await fetchShop(context.shopify)
      if (!details.ok) return pauseOrRetry(context, 'reconcile-orders', details)
      await context.db.inShop(context.shop.id, (tx) =>
        recordShopDetails(tx, context.shop.id, details.shop, context.clock.now()),
      )
      const outcome = await reconcileOrders(context)
      if (!outcome.ok) return pauseOrRetry(context, 'reconcile-orders', outcome)
      const disputes = await reconcileDisputes(context)
      if (!disputes.ok) await pauseOrRetry(context, 'reconcile-orders', disputes)
    }),
    'refresh-catalogue': inShop(async (context) => {
      const outcome = await refreshCatalogue(context)
      if (!outcome.ok) await pauseOrRetry(context, 'refresh-catalogue', outcome)
    }),
    'mature-holds': inShop(async (context) => {
      await matureHolds(context)
    }),
    'settle-awards': inShop(handleSettleAwards),
    'run-task': inShop((context, { taskId }: { shopId: number; taskId: string }, attempt) =>
      runTask(context, taskId, attempt),
    ),
    'resume-tasks': inShop(resumeTasks),
    // Holds first: what matured in the month belongs on its statement.
    'close-periods': inShop(async (context) => {
      await matureHolds(context)
      await handleSettleAwards(context)
      await closePeriods(context)
    }),
    'statement-timers': inShop(runStatementTimers),
    'send-mail': inShop((context, { deliveryId }: { shopId: number; deliveryId: string }) =>
      sendMail(context, deliveryId),
    ),
    'sync-creator-code': inShop(async (context, { codeId }: { shopId: number; codeId: string }) => {
      const outcome = await syncCreatorCode(context, { codeId })
      if (!outcome.ok) throw new TryAgainLater(`code ${codeId}: ${outcome.reason}`)
    }),
    'watch-drops': inShop(async (context) => {
      for (const look of [watchDrops, checkEnds]) {
        const outcome = await look(context)
        if (!outcome.ok) return pauseOrRetry(context, 'watch-drops', outcome)
      }
    }),
    'offer-restocks': inShop(async (context) => {
      const name = `offer-restocks/${context.shop.id}`
      const offered = await workExclusively(context.db, name, () => offerRestocks(context))
      if (!offered.ok) throw new TryAgainLater(`${name} is at work`)
      if (!offered.result.ok) await pauseOrRetry(context, 'offer-restocks', offered.result)
    }),
    'send-restock-notice': inShop(async (context, { noticeId }: { shopId: number; noticeId: string }) => {
      const send = () => sendRestockNotice(context, services.tokenKeys, noticeId)
      const sent = await workExclusively(context.db, `send-restock-notice/${noticeId}`, send)
      if (!sent.ok || (!sent.result.ok && sent.result.reason === 'try_again'))
        throw new TryAgainLater(`notice ${noticeId}`)
      if (!sent.result.ok) endForRefusal(sent.result)
    }),
    'count-bought': inShop(async (context, { orderId }: { shopId: number; orderId: string }) => {
      const counted = await countBought(context, BigInt(orderId))
      if (counted.ok) {
        const watched = await watchLimit(context, BigInt(orderId))
        return watched.ok ? undefined : endForRefusal(watched)
      }
      if (counted.reason === 'try_again') throw new TryAgainLater(`order ${orderId} is being counted`)
      if (counted.reason === 'refused_by_shopify') throw new Error(counted.message)
      endForRefusal(counted)
    }),
    'send-pass': inShop(async (context, { passId }: { shopId: number; passId: string }) => {
      const send = () => sendPass(context, services.tokenKeys, passId)
      const sent = await workExclusively(context.db, `send-pass/${passId}`, send)
      if (!sent.ok || !sent.result.ok) throw new TryAgainLater(`pass ${passId}`)
    }),
    'verify-ledger': inShop(verifyAndAlert),
  }
}

type Calendar = 'reconcile-orders' | 'refresh-catalogue' | 'watch-drops' | 'offer-restocks'

/**
 * Without a living token or a scope there is nothing to do now. The work stays on the calendar, far apart: the next visit brings a token
 * and tells nobody. An uninstallation that was told of has cleared the calendar; its next installation fills it.
 */
async function pauseOrRetry(
  context: ShopContext,
  kind: Calendar,
  refusal: Parameters<typeof endForRefusal>[0],
): Promise<void> {
  endForRefusal(refusal)
  const { db, clock, log } = context
  const shopId = context.shop.id
  log.warn({ shopId, kind, reason: refusal.reason }, 'work is paused until the app is opened again')
  await db.inShop(shopId, async (tx) => {
    const shop = await tx.shop.findUnique({ where: { id: shopId }, select: { uninstalledAt: true } })
    const isInstalled = shop !== null && shop.uninstalledAt === null
    await setDueDate(tx, shopId, kind, isInstalled ? new Date(clock.now().getTime() + PAUSE_MS) : null)
  })
}

async function verifyAndAlert({ db, shop, clock, log }: ShopContext): Promise<void> {
  const verdict = await verifyLedger(db, shop.id)
  const key = 'ledger_broken/verify'
  await db.inShop(shop.id, async (tx) => {
    const now = clock.now()
    await setDueDate(tx, shop.id, 'verify-ledger', new Date(now.getTime() + VERIFY_EVERY_MS))
    const [finding] = verdict.findings
    if (!finding) return resolveAlert(tx, shop.id, key, now)
    log.error({ shopId: shop.id, findings: verdict.findings }, 'the ledger is not in order')
    const facts = { check: finding.check, row: finding.row }
    await raiseAlert(tx, {
      shopId: shop.id,
      key,
      kind: 'ledger_broken',
      severity: 'critical',
      facts,
      raisedAt: now,
    })
  })
}
