// The books of a shop in which people asked for everything that can be asked for: what a change behind the guards is looked for in.
import type { ProofDatabase } from './proof-database.ts'
import { WorldOrder } from './shop-world.ts'
import { Story } from './story.ts'

const DAY = 86_400_000

/** Returns the shop's id. */
export async function makeAskedBooks(database: ProofDatabase): Promise<number> {
  const story = await Story.begin(database)
  const { people, model } = story
  try {
    for (let round = 0; round < 3; round++) {
      for (let partner = 0; partner < 5; partner++) await sell(story, `PROOF${partner}`)
      const asked = { orderId: null, minor: 4321n } as const
      const creatorId = people.creator(round)
      await people.ask(
        { ...asked, kind: 'creator_correction', creatorId, account: 'correction-expense' },
        'ana',
      )
      await people.decide(model.people.adjustments.length - 1, 'agree', 'ben')
      await people.ask({ ...asked, kind: 'gift', creatorId, account: 'gifts-in-kind' }, 'ben')
      await people.decide(model.people.adjustments.length - 1, 'agree', 'ana')
      await people.advance(round, 9_000n, 5_000)
      await people.decideAdvance(round, 'agree', 'ben')
      await people.payAdvance(round)
      await payOut(story)
      story.pass(34 * DAY)
      await story.close()
    }
    await payOut(story)
    const steps = ['confirm', 'fail', 'void'] as const
    for (const [place] of model.people.payouts().entries())
      if (place % 4 < 3) await people.payouts.step(place, steps[place % 4] ?? 'confirm')
    const failed = model.people.payouts().findIndex(({ status }) => status === 'failed')
    await people.payouts.retry(failed)
    return story.real.shop.id
  } finally {
    await story.real.end()
  }
}

async function payOut({ people: { payouts }, model }: Story): Promise<void> {
  await payouts.makeRun()
  const place = model.people.runs.length - 1
  await payouts.approve(place, 'ana')
  await payouts.approve(place, 'ben')
  await payouts.send(place)
}

async function sell(story: Story, code: string): Promise<void> {
  const order = new WorldOrder({
    orderId: BigInt(story.orders.length + 1),
    at: story.now,
    currency: 'EUR',
    presentment: { currency: 'EUR', rate: 10_000n },
    codes: [code],
    lines: [{ productId: 3n, quantity: 2, unitNetMinor: 31_234n, discountMinor: 100n }],
    taxBps: 1900n,
    shippingMinor: 950n,
    tipMinor: 0n,
    giftCardMinor: 0n,
    status: 'PAID',
    isTest: false,
    buyer: 'mira',
  })
  story.orders.push(order)
  await story.tell(order, 'at_once')
  story.pass(1000)
}
