// One shop lived through by people: what happens in it, what of that is told to the app and when, and the model that listens to the same.
import { ManualClock } from '#app/adapters/clock/clock.ts'
import type { Shop } from '#app/adapters/db/generated/client.ts'
import { openJobQueue } from '#app/adapters/queue/job-queue.ts'
import type { FetchedOrder } from '#app/adapters/shopify/fetched-order.ts'
import { log } from '#app/config/logger.ts'
import { trialBalanceText } from '#app/domain/ledger/trial-balance.ts'
import { matureHolds } from '#app/features/ledger/mature-holds.server.ts'
import { recordDispute } from '#app/features/ledger/record-dispute.server.ts'
import { recordFetchedOrders } from '#app/features/ledger/record-fetched-orders.server.ts'
import { runRerate, startRerate } from '#app/features/ledger/rerate-agreement.server.ts'
import { readTrialBalance } from '#app/features/ledger/trial-balance.server.ts'
import { closePeriods } from '#app/features/statements/close-periods.server.ts'
import { ModelBooks } from './model.ts'
import type { ModelVersion, ToldDispute } from './model-types.ts'
import type { ProofDatabase } from './proof-database.ts'
import {
  acceptVersions,
  LINK_SECRET,
  openProofShop,
  planPartners,
  planVersion,
  SHARE_CAP_BPS,
} from './proof-shop.ts'
import { seededDraws } from './seeded-draws.ts'
import type { WorldOrder } from './shop-world.ts'

export const STORY_BEGINS = Date.UTC(2026, 0, 5, 9)
export const STORY_PARTNERS = 6
export const STORY_PRODUCTS = 4
const DAY = 86_400_000

/** How the app hears of a change: at once, twice, with the next post, or never until somebody looks. */
export type Way = 'at_once' | 'twice' | 'later' | 'lost'

export class Story {
  now = STORY_BEGINS
  readonly model = new ModelBooks(SHARE_CAP_BPS)
  readonly orders: WorldOrder[] = []
  readonly disputes = new Map<number, ToldDispute & { openedAt: number }>()
  private readonly post: FetchedOrder[] = []
  private readonly versionNumbers = new Map<number, number>()
  readonly real: RealShop

  constructor(real: RealShop) {
    this.real = real
  }

  async begin(): Promise<void> {
    await this.accept(planPartners(STORY_PARTNERS, STORY_PRODUCTS, STORY_BEGINS - 30 * DAY))
  }

  /** A partner's new terms, in force from now on. */
  async change(partner: number, shareBps: number, holdDays: number): Promise<void> {
    const isOwner = partner % 4 === 3
    const versionNumber = (this.versionNumbers.get(partner) ?? 1) + 1
    this.versionNumbers.set(partner, versionNumber)
    const owned = { ownedProductIds: ['1', '2'] }
    const plan = { number: partner, versionNumber, shareBps, holdDays, from: this.now }
    await this.accept([planVersion({ ...plan, ...(isOwner && owned) })])
    this.pass(1000)
  }

  /** Other terms that reach back, and the re-rating of what was sold since. */
  async reachBack(partner: number, shareBps: number, days: number): Promise<void> {
    const isOwner = partner % 4 === 3
    const versionNumber = (this.versionNumbers.get(partner) ?? 1) + 1
    this.versionNumbers.set(partner, versionNumber)
    const from = this.now - days * DAY
    const owned = isOwner && { ownedProductIds: ['1', '2'] }
    const plan = { number: partner, versionNumber, shareBps, holdDays: 14, from, acceptedAt: this.now }
    const version = planVersion({ ...plan, ...owned })
    await this.accept([version])
    this.pass(1000)
    this.model.rerate(version.agreementId, from)
    await this.real.rerate(version.id)
  }

  pass(milliseconds: number): void {
    this.now += milliseconds
    this.real.clock.moveTo(new Date(this.now).toISOString())
  }

  async tell(order: WorldOrder, way: Way): Promise<void> {
    // What happened cannot be told before it happened.
    this.pass(Math.max(0, order.at - this.now))
    const told = order.told()
    if (way === 'later') this.post.push(told)
    if (way === 'at_once') await this.hear([told])
    if (way === 'twice') await this.hear([told, told])
  }

  /** The post comes, in any order, some of it twice. */
  async deliver(seed: number): Promise<void> {
    const draws = seededDraws(seed)
    const bag = draws.shuffle([...this.post, ...this.post.filter(() => draws.chance(0.2))])
    this.post.length = 0
    while (bag.length > 0) await this.hear(bag.splice(0, 1 + draws.below(5)))
  }

  async reconcile(): Promise<void> {
    this.post.length = 0
    if (this.orders.length > 0) await this.hear(this.orders.map((order) => order.told()))
  }

  async dispute(place: number, status: 'needs_response' | 'won' | 'lost'): Promise<void> {
    const order = this.orders[place]
    if (!order) return
    const known = this.disputes.get(place)
    const total = order.lineTotalMinor > 0n ? order.lineTotalMinor : 100n
    const dispute = {
      disputeId: order.orderId,
      orderId: order.orderId,
      status,
      amountMinor: known?.amountMinor ?? total,
      currency: 'EUR',
      openedAt: known?.openedAt ?? this.now,
    }
    this.disputes.set(place, dispute)
    await this.tell(order, 'at_once')
    this.model.hearDispute(dispute)
    await this.real.recordDispute(dispute, this.now)
    this.pass(1000)
  }

  async mature(): Promise<void> {
    this.model.mature(this.now)
    await matureHolds(this.real.context)
  }

  async close(): Promise<number> {
    await this.mature()
    return (await closePeriods(this.real.context)).closed.length
  }

  private async hear(told: FetchedOrder[]): Promise<void> {
    for (const order of told) this.model.hear(order)
    await this.real.record(told)
  }

  private async accept(versions: ModelVersion[]): Promise<void> {
    for (const version of versions) this.model.accept(version)
    await this.real.accept(versions)
  }
}

export type RealShop = Awaited<ReturnType<typeof openRealShop>>

/** The app itself, on a real database. */
export async function openRealShop(database: ProofDatabase) {
  const { db } = database
  const shop: Shop = await openProofShop(db, 'proof.myshopify.com')
  const clock = new ManualClock(new Date(STORY_BEGINS).toISOString())
  const queue = await openJobQueue(db.pool, { databaseUrl: database.url, worker: false, onError: () => {} })
  const context = { db, shop, clock, queue, log }
  return {
    shop,
    clock,
    context,
    accept: (versions: readonly ModelVersion[]) => acceptVersions(db, shop, versions),
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
      await runRerate({ ...context, linkSecret: LINK_SECRET }, started.taskId)
    },
    balances: async () => trialBalanceText(await readTrialBalance(db, shop.id)),
    end: () => queue.stop(),
  }
}
