import { expect, test } from 'vitest'
import { type AcceptedVersion, standingTerms } from './standing-terms.ts'
import type { AgreementTerms } from './terms.ts'

function version(
  id: string,
  changes: {
    agreement?: string
    number?: number
    from?: string
    endedAt?: string
    terms?: Partial<AgreementTerms>
  },
): AcceptedVersion {
  return {
    id,
    agreementId: changes.agreement ?? 'a',
    agreementEndedAt: changes.endedAt ?? null,
    number: changes.number ?? 1,
    status: 'accepted',
    effectiveFrom: changes.from ?? '2026-01-01T00:00:00.000Z',
    terms: {
      role: 'promoter',
      scope: { kind: 'everything_attributed' },
      shareBps: 1000,
      net: { deductPaymentFeeBps: 0 },
      currency: 'USD',
      period: 'monthly',
      minimumPayoutMinor: id,
      holdDays: 30,
      startsOn: '2026-01-01',
      endsOn: null,
      ...changes.terms,
    },
  }
}

const standing = (versions: AcceptedVersion[]) =>
  standingTerms(versions, '2026-05-31T23:59:59.999Z', 'UTC')
    .map((terms) => terms.minimumPayoutMinor)
    .sort()

test('a replaced version and one that has not begun say nothing', () => {
  expect(
    standing([
      version('3', { number: 3, from: '2026-06-01T00:00:00.000Z' }),
      version('1', {}),
      version('2', { number: 2, from: '2026-03-01T00:00:00.000Z' }),
    ]),
  ).toEqual(['2'])
})

test('an agreement that ended says nothing beside one in force', () => {
  const ended = version('1', { agreement: 'old', endedAt: '2026-02-01T00:00:00.000Z' })
  expect(standing([ended, version('2', { agreement: 'new' })])).toEqual(['2'])
})

test('when all have ended, the last terms of each settle what is left', () => {
  expect(
    standing([
      version('1', { agreement: 'one', endedAt: '2026-04-01T00:00:00.000Z' }),
      version('2', {
        agreement: 'one',
        number: 2,
        from: '2026-03-01T00:00:00.000Z',
        endedAt: '2026-04-01T00:00:00.000Z',
      }),
      version('3', { agreement: 'two', terms: { endsOn: '2026-03-31' } }),
    ]),
  ).toEqual(['2', '3'])
})

test('nobody without an agreement has terms', () => {
  expect(standing([])).toEqual([])
})
