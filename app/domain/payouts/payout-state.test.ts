import { expect, test } from 'vitest'
import {
  addApproval,
  type PayoutStatus,
  type PayoutStep,
  type RunStatus,
  type RunStep,
  runStatusAfter,
  stepPayout,
  stepRun,
} from './payout-state.ts'

const PAYOUTS: PayoutStatus[] = ['draft', 'approved', 'sent', 'confirmed', 'failed', 'voided']
const PAYOUT_STEPS: PayoutStep[] = ['approve', 'send', 'confirm', 'fail', 'void']
const RUNS: RunStatus[] = ['draft', 'approved', 'sent', 'finished', 'voided']
const RUN_STEPS: RunStep[] = ['approve', 'send', 'void']

test('a payout goes only the ways that are written down; every other step is refused by name', () => {
  const table = Object.fromEntries(
    PAYOUT_STEPS.map((step) => [
      step,
      PAYOUTS.map((status) => {
        const result = stepPayout(status, step)
        return result.ok ? (result.changed ? result.status : 'stays') : result.reason
      }).join(' '),
    ]),
  )
  expect(table).toEqual({
    approve: 'approved stays payout_is_sent payout_is_confirmed payout_is_failed payout_is_voided',
    send: 'payout_is_draft sent stays payout_is_confirmed payout_is_failed payout_is_voided',
    confirm: 'payout_is_draft payout_is_approved confirmed stays payout_is_failed payout_is_voided',
    fail: 'payout_is_draft payout_is_approved failed failed stays payout_is_voided',
    void: 'voided voided voided payout_is_confirmed payout_is_failed stays',
  })
})

test('a run goes only the ways that are written down', () => {
  const table = Object.fromEntries(
    RUN_STEPS.map((step) => [
      step,
      RUNS.map((status) => {
        const result = stepRun(status, step)
        return result.ok ? (result.changed ? result.status : 'stays') : result.reason
      }).join(' '),
    ]),
  )
  expect(table).toEqual({
    approve: 'approved stays run_is_sent run_is_finished run_is_voided',
    send: 'run_is_draft sent stays run_is_finished run_is_voided',
    void: 'voided voided run_is_sent run_is_finished stays',
  })
})

test('a run is finished when nothing of it is on its way, and voided when nothing of it ever was', () => {
  expect(runStatusAfter('sent', ['confirmed', 'sent'])).toBe('sent')
  expect(runStatusAfter('sent', ['confirmed', 'failed', 'voided'])).toBe('finished')
  expect(runStatusAfter('sent', ['voided', 'voided'])).toBe('voided')
  expect(runStatusAfter('approved', ['voided', 'approved'])).toBe('approved')
  expect(runStatusAfter('finished', ['failed'])).toBe('finished')
})

test('the same person twice is one person', () => {
  const first = addApproval([], { by: 'user/1', at: '2026-05-01T00:00:00Z' }, 2)
  const again = addApproval(first.approvals, { by: 'user/1', at: '2026-05-02T00:00:00Z' }, 2)
  expect([first.complete, again.complete, again.approvals.length]).toEqual([false, false, 1])
  expect(addApproval(again.approvals, { by: 'user/2', at: '2026-05-02T00:00:00Z' }, 2).complete).toBe(true)
})
