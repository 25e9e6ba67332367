import { Writable } from 'node:stream'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { logOptions } from './logger.ts'

/** The lines that reach the output. */
function linesOf(work: (log: ReturnType<typeof pino>) => void): string {
  const lines: string[] = []
  const output = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  work(pino({ ...logOptions, level: 'info' }, output))
  return lines.join('')
}

test('an error tells its kind, code and place, and none of the rows and headers that it carries', () => {
  const error = Object.assign(new Error('duplicate key value'), {
    code: '23505',
    constraint: 'creator_email_key',
    detail: 'Key (email)=(maya@studio.example) already exists.',
    meta: { driverAdapterError: { cause: 'maya@studio.example' } },
    response: { headers: { authorization: 'Bearer shpat_secret' } },
  })
  const lines = linesOf((log) => log.error({ error, requestId: 'r1' }, 'request failed'))
  expect(JSON.parse(lines)).toMatchObject({
    level: 'error',
    requestId: 'r1',
    error: { type: 'Error', message: 'duplicate key value', code: '23505', constraint: 'creator_email_key' },
  })
  expect(lines).toContain('logger.test.ts')
  expect(lines).not.toMatch(/maya@|shpat_/)
})

test('what was thrown and is no error is still told', () => {
  expect(linesOf((log) => log.error({ error: 'plain text' }, 'failed'))).toContain('plain text')
})

test('tokens and addresses are blotted out', () => {
  const facts = {
    accessToken: 'shpat_1',
    session: { refreshToken: 'shprt_1' },
    toAddress: 'maya@studio.example',
  }
  expect(linesOf((log) => log.info(facts, 'x'))).not.toMatch(/shp|maya/)
})
