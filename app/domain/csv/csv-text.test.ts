import { expect, test } from 'vitest'
import { csvRecord } from './csv-text.ts'

test.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\r=1', '"\'\r=1"'],
  ['\n=1', '"\'\n=1"'],
  ['＝1+1', "'＝1+1"],
  ['＋1', "'＋1"],
  ['－1', "'－1"],
  ['＠SUM(A1)', "'＠SUM(A1)"],
])('text that begins like a formula stays text: %j', (text, cell) => {
  expect(csvRecord([text])).toBe(`${cell}\r\n`)
})

test('quotes, commas and line ends are kept inside a cell, and our own numbers stay numbers', () => {
  expect(csvRecord(['a "b", c', { decimal: '-12.50' }, 'two\nlines'])).toBe(
    '"a ""b"", c",-12.50,"two\nlines"\r\n',
  )
})
