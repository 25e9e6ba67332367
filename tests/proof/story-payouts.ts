// Payout runs of a story: who is paid what the model says; every step is taken, or refused, as the model's table has it.
import { expect } from 'vitest'
import { approveRun } from '#app/features/payouts/approve-run.server.ts'
import { createRun } from '#app/features/payouts/create-run.server.ts'
import { holdPayouts } from '#app/features/payouts/hold-payouts.server.ts'
import { retryPayout } from '#app/features/payouts/retry-payout.server.ts'
import { makeRunFile } from '#app/features/payouts/run-file.server.ts'
import { sendRun } from '#app/features/payouts/send-run.server.ts'
import { confirmPayout, failPayout, voidPayout } from '#app/features/payouts/settle-payout.server.ts'
import { voidRun } from '#app/features/payouts/void-run.server.ts'
import { METHOD_KEYS } from '#tests/factories/payouts.ts'
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
  private replaced = 0
  private readonly story: Story

  constructor(story: Story) {
    this.story = story
  }

  async begin(creatorIds: string[]): Promise<void> {
    for (const [place, bps] of WITHHELD.entries()) {
      const creatorId = creatorIds[place] ?? ''
      this.withheldBps.set(creatorId, bps)
      const { methodId } = await this.story.real.payTo(creatorId, bps)
      this.story.model.people.methods.set(creatorId, { methodId, holdUntil: null })
    }
  }

  /** A run of everybody to whom something is due and who may be paid; with anybody else it is refused. */
  async makeRun(): Promise<void> {
    const { real, now, model } = this.story
    const owed = [...this.withheldBps.keys()].filter((creatorId) => this.dueTo(creatorId) > 0n).sort()
    const due = owed.filter((creatorId) => model.people.mayBePaid(creatorId, now))
    const executeOn = new Date(now).toISOString().slice(0, 10)
    const make = async (id: string, creatorIds: string[]) => {
      const chosen = await real.previewOf(creatorIds)
      return createRun(real.context, { formId: id, currency: 'EUR', executeOn, chosen, actor: 'ana' })
    }
    if (due.length < owed.length)
      expect(await make(real.newId(), owed)).toEqual({
        ok: false,
        reason: 'not_payable',
        creators: namesOf(owed.filter((creatorId) => !due.includes(creatorId))),
      })
    if (due.length === 0) return
    const wanted = due.map((creatorId) => ({ creatorId, ...this.divided(creatorId, this.dueTo(creatorId)) }))
    const id = real.newId()
    expect(await make(id, due)).toEqual({ ok: true, runId: id })
    await this.note(id, wanted, null)
  }

  async hold(partner: number, isHeld: boolean): Promise<void> {
    const { model, real, people } = this.story
    const { onHold } = model.people
    const creatorId = people.creator(partner)
    const reason = isHeld ? 'Many returns in one week' : null
    expect(await holdPayouts(real.context, { creatorId, reason })).toEqual({
      ok: true,
      changed: onHold.has(creatorId) !== isHeld,
    })
    if (isHeld) onHold.add(creatorId)
    else onHold.delete(creatorId)
    this.story.pass(1000)
  }

  /** Another account, to which nothing goes for a week. */
  async replaceMethod(partner: number): Promise<void> {
    const { model, real, people, now } = this.story
    const creatorId = people.creator(partner)
    if (!this.withheldBps.has(creatorId)) return
    this.replaced += 1
    const { methodId, holdUntil } = await real.namePayee(creatorId, `Holder ${this.replaced}`)
    expect(Date.parse(holdUntil ?? '')).toBe(now + 7 * 86_400_000)
    model.people.methods.set(creatorId, { methodId, holdUntil: now + 7 * 86_400_000 })
    this.story.pass(1000)
  }

  /** The bank's file and the list hold what may be paid and was not taken back; else there is none, by name. */
  async file(place: number): Promise<void> {
    const { real } = this.story
    const run = this.run(place)
    if (!run) return
    for (const format of ['sepa', 'csv'] as const) {
      const refusal = this.fileRefusal(run, format)
      const made = await makeRunFile(real.context, METHOD_KEYS, { runId: run.id, format, actor: 'ana' })
      if (!made.ok) {
        expect([made.reason, namesIn(made.creators)], format).toEqual(refusal)
        continue
      }
      expect(refusal).toBeNull()
      const nets = run.payouts
        .filter(isStanding)
        .map(({ grossMinor, withheldMinor }) => grossMinor - withheldMinor)
      expect(netsIn(new TextDecoder().decode(made.bytes), format)).toEqual(nets.sort(bySize))
    }
  }

  /** Reason and names; null for none. */
  private fileRefusal(run: AskedRun, format: 'sepa' | 'csv'): [string, string[]] | null {
    const status = runStatus(run, APPROVALS)
    if (status === 'voided') return ['run_is_voided', []]
    if (status === 'draft') return ['not_approved', []]
    const obstacle = status === 'approved' ? this.obstacleOf(run) : null
    if (obstacle) return obstacle
    const back = run.payouts.filter((payout) => payout.wasSent && !isStanding(payout))
    if (back.length === 0 || (format === 'csv' && run.payouts.some(isStanding))) return null
    return ['payouts_taken_back', namesOf(back.map(({ creatorId }) => creatorId))]
  }

  /** What stands in the way of its approved payouts: a balance that fell, another account, a hold. */
  private obstacleOf(run: AskedRun): [string, string[]] | null {
    const { model } = this.story
    const waiting = run.payouts.filter((payout) => payout.status === 'approved')
    const whose = (isWrong: (payout: AskedPayout) => boolean) =>
      namesOf(waiting.filter(isWrong).map(({ creatorId }) => creatorId))
    const obstacles: Array<[string, string[]]> = [
      ['balance_too_small', whose(({ creatorId, grossMinor }) => model.available(creatorId) < grossMinor)],
      ['method_replaced', whose((one) => model.people.methods.get(one.creatorId)?.methodId !== one.methodId)],
      ['on_risk_hold', whose(({ creatorId }) => model.people.onHold.has(creatorId))],
    ]
    return obstacles.find(([, names]) => names.length > 0) ?? null
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
    const { real } = this.story
    const run = this.run(place)
    if (!run) return
    const { revision } = await real.runOf(run.id)
    const status = runStatus(run, APPROVALS)
    const waiting = run.payouts.filter((payout) => payout.status === 'approved')
    const obstacle = this.obstacleOf(run)
    const answer = await sendRun(real.context, { runId: run.id, revision, actor: 'ana' })
    if (status === 'sent') expect(answer).toEqual({ ok: true, changed: false })
    else if (status !== 'approved') expect(answer).toEqual({ ok: false, reason: `run_is_${status}` })
    else if (obstacle) {
      const [reason, creators] = obstacle
      expect(answer).toEqual({ ok: false, reason, creators: expect.arrayContaining(creators) })
    } else {
      expect(answer).toEqual({ ok: true, changed: true })
      run.isSent = true
      for (const payout of waiting) Object.assign(payout, { status: 'sent', wasSent: true })
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
    else if (due <= 0n || !model.people.mayBePaid(creatorId, this.story.now))
      expect(answer).toMatchObject({ ok: false, reason: 'not_payable' })
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
      payouts: made.map(({ id, creatorId, grossMinor, withheldMinor, methodId }) => {
        const amounts = { grossMinor, withheldMinor }
        return { id, creatorId, ...amounts, methodId, status: 'draft', wasSent: false, repeats }
      }),
    })
  }
}

const isStanding = ({ status }: AskedPayout): boolean => status !== 'failed' && status !== 'voided'
const bySize = (left: bigint, right: bigint): number => (left < right ? -1 : left > right ? 1 : 0)

/** Creators of a proof's shop are named after their ids. */
function namesOf(creatorIds: readonly string[]): string[] {
  return creatorIds.map((id) => `Creator ${id.slice(0, 8)}`).sort()
}

const namesIn = (creators: readonly string[] | undefined): string[] => [...(creators ?? [])].sort()

/** What a file pays, smallest first. */
function netsIn(text: string, format: 'sepa' | 'csv'): bigint[] {
  const amounts =
    format === 'sepa'
      ? [...text.matchAll(/<InstdAmt Ccy="EUR">([\d.]+)</g)].map(([, amount]) => amount)
      : text
          .trim()
          .split('\r\n')
          .slice(1)
          .map((row) => row.split(',').at(-3))
  return amounts.map((amount) => BigInt((amount ?? '').replace('.', ''))).sort(bySize)
}
