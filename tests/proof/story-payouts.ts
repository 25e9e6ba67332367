// Payout runs of a story: who is paid what the model says; every step is taken, or refused, as the model's table has it.
import { expect } from 'vitest'
import { approveRun } from '#app/features/payouts/approve-run.server.ts'
import { createRun } from '#app/features/payouts/create-run.server.ts'
import { retryPayout } from '#app/features/payouts/retry-payout.server.ts'
import { sendRun } from '#app/features/payouts/send-run.server.ts'
import { confirmPayout, failPayout, voidPayout } from '#app/features/payouts/settle-payout.server.ts'
import { voidRun } from '#app/features/payouts/void-run.server.ts'
import { least } from './fractions.ts'
import { type AskedPayout, type AskedRun, payoutAfter, runStatus, withheldOf } from './model-people.ts'
import type { Story } from './story.ts'
import type { Person } from './story-people.ts'

/** By partner: what is withheld, in hundredths of a percent. The last one has named no account. */
const WITHHELD = [0, 0, 2400, 0, 999] as const
const APPROVALS = 2
const STEPS = { confirm: confirmPayout, void: voidPayout, fail: failPayout }

export class StoryPayouts {
  private readonly withheldBps = new Map<string, number>()
  private readonly story: Story

  constructor(story: Story) {
    this.story = story
  }

  async begin(creatorIds: string[]): Promise<void> {
    for (const [place, bps] of WITHHELD.entries()) {
      const creatorId = creatorIds[place] ?? ''
      this.withheldBps.set(creatorId, bps)
      await this.story.real.payTo(creatorId, bps)
    }
  }

  /** A run of everybody to whom something is due. */
  async makeRun(): Promise<void> {
    const { real, now } = this.story
    const due = [...this.withheldBps.keys()].filter((creatorId) => this.dueTo(creatorId) > 0n).sort()
    if (due.length === 0) return
    const wanted = due.map((creatorId) => ({ creatorId, ...this.divided(creatorId, this.dueTo(creatorId)) }))
    const id = real.newId()
    const executeOn = new Date(now).toISOString().slice(0, 10)
    const chosen = await real.previewOf(due)
    const input = { formId: id, currency: 'EUR', executeOn, chosen, actor: 'ana' }
    expect(await createRun(real.context, input)).toEqual({ ok: true, runId: id })
    await this.note(id, wanted, null)
  }

  async approve(place: number, by: Person): Promise<void> {
    const { real } = this.story
    const run = this.run(place)
    if (!run) return
    const { revision, status } = await real.runOf(run.id)
    expect(status).toBe(runStatus(run, APPROVALS))
    const answer = await approveRun(real.context, { runId: run.id, revision, actor: by })
    if (status === 'draft' && run.approvedBy.has(by))
      expect(answer).toEqual({ ok: false, reason: 'second_person_needed' })
    else if (status === 'draft') {
      run.approvedBy.add(by)
      const isComplete = run.approvedBy.size === APPROVALS
      expect(answer).toEqual({ ok: true, complete: isComplete })
      for (const payout of run.payouts)
        if (isComplete && payout.status === 'draft') payout.status = 'approved'
    } else if (status === 'approved') expect(answer).toEqual({ ok: true, complete: true })
    else expect(answer).toEqual({ ok: false, reason: `run_is_${status}` })
  }

  /** Refused as a whole when one of its creators has been left with less meanwhile. */
  async send(place: number): Promise<void> {
    const { model, real } = this.story
    const run = this.run(place)
    if (!run) return
    const { revision } = await real.runOf(run.id)
    const status = runStatus(run, APPROVALS)
    const waiting = run.payouts.filter((payout) => payout.status === 'approved')
    const isShort = waiting.some(({ creatorId, grossMinor }) => model.available(creatorId) < grossMinor)
    const answer = await sendRun(real.context, { runId: run.id, revision, actor: 'ana' })
    if (status === 'sent') expect(answer).toEqual({ ok: true, changed: false })
    else if (status !== 'approved') expect(answer).toEqual({ ok: false, reason: `run_is_${status}` })
    else if (isShort) expect(answer).toMatchObject({ ok: false, reason: 'balance_too_small' })
    else {
      expect(answer).toEqual({ ok: true, changed: true })
      run.isSent = true
      for (const payout of waiting) payout.status = 'sent'
    }
    this.story.pass(1000)
  }

  async step(place: number, step: keyof typeof STEPS): Promise<void> {
    const { model, real } = this.story
    const payout = model.people.payouts()[place]
    if (!payout) return
    const input = { payoutId: payout.id, actor: 'ben', failure: 'The account is closed' }
    const answer = await STEPS[step](real.context, input)
    const next = payoutAfter(payout.status, step)
    if (next === null) expect(answer).toEqual({ ok: false, reason: `payout_is_${payout.status}` })
    else expect(answer).toEqual({ ok: true, changed: next !== payout.status })
    if (next !== null) payout.status = next
    this.story.pass(1000)
  }

  /** A run that was not sent touched nothing. */
  async withdraw(place: number): Promise<void> {
    const { real } = this.story
    const run = this.run(place)
    if (!run) return
    const status = runStatus(run, APPROVALS)
    const answer = await voidRun(real.context, { runId: run.id, actor: 'ana' })
    if (status === 'voided') expect(answer).toEqual({ ok: true, changed: false })
    else if (run.isSent) expect(answer).toEqual({ ok: false, reason: `run_is_${status}` })
    else {
      expect(answer).toEqual({ ok: true, changed: true })
      for (const payout of run.payouts) payout.status = 'voided'
    }
  }

  /** Once, and no more than failed or is due now. */
  async retry(place: number): Promise<void> {
    const { model, real } = this.story
    const payout = model.people.payouts()[place]
    if (!payout) return
    const isRepeated = model.people
      .payouts()
      .some((one) => one.repeats === payout.id && one.status !== 'voided')
    const { creatorId } = payout
    const due = this.dueTo(creatorId)
    const answer = await retryPayout(real.context, { payoutId: payout.id, actor: 'ana' })
    if (payout.status !== 'failed')
      expect(answer).toEqual({ ok: false, reason: `payout_is_${payout.status}` })
    else if (isRepeated) expect(answer).toMatchObject({ ok: true, changed: false })
    else if (due <= 0n) expect(answer).toMatchObject({ ok: false, reason: 'not_payable' })
    else {
      expect(answer).toMatchObject({ ok: true, changed: true })
      const amounts = this.divided(creatorId, least(due, payout.grossMinor))
      if (answer.ok) await this.note(answer.runId, [{ creatorId, ...amounts }], payout.id)
    }
  }

  private run(place: number): AskedRun | undefined {
    return this.story.model.people.runs[place]
  }

  private dueTo(creatorId: string): bigint {
    const { model } = this.story
    return model.available(creatorId) - model.people.pending(creatorId)
  }

  divided(creatorId: string, grossMinor: bigint) {
    return { grossMinor, withheldMinor: withheldOf(grossMinor, this.withheldBps.get(creatorId) ?? 0) }
  }

  /** The app made what the model wanted. */
  private async note(
    runId: string,
    wanted: Array<Pick<AskedPayout, 'creatorId' | 'grossMinor' | 'withheldMinor'>>,
    repeats: string | null,
  ): Promise<void> {
    const made = await this.story.real.payoutsOf(runId)
    const sums = made.map(({ creatorId, grossMinor, withheldMinor }) => ({
      creatorId,
      grossMinor,
      withheldMinor,
    }))
    expect(sums).toEqual(wanted)
    expect(made.every((row) => row.netMinor === row.grossMinor - row.withheldMinor)).toBe(true)
    this.story.model.people.runs.push({
      id: runId,
      approvedBy: new Set(),
      isSent: false,
      payouts: made.map(({ id, creatorId, grossMinor, withheldMinor }) => {
        return { id, creatorId, grossMinor, withheldMinor, status: 'draft', repeats }
      }),
    })
  }
}
