// The year, month by month: what happened is placed in the sandbox, the app books it, and the clock moves over the month's end.
import { Temporal } from 'temporal-polyfill'
import type { ControlCall, ControlClient } from './control-client.ts'
import type { PlannedEvent, PlannedOrder, StoryPlan } from './plan-orders.ts'
import { leaveComing, leaveOpen, SCENES } from './scenes.ts'
import type { Stage } from './stage.ts'
import { SHOP } from './story-cast.ts'

export interface StoryMonth {
  /** Such as 2026-03. */
  label: string
  endsAt: Date
  events: PlannedEvent[]
}

interface PlacedOrder {
  id: string
  lineItems: Array<{ id: string }>
}

const ORDERS = `/control/shops/${SHOP.domain}/orders`
/** The atelier opens at nine: the hour at which statements of the month before have been sent. */
const OPENING_HOUR = 9
/** Longer than placing a month takes: deliveries wait until all of a batch has happened. */
const HOLD_POST_MS = 600_000
const LAST_MINUTES_MS = 1_200_000

/** Months in the shop's own time zone, the last one ending today. */
export function splitIntoMonths(plan: StoryPlan): StoryMonth[] {
  const months: StoryMonth[] = []
  let start = monthStart(plan.startsAt)
  while (start.epochMilliseconds < plan.endsAt.getTime()) {
    const end = start.add({ months: 1 })
    const [from, to] = [start.epochMilliseconds, end.epochMilliseconds]
    months.push({
      label: start.toPlainDate().toPlainYearMonth().toString(),
      endsAt: new Date(Math.min(to, plan.endsAt.getTime())),
      events: plan.events.filter((event) => event.at.getTime() >= from && event.at.getTime() < to),
    })
    start = end
  }
  return months
}

function monthStart(at: Date): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(SHOP.timeZone)
    .with({ day: 1 })
    .startOfDay()
}

/** Tells the months; `onMonth` is called before each. The clock ends where the plan does. */
export async function tellMonths(
  stage: Stage,
  plan: StoryPlan,
  onMonth: (label: string, done: number, total: number) => void,
): Promise<void> {
  const { control, work } = stage
  const months = splitIntoMonths(plan)
  const placed = new Map<PlannedOrder, PlacedOrder>()
  const orders = plan.events.filter((event) => event.kind === 'order')
  const disputes = new Map<number, string>()
  for (const [index, month] of months.entries()) {
    onMonth(month.label, index, months.length)
    await playScenes(stage, month, index, plan.endsAt)
    if (month.endsAt >= plan.endsAt) {
      await moveClock(control, new Date(plan.endsAt.getTime() - LAST_MINUTES_MS))
      await work.untilDone()
      await leaveComing(stage, plan.endsAt)
    }
    // Holds that end in this month end first: the books must not depend on who comes first, job or delivery.
    await moveClock(control, new Date(month.endsAt.getTime() - 60_000))
    await work.untilDone()
    await control.call('/control/webhooks/faults', { delayMs: HOLD_POST_MS })
    await placeOrders(stage, month, placed)
    for (const event of month.events) await happenLater(control, event, orders, placed, disputes)
    await work.untilDone()
    await control.call('/control/webhooks/faults', { delayMs: 0 })
    if (month.endsAt >= plan.endsAt) break
    await moveClock(control, new Date(month.endsAt.getTime() + OPENING_HOUR * 3_600_000))
    await work.untilDone()
  }
  await moveClock(control, plan.endsAt)
  await work.untilDone()
  await leaveOpen(stage)
  await work.untilDone()
}

export async function moveClock(control: ControlClient, to: Date): Promise<void> {
  await control.call('/control/clock', { to: to.toISOString() })
}

/** The month's scenes, each on its day; those after the story's end are not played. */
async function playScenes(stage: Stage, month: StoryMonth, index: number, endsAt: Date): Promise<void> {
  const first = Temporal.PlainYearMonth.from(month.label).toPlainDate({ day: 1 })
  const date = (day: number, back = 0) => first.subtract({ months: back }).with({ day }).toString()
  const scenes = SCENES.filter(({ inMonth }) => inMonth === index)
  for (const scene of scenes.toSorted((a, b) => a.day - b.day || a.hour - b.hour)) {
    const at = Temporal.PlainDate.from(date(scene.day)).toZonedDateTime({
      timeZone: SHOP.timeZone,
      plainTime: Temporal.PlainTime.from({ hour: scene.hour }),
    })
    const instant = new Date(at.epochMilliseconds)
    if (instant >= endsAt) return
    await moveClock(stage.control, instant)
    await stage.work.untilDone()
    await scene.play(stage, { date })
    await stage.work.untilDone()
  }
}

async function placeOrders(
  { control, ids, creators }: Stage,
  month: StoryMonth,
  placed: Map<PlannedOrder, PlacedOrder>,
): Promise<void> {
  const orders = month.events.filter((event) => event.kind === 'order')
  const calls = orders.map((order): ControlCall => {
    const reference = creators.find(({ story }) => story.handle === order.linkOf)?.reference
    return {
      path: ORDERS,
      body: {
        customerId: ids.customers[order.customer],
        lines: order.lines.map(({ product, variant, quantity }) => ({
          variantId: ids.variants.get(product)?.[variant],
          quantity,
        })),
        ...(order.code ? { discountCodes: [order.code] } : {}),
        ...(order.tip ? { tip: order.tip } : {}),
        ...(reference ? { customAttributes: [{ key: '_filigree_ref', value: reference }] } : {}),
        shipping: { title: 'Insured post', price: '9.00' },
        happenedAt: order.at.toISOString(),
      },
    }
  })
  const answers = await control.batch<{ order: PlacedOrder }>(calls)
  orders.forEach((order, index) => {
    const answer = answers[index]
    if (answer) placed.set(order, answer.order)
  })
}

/** Refunds and disputes: whatever happens to an order after it was placed. */
async function happenLater(
  control: ControlClient,
  event: PlannedEvent,
  orders: PlannedOrder[],
  placed: Map<PlannedOrder, PlacedOrder>,
  disputes: Map<number, string>,
): Promise<void> {
  if (event.kind === 'order') return
  const happenedAt = event.at.toISOString()
  const planned = orders[event.order]
  const order = planned && placed.get(planned)
  if (!order) throw new Error(`the story speaks of an order that was not placed: ${event.order}`)
  switch (event.kind) {
    case 'refund': {
      const [line] = order.lineItems
      const unit = { lines: [{ lineItemId: line?.id, quantity: 1 }] }
      const body = event.extent === 'all' ? { full: true } : unit
      await control.call(`${ORDERS}/${order.id}/refunds`, { ...body, happenedAt })
      return
    }
    case 'dispute': {
      const { dispute } = await control.call<{ dispute: { id: string } }>(`${ORDERS}/${order.id}/disputes`, {
        happenedAt,
      })
      disputes.set(event.order, dispute.id)
      return
    }
    case 'decision': {
      const path = `/control/shops/${SHOP.domain}/disputes/${disputes.get(event.order)}`
      await control.call(path, { status: event.outcome, happenedAt })
    }
  }
}
