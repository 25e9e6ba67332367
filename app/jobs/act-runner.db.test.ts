// Runners over the table of acts: a shop full of drops, a runner that died, a press that is still being told of when the next act is due.
import { expect, test, vi } from 'vitest'
import { releaseDropLease, takeDropLease } from '#app/adapters/db/drop-lease.ts'
import { newRowId } from '#app/adapters/db/row-id.ts'
import { draftDrop } from '#app/features/drops/plan-drop.server.ts'
import { pressDrop } from '#app/features/drops/press-drop.server.ts'
import { runDueOfDrop } from '#app/features/drops/run-act.server.ts'
import { scheduleDrop as scheduleChecked } from '#app/features/drops/schedule-drop.server.ts'
import { switchOnGate } from '#app/features/drops/tell-checkout.server.ts'
import {
  type DropStage,
  lend,
  minutes,
  openDropStage,
  planOf,
  playUntil,
  readDrop,
  receiptsOf,
  scheduleDrop,
} from '#tests/factories/drops.ts'
import { type ActRunner, startActRunner } from './act-runner.ts'

async function withRunners(
  stage: DropStage,
  owners: string[],
  work: (runners: ActRunner[]) => Promise<void>,
): Promise<void> {
  const runners = owners.map((owner) => startActRunner(stage.house.services, { owner, pollMs: 3_600_000 }))
  try {
    await work(runners)
  } finally {
    await Promise.all(runners.map((runner) => runner.stop()))
  }
}

test('a shop with as many drops at once as its checkout has windows for: every act of every drop is done, at once', async () => {
  await using stage = await openDropStage()
  const { context } = stage
  expect(await switchOnGate(context)).toEqual({ ok: true })
  const ids = Array.from({ length: 8 }, () => newRowId())
  for (const [index, id] of ids.entries()) {
    const acts = planOf(stage).acts.filter(({ kind }) => ['open', 'close', 'after'].includes(kind))
    await draftDrop(
      context,
      { id, plan: planOf(stage, { handle: `drop-${index}`, acts, waves: [] }) },
      'user/1',
    )
    expect(await scheduleChecked(context, { dropId: id, revision: 1 }, 'user/1')).toMatchObject({ ok: true })
  }
  await withRunners(stage, ['one', 'two'], async (runners) => {
    for (const from of [-299, 0, 20, 60]) {
      stage.house.clock.moveTo(minutes(from))
      await Promise.all(runners.map((runner) => runner.look()))
      // What one runner holds while the other looks is found by its next look.
      await Promise.all(runners.map((runner) => runner.look()))
    }
  })
  for (const id of ids) {
    const receipts = await receiptsOf(stage, id)
    expect(receipts.map(({ kind, outcome, latenessMs }) => [kind, outcome, latenessMs])).toEqual([
      ['open', 'done', 0],
      ['close', 'done', 0],
      ['after', 'done', 0],
    ])
    const { status, toldRevision, revision } = await readDrop(stage, id)
    expect([status, toldRevision]).toEqual(['closed', revision])
  }
})

test('what a dead runner left is done as soon as its lease is over, without another look at the table', async () => {
  await using stage = await openDropStage()
  const { id } = await scheduleDrop(stage)
  await playUntil(stage, id, -299)
  stage.house.clock.moveTo(minutes(-60))
  await lend(stage, id, 'dead')
  await withRunners(stage, ['living'], async ([runner]) => {
    await runner?.look()
    expect(await receiptsOf(stage, id)).toEqual([])
    await vi.waitFor(
      async () => {
        const receipts = await receiptsOf(stage, id)
        expect(receipts).toMatchObject([{ kind: 'teaser', outcome: 'done', evidence: { owner: 'living' } }])
      },
      { timeout: 12_000, interval: 200 },
    )
  })
}, 30_000)

test('a runner that gives word keeps its drop for longer than a lease lasts', async () => {
  await using stage = await openDropStage()
  const { context } = stage
  const { id } = await scheduleDrop(stage)
  await playUntil(stage, id, -299)
  stage.house.clock.moveTo(minutes(-60))
  const { db, shop } = context
  // Shopify's answer does not come until the test lets it.
  let answer: () => void = () => {}
  const answered = new Promise<void>((resolve) => {
    answer = resolve
  })
  const slow: typeof stage.house.services = {
    ...stage.house.services,
    adminApiFor: (domain) => {
      const api = stage.house.services.adminApiFor(domain)
      return {
        shopDomain: domain,
        async request(document, variables) {
          await answered
          return api.request(document, variables)
        },
      }
    },
  }
  const runner = startActRunner(slow, { owner: 'slow', pollMs: 3_600_000 })
  try {
    const looked = runner.look()
    const isTaken = async () => {
      const taken = await takeDropLease(db, shop.id, id, 'other')
      if (taken) await releaseDropLease(db, taken)
      return taken === null
    }
    await vi.waitFor(async () => expect(await isTaken()).toBe(true), { timeout: 10_000 })
    // Longer than the lease.
    await new Promise((resolve) => setTimeout(resolve, 4_000))
    expect(await isTaken()).toBe(true)
    answer()
    await looked
    expect(await receiptsOf(stage, id)).toMatchObject([{ kind: 'teaser', outcome: 'done' }])
  } finally {
    answer()
    await runner.stop()
  }
}, 30_000)

test('an act that falls due while a press is still being told of goes first', async () => {
  await using stage = await openDropStage()
  const { context } = stage
  const { id } = await scheduleDrop(stage)
  await playUntil(stage, id, -2)
  const { revision } = await readDrop(stage, id)
  const press = { kind: 'extend' as const, closeAt: minutes(25).toISOString() }
  expect(await pressDrop(context, { dropId: id, press, revision }, 'user/1')).toMatchObject({ ok: true })
  const lease = await lend(stage, id, 'runner')
  const steps: string[] = []
  await runDueOfDrop(context, lease, ({ key }) => {
    steps.push(key)
    // The opening comes while the checkout is told.
    stage.house.clock.moveTo(minutes(0))
  })
  await releaseDropLease(context.db, lease)
  expect(steps).toEqual(['tell_checkout', 'list', 'verify', 'tell_checkout', 'tell_storefront'])
  expect(await readDrop(stage, id)).toMatchObject({
    status: 'live',
    settlesAt: null,
    toldRevision: revision + 1,
  })
})
