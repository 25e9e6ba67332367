import { expect, test } from 'vitest'
import { describeChange } from '#app/domain/statements/describe-change.ts'
import type { StatementDocument } from '#app/domain/statements/statement-document.ts'
import { emptyStatement, SAMPLE_HASH, sampleLine, sampleStatement } from '../presentation/sample-statement.ts'
import { renderStatementMail } from './statement-mail.tsx'

const URL = 'https://app.filigree.example/c/statements/token.signature'
const previous = sampleStatement({
  period: '2026-04',
  royaltiesMinor: '10000',
  adjustmentsMinor: '0',
  lines: [],
})

function renderMail(document: StatementDocument, before: StatementDocument | null = previous) {
  const change = describeChange(document, before)
  return renderStatementMail({
    document,
    hash: SAMPLE_HASH,
    url: URL,
    urlExpiresAt: '2026-12-01T00:00:00Z',
    change,
  })
}

/** What a reader sees of the HTML, with its tags taken out. */
function readable(html: string): string {
  return html
    .replace(/<style>[\s\S]*?<\/style>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#x27;/g, "'")
    .replace(/&nbsp;|\u00a0/g, ' ')
    .replace(/\s+/g, ' ')
}

const facts = [
  'Lumen Atelier',
  'Mira Sólveig',
  'MIRA-0005',
  '€166.25',
  '€30.00',
  '€275.00',
  '-€13.75',
  '€291.25',
  '€125.00',
  'June 9, 2026',
  '€82.50',
  'June 28, 2026',
  '€42.50',
  'return windows close',
  'more than in April 2026',
  'Bezel ring N° 4 “Éclat” — 18 k',
  '3 sold · 1 returned · 12.5%',
  'and 2 more products in the PDF',
  'December 1, 2026',
  SAMPLE_HASH.slice(0, 12),
  'studio@lumen-atelier.example',
  'agreement that you accepted',
]

test('HTML and text both say every fact of the statement', async () => {
  const { subject, html, text } = await renderMail(sampleStatement())
  expect(subject).toBe('Your royalty statement for May 2026: €166.25 payable')
  const seen = readable(html)
  for (const fact of facts) {
    expect(seen).toContain(fact)
    expect(text).toContain(fact)
  }
  expect(html).toContain(`href="${URL}"`)
  expect(text).toContain(URL)
  expect(html).not.toContain('Signet')
})

test('the mail carries both colour schemes', async () => {
  const { html } = await renderMail(sampleStatement())
  expect(html).toContain('<meta name="color-scheme" content="light dark"')
  expect(html).toContain('@media (prefers-color-scheme: dark)')
})

test.each([
  ['de-DE', 'Jetzt auszahlbar', '166,25 €', '9. Juni 2026', 'mehr als im Zeitraum April 2026'],
  [
    'fr-FR',
    'Payable maintenant',
    '166,25 €',
    '9 juin 2026',
    'de plus qu’à la période précédente (avril 2026)',
  ],
  [
    'it-IT',
    'Pagabile ora',
    '166,25 €',
    '9 giugno 2026',
    'in più rispetto al periodo precedente (aprile 2026)',
  ],
  [
    'es-ES',
    'Pagadero ahora',
    '166,25 €',
    '9 de junio de 2026',
    'más que en el periodo anterior (abril de 2026)',
  ],
])('%s is spoken to in its own words and figures', async (locale, label, amount, date, change) => {
  const { html, text } = await renderMail(sampleStatement({ locale }))
  const seen = readable(html)
  for (const words of [label, amount, date, change]) {
    expect(seen).toContain(words)
    expect(text).toContain(words)
  }
  expect(html).toContain(`lang="${locale.slice(0, 2)}"`)
  expect(text).not.toMatch(/Payable now|Closing balance|return windows/)
})

test('a month without sales says so and asks for nothing', async () => {
  const { subject, html, text } = await renderMail(emptyStatement(), null)
  expect(subject).toBe('Your royalty statement for May 2026')
  for (const body of [readable(html), text]) {
    expect(body).toContain('No sales counted under your agreements in this period.')
    expect(body).toContain('Nothing is carried forward.')
    expect(body).not.toMatch(/undefined|NaN|null|more products/)
  }
})

test.each([
  [
    'below_minimum',
    { carryForwardMinor: '1200' },
    '€12.00 is carried forward, because payouts start at €50.00.',
  ],
  ['negative_balance', { carryForwardMinor: '-1200' }, 'The balance is -€12.00'],
  ['awaiting_payout', { carryForwardMinor: '0' }, 'The whole closing balance is payable now'],
] as const)('%s is explained in words', async (carryForwardReason, changes, sentence) => {
  const { text } = await renderMail(sampleStatement({ carryForwardReason, ...changes }))
  expect(text).toContain(sentence)
})

test('a quarter is named as one, and payments leave the balance', async () => {
  const payments = [{ at: '2026-05-04', method: 'bank transfer', reference: 'P-7', amountMinor: '3000' }]
  const { text } = await renderMail(sampleStatement({ period: '2026-Q2', payments, paymentsMinor: '3000' }))
  expect(text).toContain('Q2 2026')
  expect(text).toContain('Payments received: -€30.00')
})

test('names with markup are shown, not run', async () => {
  const lines = [sampleLine('<img src=x onerror=alert(1)> {amount}', 1)]
  const payee = { name: '<script>alert(2)</script>', email: null }
  const { html } = await renderMail(sampleStatement({ lines, payee }))
  expect(html).not.toMatch(/<script|<img/)
  expect(html).toContain('&lt;script&gt;')
})

test('no address but the shop’s contact stands in the mail', async () => {
  const { html, text } = await renderMail(sampleStatement())
  for (const body of [html, text]) {
    const addresses = new Set(body.match(/[\w.+-]+@[\w-]+\.[\w.]*\w/g))
    expect([...addresses]).toEqual(['studio@lumen-atelier.example'])
  }
})
