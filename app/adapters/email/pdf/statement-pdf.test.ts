import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { emptyStatement, SAMPLE_HASH, sampleLine, sampleStatement } from '../presentation/sample-statement.ts'
import { canPrint, printable } from './pdf-text.ts'
import { renderStatementPdf } from './statement-pdf.tsx'

const hash = SAMPLE_HASH

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
  const pdf = await renderStatementPdf(sampleStatement(), { hash })
  expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-')
  const text = drawnText(pdf)
  const figures = [
    '€166.25',
    '€30.00',
    '€275.00',
    '-€13.75',
    '€291.25',
    '€125.00',
    '2,520.00',
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
    'What net means',
  ]
  for (const shown of [...figures, ...names, hash, sampleStatement().chain.head])
    expect(text).toContain(squeeze(shown))
  expect(text).toContain(sampleStatement().previousStatement?.hash)
})

test('the same document gives the same bytes', async () => {
  const first = await renderStatementPdf(sampleStatement(), { hash })
  const second = await renderStatementPdf(sampleStatement(), { hash })
  expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true)
})

test('120 lines take several pages, each with the headings, number, page and hash', async () => {
  const lines = Array.from({ length: 120 }, (_, index) => sampleLine(`Piece ${index + 1}`, index + 1))
  const pdf = await renderStatementPdf(sampleStatement({ lines }), { hash })
  const text = drawnText(pdf)
  const pages = pageCount(pdf)
  expect(pages).toBeGreaterThanOrEqual(5)
  expect(text).toContain(`Page${pages}of${pages}`)
  expect(count(text, hash)).toBe(pages)
  expect(count(text, 'Discounts')).toBeGreaterThanOrEqual(pages - 1)
  for (const line of lines) expect(text).toContain(squeeze(line.product))
})

test('a month without sales is one page that says so', async () => {
  const pdf = await renderStatementPdf(emptyStatement(), { hash })
  expect(pageCount(pdf)).toBe(1)
  expect(drawnText(pdf)).toContain(squeeze('No sales counted under your agreements in this period.'))
  expect(drawnText(pdf)).toContain(squeeze('This is the first statement.'))
})

test.each([
  ['EUR', 'de-DE', '166,25 €'],
  ['GBP', 'en-GB', '£166.25'],
  ['JPY', 'ja-JP', '¥16,625'],
  ['CHF', 'fr-CH', '166.25 CHF'],
  ['KWD', 'en', 'KWD 16.625'],
  // The built-in fonts have no sign for these.
  ['PLN', 'pl', 'PLN 166.25'],
  ['INR', 'en', 'INR 166.25'],
  ['CZK', 'it', '166,25 CZK'],
])('%s prints for %s as %s', async (currency, locale, amount) => {
  const text = drawnText(await renderStatementPdf(sampleStatement({ currency, locale }), { hash }))
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
    const text = drawnText(await renderStatementPdf(sampleStatement({ locale }), { hash }))
    expect(text).toContain(squeeze(title))
  }
})

test('a very long name without a break stays within its column', async () => {
  const name = 'Unbreakable'.repeat(12)
  const text = drawnText(
    await renderStatementPdf(sampleStatement({ lines: [sampleLine(name, 1)] }), { hash }),
  )
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
