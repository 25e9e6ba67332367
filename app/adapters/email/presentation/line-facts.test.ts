// A line of a statement that was sold in a drop says so, in the reader's language.
import { expect, test } from 'vitest'
import {
  builtStatement,
  figuresThatAddUp,
  lineSums,
  particulars,
} from '#app/domain/statements/test-statement.ts'
import { presentStatement } from './statement-facts.ts'

test.each([
  ['en', 'Sold in the drop Rose night: 2, earning'],
  ['de', 'Im Drop Rose night verkauft: 2, Anteil'],
  ['fr', 'Vendus dans le drop Rose night\u202f: 2, rémunération'],
  ['it', 'Venduti nel drop Rose night: 2, compenso'],
  ['es', 'Vendidas en el drop Rose night: 2, con'],
])('in %s', (locale, beginning) => {
  const drops = { titles: ['Rose night'], units: 2, royaltyMinor: 250n }
  const lines = [lineSums('Hoop', 6, { drops }), lineSums('Ring', 1)]
  const built = builtStatement(particulars({ locale }), figuresThatAddUp({ openingMinor: 3_000n, lines }))
  const facts = presentStatement(built, { hash: 'ab'.repeat(32) })
  const notes = facts.lines.map((line) => line.notes.find((note) => note.startsWith(beginning)))
  expect(notes.map((note) => note !== undefined)).toEqual([true, false])
  expect(notes[0]).toMatch(/2[.,]50/)
})
