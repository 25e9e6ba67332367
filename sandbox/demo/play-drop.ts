// The drop that is over when the story ends, lived through on the moved clock: whom it kept waiting, who bought, what was left.
import { Temporal } from 'temporal-polyfill'
import { type Buyer, type PurchaseOutcome, tryToBuy } from './buy-on-storefront.ts'
import { CINDERS, LONG_NIGHT, WINDFALL } from './drop-cast.ts'
import { draftDrop, instantOf, type PlannedDrop, scheduleDrop, switchOnGate, variantOf } from './plan-drop.ts'
import { clockOf, type Stage } from './stage.ts'
import { CIRCLE, CUSTOMER_NAMES, customerEmail, SHOP } from './story-cast.ts'

const DAY_MS = 86_400_000
const OPENS_IN_DAYS = 3
/** The atelier's drops open when the bench is swept. */
const OPENING_HOUR = 18

/** Three days before. */
export async function announceWindfall(stage: Stage): Promise<void> {
  await switchOnGate(stage)
  const opensAt = eveningOf(new Date((await clockOf(stage)).getTime() + OPENS_IN_DAYS * DAY_MS))
  await scheduleDrop(stage, await draftDrop(stage, WINDFALL, opensAt))
}

/** An hour before its opening until after its close. The clock moves with it, to the second at which an act is due. */
export async function liveThroughWindfall(stage: Stage): Promise<void> {
  const drop = { opensAt: eveningOf(await clockOf(stage)) }
  const [pendant = '', studs = ''] = WINDFALL.pieces
  const [friend = '', ...friends] = CIRCLE
  const others = CUSTOMER_NAMES.filter((name) => !CIRCLE.includes(name))
  const queue = others.slice(0, 14)

  await until(stage, drop, -11 * 60)
  mustRefuse(await buy(stage, friend, pendant), 'before early access')
  await until(stage, drop, -10 * 60)
  mustRefuse(await buy(stage, queue[0] ?? '', pendant), 'of somebody outside of the circle')
  mustSell(await buy(stage, friend, pendant), 'to a friend of the bench')
  await until(stage, drop, 0)
  // Eight were there, one is gone: ten people want the seven at once.
  const first = await Promise.all([...friends, ...queue.slice(0, 8)].map((name) => buy(stage, name, pendant)))
  mustSell(await buy(stage, queue[8] ?? '', studs), 'of the studs')
  await until(stage, drop, 6 * 60)
  const second = await Promise.all(queue.slice(8, 12).map((name) => buy(stage, name, pendant)))
  mustSell(await buy(stage, queue[12] ?? '', studs, 2), 'of two studs')
  await until(stage, drop, 20 * 60)
  mustRefuse(await buy(stage, queue[3] ?? '', studs), 'after the close')
  // A minute later the app looks whether it really ended.
  await until(stage, drop, 22 * 60)
  const sold = [...first, ...second].filter(({ ok }) => ok).length + 1
  if (sold !== 12) throw new Error(`Windfall sold ${sold} pendants instead of 12`)
}

/** What comes next, a little before the story ends: its teaser is out when somebody looks. */
export async function announceLongNight(stage: Stage, endsAt: Date): Promise<void> {
  const opensAt = eveningOf(new Date(endsAt.getTime() + OPENS_IN_DAYS * DAY_MS))
  const teaserAt = new Date(Math.ceil(endsAt.getTime() / 60_000) * 60_000 - 10 * 60_000)
  await scheduleDrop(stage, await draftDrop(stage, LONG_NIGHT, opensAt, teaserAt))
  await until(stage, { opensAt: teaserAt }, 0)
}

/** Nothing but the hour itself: what the calendar has for it is done on time. */
export async function letTheHourPass({ work }: Stage): Promise<void> {
  await work.untilDone()
}

/** Kept as a draft: whoever looks at the demo opens it. */
export async function draftCinders(stage: Stage): Promise<void> {
  await draftDrop(stage, CINDERS, eveningOf(new Date((await clockOf(stage)).getTime() + DAY_MS)))
}

/** What happened so far is heard of first: what may be claimed of stock rests on counts of this minute. */
async function until(stage: Stage, drop: Pick<PlannedDrop, 'opensAt'>, at: number): Promise<void> {
  await stage.work.untilDone()
  const to = instantOf({ at }, drop.opensAt).toISOString()
  await stage.control.call('/control/clock', { to })
  await stage.work.untilDone()
}

async function buy(stage: Stage, name: string, piece: string, quantity = 1): Promise<PurchaseOutcome> {
  const { url } = stage.control
  const storefront = `${url}/storefront/${SHOP.domain.replace('.myshopify.com', '')}`
  return tryToBuy(storefront, {
    variantId: variantOf(stage, piece),
    quantity,
    buyer: buyerCalled(name),
    signedIn: true,
  })
}

function eveningOf(day: Date): Date {
  const local = Temporal.Instant.fromEpochMilliseconds(day.getTime()).toZonedDateTimeISO(SHOP.timeZone)
  return new Date(local.withPlainTime({ hour: OPENING_HOUR }).epochMilliseconds)
}

function buyerCalled(name: string): Buyer {
  const [firstName = '', ...rest] = name.split(' ')
  return { firstName, lastName: rest.join(' '), email: customerEmail(name) }
}

function mustSell(outcome: PurchaseOutcome, what: string): void {
  if (!outcome.ok) throw new Error(`a sale ${what} was refused in the ${outcome.at}: ${outcome.message}`)
}

function mustRefuse(outcome: PurchaseOutcome, what: string): void {
  if (outcome.ok) throw new Error(`a sale ${what} was not refused`)
}
