// Acts of many drops on the machine's own clock, run by two worker loops against a sandbox: how late each was when it was done. `--orders N`
// says how many drops.
import { releaseDropLease, takeDropLease } from '#app/adapters/db/drop-lease.ts'
import { insertDrop, loadDrop, savePressed } from '#app/adapters/db/drop-store.ts'
import { newRowId } from '#app/adapters/db/row-id.ts'
import type { DropPlan } from '#app/domain/drops/drop.ts'
import { pressDrop } from '#app/domain/drops/drop-state.ts'
import { reserveWaves } from '#app/features/drops/reserve-waves.server.ts'
import { startActRunner } from '#app/jobs/act-runner.ts'
import { createProduct } from '#sandbox/commerce/create-product.ts'
import { DROP_SHOP, type DropStage, openDropStage } from '#tests/factories/drops.ts'
import { openProofServer } from '#tests/proof/proof-database.ts'
import { benchOrders, quantile, rounded } from './bench-size.ts'
import type { Benchmark } from './run.ts'

const ACTS_OF_EACH = 4
const LEAD_MS = 65_000
/** Openings are spread over so many seconds, several on one. */
const SPREAD_SECONDS = 20
const GAP_SECONDS = 10
/** As a worker has it. */
const POLL_MS = 1_000

export const benchmark: Benchmark = {
  says: 'acts of drops that are due all over half a minute, run by two worker loops on the real clock',
  async run(progress) {
    const drops = benchOrders(40)
    // What builds replace: this process speaks to a sandbox.
    Object.assign(globalThis, { __SANDBOX__: true })
    await using server = await openProofServer({ durable: true })
    await using stage = await openDropStage({ units: 1_000, database: await server.open() })
    // The stage's clock stands; here the machine's counts.
    const clock = { now: () => new Date() }
    const context = { ...stage.context, clock }
    const services = { ...stage.house.services, clock }
    progress(`${drops} drops of ${ACTS_OF_EACH} acts are scheduled`)
    const startsAt = Math.ceil((Date.now() + LEAD_MS + drops * 250) / 1000) * 1000
    for (let index = 0; index < drops; index += 1) await scheduleOne(stage, context, index, startsAt)
    const runners = ['one', 'two'].map((owner) => startActRunner(services, { owner, pollMs: POLL_MS }))
    const lastAt = startsAt + (SPREAD_SECONDS + GAP_SECONDS * (ACTS_OF_EACH - 1)) * 1000
    for (;;) {
      const done = await readReceipts(context)
      progress(`${done.length} of ${drops * ACTS_OF_EACH} acts`)
      if (done.length >= drops * ACTS_OF_EACH || Date.now() > lastAt + 120_000) break
      await new Promise((resolve) => setTimeout(resolve, 5_000))
    }
    await Promise.all(runners.map((runner) => runner.stop()))
    const receipts = await readReceipts(context)
    const late = receipts.map(({ latenessMs }) => latenessMs)
    return {
      sizes: { drops, acts: drops * ACTS_OF_EACH, workers: runners.length },
      figures: {
        p50Ms: rounded(quantile(late, 0.5)),
        p95Ms: rounded(quantile(late, 0.95)),
        p99Ms: rounded(quantile(late, 0.99)),
        worstMs: Math.max(...late),
        done: receipts.filter(({ outcome }) => outcome === 'done').length,
        missing: drops * ACTS_OF_EACH - receipts.length,
      },
    }
  },
}

function readReceipts({ db, shop }: DropStage['context']) {
  return db.inShop(shop.id, (tx) =>
    tx.actReceipt.findMany({
      where: { outcome: { not: 'retry' } },
      select: { latenessMs: true, outcome: true },
    }),
  )
}

async function scheduleOne(
  stage: DropStage,
  context: DropStage['context'],
  index: number,
  startsAt: number,
): Promise<void> {
  const { db, shop, clock } = context
  const made = createProduct(stage.running.sandbox, DROP_SHOP, {
    title: `Piece ${index}`,
    variants: [{ price: '120.00', available: 50 }],
    published: false,
  })
  if (!made.ok) throw new Error(made.message)
  const [variant] = made.product.variants
  if (!variant) throw new Error('no variant')
  const opens = startsAt + (index % SPREAD_SECONDS) * 1000
  const kinds = ['open', 'wave', 'close', 'after'] as const
  const acts = kinds.map((kind, at) => ({
    id: newRowId(),
    kind,
    at: new Date(opens + at * GAP_SECONDS * 1000).toISOString(),
  }))
  const piece = { variantId: variant.id, inventoryItemId: variant.inventoryItemId }
  const plan: DropPlan = {
    handle: `drop-${index}`,
    title: `Drop ${index}`,
    timeZone: 'Europe/Berlin',
    acts,
    offers: [{ productId: made.product.id, ...piece, role: 'hero', title: made.product.title }],
    waves: [{ id: newRowId(), actId: acts[1]?.id ?? '', ...piece, locationId: stage.locationId, units: 12 }],
    creatorId: null,
    agreementId: null,
    limitPerCustomer: null,
    earlyAccess: null,
    price: null,
    scarcity: { version: 1, lowAt: 5, lastAt: 2 },
    arrival: null,
  }
  const id = newRowId()
  await db.inShop(shop.id, (tx) =>
    insertDrop(tx, shop.id, { id, plan, createdAt: clock.now(), createdBy: 'user/1' }),
  )
  const lease = await takeDropLease(db, shop.id, id, 'bench')
  const draft = await db.inShop(shop.id, (tx) => loadDrop(tx, shop.id, id))
  if (!lease || !draft) throw new Error('no draft')
  const reserved = await reserveWaves(context, draft, lease)
  if (!reserved.ok) throw new Error(reserved.refusal.reason)
  const pressed = pressDrop(draft, { kind: 'schedule' }, clock.now().toISOString())
  if (!pressed.ok) throw new Error(pressed.reason)
  await db.inShop(shop.id, async (tx) => {
    await savePressed(tx, draft, pressed, clock.now())
    await tx.dropOffer.updateMany({ where: { dropId: id }, data: { wasPublished: false } })
    // What schedules tell checkout and storefront is another story than the acts; eight windows fit at once.
    await tx.drop.update({ where: { id }, data: { settlesAt: null } })
  })
  await releaseDropLease(db, lease)
}
