// Tells the demo's story by driving the sandbox and the app as people would. No table is filled behind the app's back.
import { Temporal } from 'temporal-polyfill'
import { connectApp } from './app-client.ts'
import { connectControl } from './control-client.ts'
import { planYear } from './plan-orders.ts'
import type { Progress } from './progress.ts'
import { seededRandom } from './seeded-random.ts'
import { setUpShop } from './set-up-shop.ts'
import { type StoryTools, signUpCreators } from './sign-up-creators.ts'
import { BOOKKEEPER_USER_ID } from './stage.ts'
import type { House } from './start-house.ts'
import { SHOP } from './story-cast.ts'
import { moveClock, tellMonths } from './tell-months.ts'
import { watchWork } from './wait-until-done.ts'

export interface StoryOptions {
  seed: number
  /** The day that the story leads up to. */
  today: Date
  /** Lets the clock go with the machine's afterwards; else it stands at `today` and goes on from there. */
  endsNow?: boolean
  progress: Progress
}

/** Apart from the draws that plan the orders, so that a change to the one leaves the other alone. */
const FORMS_SEED = 7_919

/** Plays the whole story on a fresh house. Errors: throws with the first thing that was refused or did not come. */
export async function playStory(house: House, options: StoryOptions): Promise<void> {
  const { seed, today, progress } = options
  const control = connectControl(house.sandboxUrl)
  const app = connectApp(house.appUrl, control, SHOP.domain)
  const plan = planYear(today, seed)
  const work = await watchWork(house.env.DATABASE_URL ?? '', control)
  const steps = 15
  try {
    progress.step(0, steps, 'the shop opens')
    // Nobody waits for a bucket to refill while a year passes in a minute.
    const generous = { maximumAvailable: 20_000, restoreRate: 10_000 }
    await control.call('/control/faults', { throttle: generous })
    await moveClock(control, plan.startsAt)
    const ids = await setUpShop(control)
    await control.call(`/control/shops/${SHOP.domain}/install`)
    await app.open('/app')
    await work.untilDone()

    progress.step(1, steps, 'creators sign their agreements')
    const localToday = async () => localDate((await control.get<{ now: string }>('/control/clock')).now)
    const tools: StoryTools = {
      control,
      app,
      work,
      random: seededRandom(seed + FORMS_SEED),
      ids,
      today: localToday,
    }
    const creators = await signUpCreators(tools)

    const bookkeeper = connectApp(house.appUrl, control, SHOP.domain, BOOKKEEPER_USER_ID)
    await tellMonths({ ...tools, bookkeeper, creators }, plan, (label, done) =>
      progress.step(2 + done, steps, label),
    )
    if (options.endsNow) await control.call('/control/clock', { reset: true })
    await control.call('/control/faults', { throttle: { maximumAvailable: 2000, restoreRate: 100 } })
    progress.step(steps, steps, 'today')
  } finally {
    progress.end()
    await work.close()
  }
}

function localDate(instant: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(SHOP.timeZone).toPlainDate().toString()
}
