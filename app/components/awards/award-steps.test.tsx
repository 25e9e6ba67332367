import { createInstance } from 'i18next'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { expect, test } from 'vitest'
import { awards } from '#app/config/messages/en/awards.ts'
import { retentionTarget } from '#app/domain/awards/retention-target.ts'
import { tierTarget } from '#app/domain/awards/tier-target.ts'
import { AwardSteps, type AwardStepsProps } from './award-steps.tsx'

function linesOf(props: Pick<AwardStepsProps, 'steps' | 'metric'>): string[] {
  const i18n = createInstance()
  void i18n.init({
    lng: 'en',
    resources: { en: { translation: { awards } } },
    initAsync: false,
    interpolation: { escapeValue: false },
  })
  const html = renderToStaticMarkup(
    <I18nextProvider i18n={i18n}>
      <AwardSteps {...props} currency="USD" timeZone="America/New_York" />
    </I18nextProvider>,
  )
  return [...html.matchAll(/<li>(.*?)<\/li>/g)].map((match) => match[1] ?? '')
}

test('the stairs of a ladder are said one a line, with what each adds', () => {
  const tiers = {
    basis: 'units' as const,
    window: 'agreement' as const,
    mode: 'marginal' as const,
    steps: [{ from: '1000', shareBps: 1250 }],
  }
  const sales = [{ headroomBps: 5000, units: 1500, netMinor: 1_500_000n }]
  const { evidence } = tierTarget(tiers, 1000, sales, { currency: 'USD' })
  expect(linesOf(evidence)).toEqual([
    'From 0 to 1,000: 1,000 counted, at 10%. Adds $0.00 to the base share.',
    'Above 1,000: 500 counted, at 12.5%. Adds $125.00 to the base share.',
  ])
})

test('the orders of a bonus and the counts of stock are dated in the shop’s zone', () => {
  const order = {
    orderId: '1',
    placedAt: '2026-03-02T03:00:00.000Z',
    netMinor: 900n,
    attributedNetMinor: 900n,
  }
  const later = { ...order, orderId: '2', placedAt: '2026-03-09T15:00:00.000Z', netMinor: 100n }
  const terms = {
    withinDays: 30,
    minimumNetMinor: '500',
    reward: { kind: 'fixed' as const, amountMinor: '100' },
  }
  const bonus = retentionTarget(terms, [order, later], { timeZone: 'America/New_York', currency: 'USD' })
  expect(linesOf({ steps: bonus?.evidence.steps ?? [], metric: 'repeat_order_net' })).toEqual([
    'Mar 1, 2026: the first order that the creator brought, $9.00 kept.',
    'Mar 9, 2026: another order, $1.00 kept.',
  ])
  const restock = { name: 'restock', at: '2026-03-09T15:00:00.000Z', from: '3', to: '15', measured: '12' }
  expect(linesOf({ steps: [restock], metric: 'earned' })).toEqual([
    'Mar 9, 2026: stock rose from 3 to 15, 12 pieces came in.',
  ])
})
