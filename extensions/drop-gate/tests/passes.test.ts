// Passes that the app signs, read by the checkout's own code; the same vectors hold the app's side.
import fs from 'node:fs'
import { expect, test } from 'vitest'
import { PASS_ATTRIBUTE } from '../../../app/domain/drops/pass.ts'
import { extensionOf } from '../../../tests/harness/function-fixtures.ts'
import { judgePass, type PassAsk, type PassVerdict } from '../src/pass.ts'

interface Vector {
  name: string
  key: string
  dropHandle: string
  email: string
  expiresAt: number
  pass: string
}

const file = new URL('../../../tests/vectors/drop-passes.json', import.meta.url)
const { passes, judgements } = JSON.parse(fs.readFileSync(file, 'utf8')) as {
  passes: Vector[]
  judgements: Array<PassAsk & { name: string; verdict: PassVerdict }>
}

test.each(passes)('$name is good for its person', ({ pass, key, dropHandle, email, expiresAt }) => {
  const ask = { text: pass, key, dropHandle, email, earlyFrom: expiresAt - 1, revoked: [] }
  expect(judgePass({ ...ask, emailRequired: true })).toBe('good')
})

test.each(judgements)('$name: $verdict', ({ verdict, name: _, ...ask }) => {
  expect(judgePass(ask)).toBe(verdict)
})

test('the checkout looks where the app puts a pass', () => {
  expect(extensionOf('drop-gate').inputQuery).toContain(`attribute(key: "${PASS_ATTRIBUTE}")`)
})
