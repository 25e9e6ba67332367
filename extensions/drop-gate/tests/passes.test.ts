// Passes that the app signs, read by the checkout's own code; the same vectors hold the app's side.
import fs from 'node:fs'
import { expect, test } from 'vitest'
import { PASS_ATTRIBUTE } from '../../../app/domain/drops/pass.ts'
import { extensionOf } from '../../../tests/harness/function-fixtures.ts'
import { judgePass, type PassAsk } from '../src/pass.ts'

interface Vector {
  name: string
  key: string
  dropHandle: string
  email: string
  expiresAt: number
  pass: string
}

const file = new URL('../../../tests/vectors/drop-passes.json', import.meta.url)
const { passes } = JSON.parse(fs.readFileSync(file, 'utf8')) as { passes: Vector[] }

function judge({ pass, key, dropHandle, email, expiresAt }: Vector, change: Partial<PassAsk> = {}) {
  const earlyFrom = expiresAt - 1
  return judgePass({ text: pass, key, dropHandle, earlyFrom, email, emailRequired: true, ...change })
}

test.each(passes)('$name', (vector) => {
  expect(judge(vector)).toBe('good')
  expect(
    judge(vector, { email: ` ${vector.email.replace(/^[a-z]/, (first) => first.toUpperCase())} ` }),
  ).toBe('good')
  expect(judge(vector, { email: null, emailRequired: false })).toBe('good')
  expect(judge(vector, { email: null })).toBe('other_email')
  expect(judge(vector, { email: 'somebody@else.example' })).toBe('other_email')
  expect(judge(vector, { earlyFrom: vector.expiresAt })).toBe('expired')
  expect(judge(vector, { dropHandle: 'another' })).toBe('bad')
  expect(judge(vector, { key: 'ee'.repeat(32) })).toBe('bad')
  expect(judge(vector, { key: null })).toBe('bad')
  expect(judge(vector, { text: null })).toBe('none')
  for (const index of [3, vector.pass.length - 1]) {
    const letter = vector.pass[index] === 'a' ? 'b' : 'a'
    expect(judge(vector, { text: vector.pass.slice(0, index) + letter + vector.pass.slice(index + 1) })).toBe(
      'bad',
    )
  }
})

test('the checkout looks where the app puts a pass', () => {
  expect(extensionOf('drop-gate').inputQuery).toContain(`attribute(key: "${PASS_ATTRIBUTE}")`)
})
