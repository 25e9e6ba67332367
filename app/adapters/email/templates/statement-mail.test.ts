import { expect, test } from 'vitest'
import { describeChange } from '#app/domain/statements/describe-change.ts'
import type { StatementDocument } from '#app/domain/statements/statement-document.ts'
import { figuresThatAddUp, lineSums } from '#app/domain/statements/test-statement.ts'
import {
  emptyStatement,
  SAMPLE_HASH,
  sampleFigures,
  sampleStatement,
} from '../presentation/sample-statement.ts'
import { renderStatementMail } from './statement-mail.tsx'

const URL = 'https://app.filigree.example/c/statements/token.signature'
const previous = sampleStatement(
  { period: '2026-04' },
  figuresThatAddUp({ openingMinor: 3_000n, lines: [lineSums('Signet', 1)] }),
)

function renderMail(document: StatementDocument, before: StatementDocument | null = previous) {
  const change = describeChange(document, before)
  return renderStatementMail({
    document,
    hash: SAMPLE_HASH,
    url: URL,
    urlExpiresAt: '2026-12-01T00:00:00Z',
    verifyUrl: 'https://app.filigree.example/statements/verify?shop=lumen-atelier.myshopify.com',
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
  '€130.90',
  '€30.00',
  '€274.95',
  '-€13.75',
  '€263.40',
  '€7.50',
  'Lumen Atelier SARL',
  'Mira Sólveig Studio',
  'statement MIRA-0003, line 2',
  'Order 1029 was yours, not Noah’s',
  'Recouped from earnings',
  'Withheld from payments for the tax office',
  'BWE9-MZG4-PBCC-6TMG',
  '€125.00',
  'June 9, 2026',
  '€82.50',
  'June 28, 2026',
  '€42.50',
  'may still return them',
  'more than in April 2026',
  'Bezel ring N° 4 “Éclat” — 18 k',
  '3 sold · 1 returned · 12.5%',
  'and 2 more products in the PDF',
  'December 1, 2026',
  SAMPLE_HASH,
  'studio@lumen-atelier.example',
  'agreement that you accepted',
]

test('HTML and text both say every fact of the statement', async () => {
  const { subject, html, text } = await renderMail(sampleStatement())
  expect(subject).toBe('Your royalty statement for May 2026: €130.90 payable')
  const seen = readable(html)
  for (const fact of facts) {
    expect(seen).toContain(fact)
    expect(text).toContain(fact)
  }
  expect(html).toContain(`href="${URL}"`)
  expect(text).toContain(URL)
  expect(seen).not.toContain('Signet')
})

test('the mail carries both colour schemes', async () => {
  const { html } = await renderMail(sampleStatement())
  expect(html).toContain('<meta name="color-scheme" content="light dark"')
  expect(html).toContain('@media (prefers-color-scheme: dark)')
})

test.each([
  ['de-DE', 'Jetzt auszahlbar', '130,90 €', '9. Juni 2026', 'mehr als im Zeitraum April 2026'],
  [
    'fr-FR',
    'Payable maintenant',
    '130,90 €',
    '9 juin 2026',
    'de plus qu’à la période précédente (avril 2026)',
  ],
  [
    'it-IT',
    'Pagabile ora',
    '130,90 €',
    '9 giugno 2026',
    'in più rispetto al periodo precedente (aprile 2026)',
  ],
  [
    'es-ES',
    'Pagadero ahora',
    '130,90 €',
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
  ['below_minimum', { minimumPayoutMinor: 50_000n }, '€130.90 is carried forward: Payouts start at €500.00.'],
  [
    'tax_form_missing',
    { formStatus: 'missing' as const },
    '€130.90 is carried forward: A tax form is missing.',
  ],
  ['payouts_paused', { arePayoutsPaused: true }, 'Payouts are paused after a change of payment details.'],
])('%s is explained in words', async (_reason, about, sentence) => {
  const { text } = await renderMail(sampleStatement(about))
  expect(text).toContain(sentence)
  expect(text).toContain('€7.50 is carried forward: Kept in reserve against returns.')
})

test('a negative balance, and one that is payable in full, are explained', async () => {
  const none = { payments: [], adjustments: [], bonuses: [], maturities: [] }
  const quiet = { reserve: { openingMinor: 0n, closingMinor: 0n, releases: [] } }
  const clear = figuresThatAddUp({ ...sampleFigures(), ...none, ...quiet })
  const adjustments = sampleFigures().adjustments.map((item) => ({ ...item, amountMinor: -50_000n }))
  const negative = figuresThatAddUp({ ...sampleFigures(), ...none, ...quiet, adjustments })
  expect((await renderMail(sampleStatement({}, clear))).text).toContain('All of it is payable now')
  expect((await renderMail(sampleStatement({}, negative))).text).toContain('outweighed earnings')
})

test('a quarter is named as one, and payments leave the balance', async () => {
  const { text } = await renderMail(sampleStatement({ period: '2026-Q2' }))
  expect(text).toContain('Q2 2026')
  expect(text).toContain('Payments: -€24.00')
})

test('names with markup are shown, not run', async () => {
  const lines = [lineSums('<img src=x onerror=alert(1)> {amount}', 1)]
  const payee = { ...sampleStatement().payee, name: '<script>alert(2)</script>', legalName: '<b>x</b>' }
  const { html } = await renderMail(
    sampleStatement({ payee }, figuresThatAddUp({ openingMinor: 3_000n, lines })),
  )
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
