import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { figuresThatAddUp, lineSums } from '#app/domain/statements/test-statement.ts'
import {
  emptyStatement,
  SAMPLE_HASH,
  sampleFigures,
  sampleStatement,
} from '../presentation/sample-statement.ts'
import { canPrint, printable } from './pdf-text.ts'
import { renderStatementPdf } from './statement-pdf.tsx'

const hash = SAMPLE_HASH
const verifyUrl = 'https://filigree.example/statements/verify?shop=lumen-atelier.myshopify.com'
const ofLines = (lines: ReturnType<typeof lineSums>[]) =>
  sampleStatement({}, figuresThatAddUp({ openingMinor: 3_000n, lines }))

/** The text that the pages draw, without its spaces: runs are cut where letters meet digits. The built-in fonts write WinAnsi bytes. */
function drawnText(pdf: Uint8Array): string {
  const bytes = Buffer.from(pdf)
  const source = bytes.toString('latin1')
  const winAnsi = new TextDecoder('windows-1252')
  const pieces: string[] = []
  for (const match of source.matchAll(/stream\r?\n/g)) {
    const start = match.index + match[0].length
    const end = source.indexOf('endstream', start)
    if (source.slice(match.index - 3, match.index) === 'end' || end < 0) continue
    const content = tryInflate(bytes.subarray(start, end))
    for (const [, shown = ''] of content.matchAll(/\[([^\]]*)\]\s*TJ/g)) {
      const hex = [...shown.matchAll(/<([0-9a-f]*)>/gi)].map(([, digits = '']) => digits).join('')
      pieces.push(winAnsi.decode(Buffer.from(hex, 'hex')))
    }
  }
  return squeeze(pieces.join(''))
}

function squeeze(text: string): string {
  return text.replace(/\s/g, '')
}

function tryInflate(stream: Buffer): string {
  try {
    return inflateSync(stream).toString('latin1')
  } catch {
    return ''
  }
}

function pageCount(pdf: Uint8Array): number {
  return (
    Buffer.from(pdf)
      .toString('latin1')
      .match(/\/Type \/Page\b(?!s)/g)?.length ?? 0
  )
}

function count(text: string, part: string): number {
  return text.split(part).length - 1
}

test('the PDF draws every figure of the statement', async () => {
  const pdf = await renderStatementPdf(sampleStatement(), { hash, verifyUrl })
  expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-')
  const text = drawnText(pdf)
  const figures = [
    '€130.90',
    '€7.50',
    '€30.00',
    '€274.95',
    '-€13.75',
    '-€10.00',
    '-€24.00',
    '€263.40',
    '€125.00',
    '2,520.40',
    '-210.00',
    '-110.00',
    '12.5%',
  ]
  const names = [
    'Royalty statement',
    'MIRA-0005',
    'Mira Sólveig',
    'Bezel ring N° 4 “Éclat” — 18 k',
    'Signet',
    'Mira Sólveig Studio',
    'Lumen Atelier SARL',
    'VAT FR40303265045',
    'Bonuses',
    'Tier: higher share above the step',
    'Net sales: €440.00; threshold €400.00',
    'statement MIRA-0003, line 2',
    'Reserve against returns',
    'Released, sales of February 2026',
    'Advances',
    'Tax',
    'Payments',
    'Reference LUMEN-MIRA-0007',
    'What is carried forward, and why',
    'Agreements and what net means',
    'Questions, contact, inspection',
    'BWE9-MZG4-PBCC-6TMG',
  ]
  for (const shown of [...figures, ...names, hash, sampleStatement().chain.head])
    expect(text).toContain(squeeze(shown))
  expect(text).toContain(sampleStatement().previousStatement?.hash)
})

test('the same document gives the same bytes', async () => {
  const first = await renderStatementPdf(sampleStatement(), { hash, verifyUrl })
  const second = await renderStatementPdf(sampleStatement(), { hash, verifyUrl })
  expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true)
})

test('120 lines take several pages, each with the headings, number, page and hash', async () => {
  const lines = Array.from({ length: 120 }, (_, index) =>
    lineSums(`Piece ${index + 1}`, index + 1, { productId: `${index + 1}` }),
  )
  const pdf = await renderStatementPdf(ofLines(lines), { hash, verifyUrl })
  const text = drawnText(pdf)
  const pages = pageCount(pdf)
  expect(pages).toBeGreaterThanOrEqual(5)
  expect(text).toContain(`Page${pages}of${pages}`)
  expect(count(text, hash)).toBe(pages)
  expect(count(text, 'Discounts')).toBeGreaterThanOrEqual(pages - 2)
  for (const line of lines) expect(text).toContain(squeeze(line.title))
})

test('a month without sales takes two pages at most and says so', async () => {
  const pdf = await renderStatementPdf(emptyStatement(), { hash, verifyUrl })
  expect(pageCount(pdf)).toBeLessThanOrEqual(2)
  expect(drawnText(pdf)).toContain(squeeze('No sales counted under your agreements in this period.'))
  expect(drawnText(pdf)).toContain(squeeze('This is the first statement.'))
})

test.each([
  ['EUR', 'de-DE', '130,90 €'],
  ['GBP', 'en-GB', '£130.90'],
  ['JPY', 'ja-JP', '¥13,090'],
  ['CHF', 'fr-CH', '130.90 CHF'],
  ['KWD', 'en', 'KWD 13.090'],
  // The built-in fonts have no sign for these.
  ['PLN', 'pl', 'PLN 130.90'],
  ['INR', 'en', 'INR 130.90'],
  ['CZK', 'it', '130,90 CZK'],
])('%s prints for %s as %s', async (currency, locale, amount) => {
  const text = drawnText(await renderStatementPdf(sampleStatement({ currency, locale }), { hash, verifyUrl }))
  expect(text).toContain(squeeze(amount))
})

test('five languages print without a letter lost', async () => {
  const titles = {
    en: 'Check this statement',
    de: 'Diese Abrechnung prüfen',
    fr: 'Vérifier ce relevé',
    it: 'Verificare questo rendiconto',
    es: 'Comprobar esta liquidación',
  }
  for (const [locale, title] of Object.entries(titles)) {
    const text = drawnText(await renderStatementPdf(sampleStatement({ locale }), { hash, verifyUrl }))
    expect(text).toContain(squeeze(title))
  }
})

test('sixty dates of maturity are folded by month', async () => {
  const maturities = Array.from({ length: 60 }, (_, day) => ({
    on: new Date(Date.UTC(2026, 5, 1 + day)).toISOString().slice(0, 10),
    amountMinor: 100n,
  }))
  const figures = figuresThatAddUp({ ...sampleFigures(), maturities })
  const text = drawnText(await renderStatementPdf(sampleStatement({}, figures), { hash, verifyUrl }))
  expect(text).toContain(squeeze('€30.00 in June 2026'))
  expect(text).not.toContain(squeeze('June 9, 2026'))
})

test('a self-billed statement says so in the words that the law asks for', async () => {
  const selfBilling = {
    agreedOn: '2026-01-02',
    treatment: 'reverse_charge' as const,
    rateBps: 0,
    acceptedAfterDays: 14,
  }
  const text = drawnText(
    await renderStatementPdf(sampleStatement({ locale: 'de', selfBilling }), { hash, verifyUrl }),
  )
  for (const words of ['Self-billing', 'Gutschrift', 'MIRA-SB-0001', 'Reverse charge', 'binnen 14 Tagen'])
    expect(text).toContain(squeeze(words))
})

test('VAT at a rate is printed with what it is on, and where it is not', async () => {
  const selfBilling = {
    agreedOn: '2026-01-02',
    treatment: 'rate' as const,
    rateBps: 2_000,
    acceptedAfterDays: 0,
  }
  const document = sampleStatement({ selfBilling })
  document.payer.companyNumber = 'RCS Paris 123'
  const text = drawnText(await renderStatementPdf(document, { hash, verifyUrl }))
  expect(document.selfBilling?.vatMinor).not.toBe('0')
  for (const words of [
    'VAT at 20% on',
    'is no part of the balance',
    'self-billing agreement of January 2, 2026',
    'Company no. RCS Paris 123',
    '10% of each payment is withheld: the rate of a tax treaty.',
  ])
    expect(text).toContain(squeeze(words))
})

test('a very long name without a break stays within its column', async () => {
  const name = 'Unbreakable'.repeat(12)
  const text = drawnText(await renderStatementPdf(ofLines([lineSums(name, 1)]), { hash, verifyUrl }))
  expect(text).not.toContain(name)
  expect(text.replace(/-/g, '')).toContain(name)
})

test.each([
  ['Crème — “18 k” €', 'Crème — “18 k” €'],
  ['Łańcuszek', 'Lancuszek'],
  ['Ďábel ı', 'Dábel i'],
  ['e\u0301clat', 'éclat'],
  ['Ring 💍', 'Ring ?'],
  ['指輪', '??'],
  ['1\u202f200', '1\u00a0200'],
  ['a\u0000b\u200b', 'ab'],
])('%j is printed as %j', (text, printed) => {
  expect(printable(text)).toBe(printed)
  expect(canPrint(printed)).toBe(true)
})
