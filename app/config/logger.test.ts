import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

test('a log level that does not exist leaves the naming to the environment instead of ending the process', async () => {
  const script =
    "import('./app/config/logger.ts').then(({ log }) => { log.info({ email: 'a@b.example' }, 'still there') })"
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', '-e', script], {
    env: { ...process.env, LOG_LEVEL: 'verbose' },
  })
  expect(JSON.parse(stdout)).toMatchObject({ level: 'info', msg: 'still there', email: '[redacted]' })
})
