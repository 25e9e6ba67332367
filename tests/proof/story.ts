// One shop lived through: what happens in it, what of that is told to the app and when, and the model that listens to the same.
import type { FetchedOrder } from '#app/adapters/shopify/fetched-order.ts'
import { closePeriods } from '#app/features/statements/close-periods.server.ts'
import { namedId } from '#tests/factories/partners.ts'
import { ModelBooks } from './model.ts'
import type { ModelDrop, ModelVersion, ToldDispute } from './model-types.ts'
import type { ProofDatabase } from './proof-database.ts'
import { planPartners, planVersion, SHARE_CAP_BPS } from './proof-shop.ts'
import { openRealShop, type RealShop } from './real-shop.ts'
import { seededDraws } from './seeded-draws.ts'
import type { WorldOrder } from './shop-world.ts'
import { StoryPeople } from './story-people.ts'
import { promised } from './story-promises.ts'
import { StoryStock } from './story-stock.ts'

export const STORY_BEGINS = Date.UTC(2026, 0, 5, 9)
export const STORY_PARTNERS = 8
export const STORY_PRODUCTS = 4
const DAY = 86_400_000

/** How the app hears of a change: at once, twice, with the next post, or never until somebody looks. */
export type Way = 'at_once' | 'twice' | 'later' | 'lost'

export class Story {
  now = STORY_BEGINS
  readonly model = new ModelBooks(SHARE_CAP_BPS)
  readonly orders: WorldOrder[] = []
  readonly disputes = new Map<number, ToldDispute & { openedAt: number }>()
  readonly people: StoryPeople
  readonly stock: StoryStock
  readonly drops: ModelDrop[] = []
  private readonly post: FetchedOrder[] = []
  private readonly versionNumbers = new Map<number, number>()
  readonly real: RealShop
  private readonly promise: typeof promised

  private constructor(real: RealShop, promise: typeof promised) {
    this.real = real
    this.promise = promise
    this.people = new StoryPeople(this)
    this.stock = new StoryStock(this)
  }

  /** `promise`: what partners are promised beside their share. */
  static async begin(database: ProofDatabase, promise = promised): Promise<Story> {
    const story = new Story(await openRealShop(database, STORY_BEGINS), promise)
    const plans = planPartners(STORY_PARTNERS, STORY_PRODUCTS, STORY_BEGINS - 30 * DAY)
    await story.accept(plans.map(promise))
    await story.people.begin(plans.map(({ creatorId }) => creatorId))
    return story
  }

  /** A partner's new terms, in force from now on. */
  async change(partner: number, shareBps: number, holdDays: number): Promise<void> {
    // Not in the moment of a sale: that one was decided before anybody had agreed.
    this.pass(1000)
    await this.accept([this.nextVersion(partner, { shareBps, holdDays, from: this.now })])
    this.pass(1000)
  }

  /** Other terms that reach back, and the re-rating of what was sold since. */
  async reachBack(partner: number, shareBps: number, days: number): Promise<void> {
    const from = this.now - days * DAY
    const version = this.nextVersion(partner, { shareBps, holdDays: 14, from, acceptedAt: this.now })
    await this.accept([version])
    this.pass(1000)
    this.model.rerate(version.agreementId, from)
    await this.real.rerate(version.id)
  }

  /** Whose agreement sells these products then, whatever code the buyers use. */
  async plan(
    partner: number,
    productIds: bigint[],
    { begins, ends }: { begins: number; ends: number },
  ): Promise<void> {
    const drop = {
      id: namedId(`proof drop ${this.drops.length}`),
      creatorId: namedId(`proof creator ${partner}`),
      agreementId: namedId(`proof agreement ${partner}`),
      productIds,
      begins,
      ends,
    }
    await this.real.scheduleDrop(drop)
    this.drops.push(drop)
    this.model.plan(drop)
    this.pass(1000)
  }

  async abort(drop: ModelDrop): Promise<void> {
    this.pass(1000)
    await this.real.abortDrop(drop)
    this.model.abort(drop, this.now)
    this.pass(1000)
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
    await this.stock.deliver(draws)
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

  /** What is due on awards is done whenever somebody looks. */
  async settle(): Promise<void> {
    this.model.settle(this.now)
    await this.real.settleAwards()
  }

  async mature(): Promise<void> {
    this.model.mature(this.now)
    await this.real.mature()
    await this.settle()
  }

  async close(): Promise<void> {
    await this.mature()
    await this.people.recoup(() => closePeriods(this.real.context))
  }

  private async hear(told: FetchedOrder[]): Promise<void> {
    for (const order of told) this.model.hear(order)
    this.model.settle(this.now)
    await this.real.record(told)
  }

  private nextVersion(
    partner: number,
    terms: Omit<Parameters<typeof planVersion>[0], 'number'>,
  ): ModelVersion {
    const versionNumber = (this.versionNumbers.get(partner) ?? 1) + 1
    this.versionNumbers.set(partner, versionNumber)
    const owned = partner % 4 === 3 && { ownedProductIds: ['1', '2'] }
    return this.promise(planVersion({ ...terms, number: partner, versionNumber, ...owned }), partner)
  }

  private async accept(versions: ModelVersion[]): Promise<void> {
    for (const version of versions) this.model.accept(version)
    await this.real.accept(versions)
  }
}
