import { expect, test } from 'vitest'
import { readDemoFlags } from './demo-flags.ts'

test('without flags the demo tells whatever year there is on the usual port', () => {
  const flags = { mode: 'demo', fresh: false, seed: null, open: true, port: 4000 }
  expect(readDemoFlags([])).toEqual({ ok: true, flags })
})

test.each([
  [['--sed', '3'], "Unknown option '--sed'"],
  [['--seed'], "'--seed <value>' argument missing"],
  [['--seed', '-1'], "'--seed' argument is ambiguous"],
  [['--seed', '1.5'], '--seed: "1.5" is not a whole number'],
  [['--seed', '4294967296'], '--seed: "4294967296" is not a whole number'],
  [['--port', '70000'], '--port: "70000" is no port'],
  [['--port', 'http'], '--port: "http" is no port'],
  [['--dev', '--check'], '--dev and --check do not go together'],
  [['somewhere'], 'Unexpected argument'],
])('%j is refused by name', (argv, message) => {
  const result = readDemoFlags(argv)
  expect(result.ok ? '' : result.message).toContain(message)
})
