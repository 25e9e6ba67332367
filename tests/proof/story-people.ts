// What the shop's people do with money, done to the app and told to the model, whose answer the app's must be.
import { expect } from 'vitest'
import { decideAdjustment } from '#app/features/adjustments/decide-adjustment.server.ts'
import { proposeAdjustment } from '#app/features/adjustments/propose-adjustment.server.ts'
import { decideAdvance } from '#app/features/advances/decide-advance.server.ts'
import { payAdvance } from '#app/features/advances/pay-advance.server.ts'
import { proposeAdvance } from '#app/features/advances/propose-advance.server.ts'
import { type AskedAdjustment, type ProposalStatus, refusalOf } from './model-people.ts'
import type { Story } from './story.ts'
import { StoryPayouts } from './story-payouts.ts'

export type Person = 'ana' | 'ben'
export type Decision = 'agree' | 'reject'

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

  async decide(place: number, decision: Decision, by: Person): Promise<void> {
    const { model, real } = this.story
    const asked = model.people.adjustments[place]
    if (!asked) return
    const { orderId, minor } = asked
    const isStale = decision === 'agree' && asked.status === 'proposed' && orderId !== null
    const refusal =
      refusalOf(asked, decision, by) ??
      (isStale && model.inSuspense(orderId) !== minor ? 'suspense_changed' : null)
    const answer = await decideAdjustment(real.context, { adjustmentId: asked.id, decision, actor: by })
    this.follow(asked, decision, answer, refusal)
  }

  async advance(partner: number, minor: bigint, recoupBps: number, by: Person = 'ana'): Promise<void> {
    const { model, real } = this.story
    const creatorId = this.creator(partner)
    const id = real.newId()
    const input = { agreementId: null, currency: 'EUR', note: '', actor: by, amountMinor: minor, recoupBps }
    expect(await proposeAdvance(real.context, { ...input, formId: id, creatorId })).toEqual({
      ok: true,
      advanceId: id,
      status: 'proposed',
    })
    const { withheldMinor } = this.payouts.divided(creatorId, minor)
    const status = 'proposed'
    model.people.advances.push({
      ...{ id, creatorId, minor, withheldMinor, recoupBps },
      ...{ askedBy: by, status, paidAt: null },
    })
  }

  /** What has not been paid can be taken back, also when it was agreed to. */
  async decideAdvance(place: number, decision: Decision, by: Person): Promise<void> {
    const { model, real } = this.story
    const advance = model.people.advances[place]
    if (!advance) return
    const { id: advanceId, paidAt } = advance
    const isTakenBack = decision === 'reject' && advance.status === 'agreed'
    const refusal = isTakenBack
      ? paidAt === null
        ? null
        : 'advance_is_paid'
      : refusalOf(advance, decision, by)
    const answer = await decideAdvance(real.context, { advanceId, decision, actor: by })
    this.follow(advance, decision, answer, refusal)
  }

  async payAdvance(place: number): Promise<void> {
    const { model, real, now } = this.story
    const advance = model.people.advances[place]
    if (!advance) return
    const { id: advanceId, status, withheldMinor } = advance
    const answer = await payAdvance(real.context, { advanceId, withheldMinor, actor: 'ben' })
    if (status === 'rejected') expect(answer).toEqual({ ok: false, reason: 'already_rejected' })
    else if (status === 'proposed') expect(answer).toEqual({ ok: false, reason: 'second_person_needed' })
    else {
      expect(answer).toEqual({ ok: true, changed: advance.paidAt === null })
      advance.paidAt ??= now
    }
    this.story.pass(1000)
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

  private follow(
    asked: { status: ProposalStatus },
    decision: Decision,
    answer: unknown,
    refusal: string | null,
  ): void {
    const status = decision === 'agree' ? 'agreed' : 'rejected'
    expect(answer).toEqual(
      refusal === null
        ? { ok: true, status, changed: asked.status !== status }
        : { ok: false, reason: refusal },
    )
    if (refusal === null) asked.status = status
  }
}
