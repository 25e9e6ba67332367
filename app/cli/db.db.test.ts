// The operator's database tool on a server of its own choosing, as production uses it.
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { assertBoundRole, createDatabase } from '#app/adapters/db/database.ts'
import { dropDatabase, withDatabase } from '#app/adapters/db/provision.ts'

const name = `filigree_cli_${randomBytes(4).toString('hex')}`
const adminUrl = withDatabase(inject('databaseServerUrl'), name)
beforeAll(async () => {
  const client = new pg.Client({ connectionString: inject('databaseServerUrl') })
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
})
afterAll(() => dropDatabase(inject('databaseServerUrl'), name))

function db(...args: string[]): { code: number | null; said: string } {
  const run = spawnSync(process.execPath, ['--import', 'tsx', 'app/cli/db.ts', ...args], {
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: '', DATABASE_ADMIN_URL: adminUrl },
  })
  return { code: run.status, said: `${run.stdout}${run.stderr}` }
}

test('migrate makes the database, tells the role that row-level security binds, and has nothing to do the second time', async () => {
  const first = db('migrate')
  expect(first).toMatchObject({ code: 0, said: expect.stringMatching(/applied \d+/) })
  const url = /^postgres\S+$/m.exec(first.said)?.[0] ?? ''
  const runtime = createDatabase(url, { maxConnections: 1 })
  await expect(assertBoundRole(runtime.pool)).resolves.toBeUndefined()
  await runtime.close()
  expect(db('migrate')).toMatchObject({ code: 0, said: expect.stringContaining('Nothing to apply.') })
  expect(db('diff')).toMatchObject({ code: 0, said: expect.stringContaining('is what prisma/schema says') })
}, 120_000)

test('reset never touches a server that was named', () => {
  expect(db('reset')).toMatchObject({ code: 2, said: expect.stringContaining('reset is refused') })
})

test('a new migration needs a plain name', () => {
  expect(db('new', 'Add Things')).toMatchObject({
    code: 2,
    said: expect.stringContaining('lower-case letters'),
  })
})

test('a server that is not there is named, without a stack', () => {
  const run = spawnSync(process.execPath, ['--import', 'tsx', 'app/cli/db.ts', 'migrate'], {
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: '', DATABASE_ADMIN_URL: 'postgresql://nobody@127.0.0.1:1/filigree' },
  })
  expect(run.status).toBe(1)
  expect(run.stderr).toMatch(/127\.0\.0\.1:1/)
  expect(run.stderr).not.toMatch(/\n\s+at /)
})
