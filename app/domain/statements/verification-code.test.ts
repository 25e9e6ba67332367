import { expect, test } from 'vitest'
import { readVerificationCode, verificationCode } from './verification-code.ts'

const HASH = '5f1c9a7e04b2d8c36a90e1f47b8d25c0937ae61f4c02b58d9e7f103a6c4d82b1'

test('a code follows from the hash alone, and another hash has another code', () => {
  expect(verificationCode(HASH)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/)
  expect(verificationCode(`6${HASH.slice(1)}`)).not.toBe(verificationCode(HASH))
  expect(() => verificationCode('no hash')).toThrow()
})

test('a code is read however it is typed, and what cannot be one is not looked up', () => {
  const code = verificationCode(HASH)
  expect(readVerificationCode(` ${code.toLowerCase().replaceAll('-', ' ')} `)).toBe(code)
  expect(readVerificationCode(code.replaceAll('0', 'O').replaceAll('1', 'l'))).toBe(code)
  for (const typed of ['', code.slice(1), `${code}A`, code.replace(/.$/, 'U'), "' or 1=1 --"])
    expect(readVerificationCode(typed)).toBeNull()
})
