// What the shop's people do with money, done to the app and told to the model, whose answer the app's must be.
import { expect } from 'vitest'
import { decideAdjustment } from '#app/features/adjustments/decide-adjustment.server.ts'
import { proposeAdjustment } from '#app/features/adjustments/propose-adjustment.server.ts'
import { createAdvance, payAdvance, withdrawAdvance } from '#app/features/advances/advances.server.ts'
import type { AskedAdjustment } from './model-people.ts'
import type { Story } from './story.ts'
import { StoryPayouts } from './story-payouts.ts'

export type Person = 'ana' | 'ben'

export class StoryPeople {
  readonly payouts: StoryPayouts
  private creatorIds: string[] = []
  private readonly story: Story

  constructor(story: Story) {
    this.story = story
    this.payouts = new StoryPayouts(story)
  }

  async begin(creatorIds: string[]): Promise<void> {
    this.creatorIds = creatorIds
    await this.payouts.begin(creatorIds)
  }

  creator(partner: number): string {
    return this.creatorIds[partner % this.creatorIds.length] ?? ''
  }

  async ask(
    asked: Pick<AskedAdjustment, 'kind' | 'creatorId' | 'orderId' | 'account' | 'minor'>,
    by: Person,
  ): Promise<void> {
    const { model, real } = this.story
    const id = real.newId()
    const { minor: amountMinor, ...rest } = asked
    const answer = await proposeAdjustment(real.context, {
      ...rest,
      formId: id,
      account: asked.account as 'write-offs',
      amountMinor,
      currency: 'EUR',
      incomeType: asked.kind === 'gift' ? 'in_kind' : asked.kind === 'suspense' ? null : 'commission_service',
      reason: 'As agreed',
      facts: {},
      actor: by,
    })
    const isSecondOfOrder = model.people.adjustments.some(
      ({ orderId, status }) => orderId !== null && orderId === asked.orderId && status === 'proposed',
    )
    if (isSecondOfOrder) {
      expect(answer).toEqual({ ok: false, reason: 'suspense_changed' })
      return
    }
    expect(answer).toMatchObject({ ok: true, status: 'proposed' })
    model.people.adjustments.push({ ...asked, id, askedBy: by, status: 'proposed' })
  }

  /** Everything that stands in suspense for the order goes to another account. */
  async bookOut(orderId: bigint, account: string, by: Person): Promise<void> {
    const minor = this.story.model.inSuspense(orderId)
    if (minor !== 0n) await this.ask({ kind: 'suspense', creatorId: null, orderId, account, minor }, by)
  }

  async decide(place: number, decision: 'post' | 'reject', by: Person): Promise<void> {
    const { model, real } = this.story
    const asked = model.people.adjustments[place]
    if (!asked) return
    const wanted = decision === 'post' ? 'posted' : 'rejected'
    const refusal = this.refusalOf(asked, decision, by)
    const answer = await decideAdjustment(real.context, { adjustmentId: asked.id, decision, actor: by })
    if (refusal) {
      expect(answer).toEqual({ ok: false, reason: refusal })
      return
    }
    expect(answer).toEqual({ ok: true, status: wanted, changed: asked.status === 'proposed' })
    asked.status = wanted
  }

  async advance(partner: number, minor: bigint, recoupBps: number): Promise<void> {
    const { model, real } = this.story
    const creatorId = this.creator(partner)
    const id = real.newId()
    const input = {
      agreementId: null,
      currency: 'EUR',
      note: '',
      actor: 'ana',
      amountMinor: minor,
      recoupBps,
    }
    expect(await createAdvance(real.context, { ...input, formId: id, creatorId })).toEqual({
      ok: true,
      advanceId: id,
    })
    model.people.advances.push({ id, creatorId, minor, recoupBps, paidAt: null })
  }

  async payAdvance(place: number): Promise<void> {
    const { model, real, now } = this.story
    const advance = model.people.advances[place]
    if (!advance) return
    const answer = await payAdvance(real.context, { advanceId: advance.id, actor: 'ben' })
    expect(answer).toEqual({ ok: true, changed: advance.paidAt === null })
    advance.paidAt ??= now
    this.story.pass(1000)
  }

  async withdrawAdvance(place: number): Promise<void> {
    const { model, real } = this.story
    const advance = model.people.advances[place]
    if (!advance) return
    const answer = await withdrawAdvance(real.context, { advanceId: advance.id })
    if (advance.paidAt !== null) expect(answer).toEqual({ ok: false, reason: 'advance_is_paid' })
    else model.people.advances.splice(place, 1)
  }

  /** Every month that has ended takes its part of what was earned in it to advances, before it closes. */
  async recoup(close: () => Promise<unknown>): Promise<void> {
    const { model, real } = this.story
    const moves = await real.payableMoves()
    const months = await real.endedMonths()
    const taken = new Map<string, bigint>()
    for (const endsAt of months) {
      for (const creatorId of this.creatorIds) {
        const own = moves.filter((move) => move.creatorId === creatorId)
        const sumOf = (keep: (move: (typeof own)[number]) => boolean) =>
          own.filter(keep).reduce((all, { minor }) => all + minor, 0n)
        const before = taken.get(creatorId) ?? 0n
        const part = model.people.recoup({
          creatorId,
          endsAt,
          earnedMinor: sumOf((move) => move.endsAt.getTime() === endsAt && !move.isPayout),
          balanceMinor: sumOf((move) => move.endsAt.getTime() <= endsAt) - before,
          balanceNowMinor: sumOf(() => true) - before,
        })
        taken.set(creatorId, before + part)
      }
    }
    await close()
  }

  private refusalOf(asked: AskedAdjustment, decision: 'post' | 'reject', by: Person): string | null {
    if (asked.status === (decision === 'post' ? 'posted' : 'rejected')) return null
    if (asked.status !== 'proposed') return `adjustment_is_${asked.status}`
    if (decision === 'reject') return null
    if (asked.askedBy === by) return 'second_person_needed'
    const { orderId, minor } = asked
    const isStale = orderId !== null && this.story.model.inSuspense(orderId) !== minor
    return isStale ? 'suspense_changed' : null
  }
}
