// Locks of a process: names exclude each other here and elsewhere, and however many are held, the pool is not emptied by them.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '#tests/harness/test-database.ts'
import { createDatabase, type Database } from './database.ts'
import { workExclusively } from './exclusive-work.ts'

let database: TestDatabase
let small: Database
let other: Database

beforeAll(async () => {
  database = await createTestDatabase()
  small = createDatabase(database.url, { maxConnections: 2 })
  other = createDatabase(database.url, { maxConnections: 2 })
})
afterAll(async () => {
  await small.close()
  await other.close()
  await database[Symbol.asyncDispose]()
})

test('more work than the pool has connections, each with questions of its own', async () => {
  let inside = 0
  let together: () => void = () => {}
  const all = new Promise<void>((resolve) => {
    together = resolve
  })
  const work = async () => {
    inside += 1
    if (inside === 6) together()
    await all
    const answer = await small.pool.query<{ one: number }>('select 1 as one')
    return answer.rows[0]?.one
  }
  const names = ['a', 'b', 'c', 'd', 'e', 'f']
  const done = await Promise.all(names.map((name) => workExclusively(small, `test/${name}`, work)))
  expect(done).toEqual(names.map(() => ({ ok: true, result: 1 })))
})

test('of one name one is at work, in this process and in any other, and whoever waits comes next', async () => {
  let end: () => void = () => {}
  const held = new Promise<void>((resolve) => {
    end = resolve
  })
  const first = workExclusively(small, 'test/one', () => held)
  await workExclusively(small, 'test/another', async () => {})
  expect(await workExclusively(small, 'test/one', async () => 'in')).toEqual({ ok: false, reason: 'busy' })
  expect(await workExclusively(other, 'test/one', async () => 'in')).toEqual({ ok: false, reason: 'busy' })
  const waiting = workExclusively(other, 'test/one', async () => 'in', { waitMs: 30_000 })
  end()
  expect(await first).toEqual({ ok: true, result: undefined })
  expect(await waiting).toEqual({ ok: true, result: 'in' })
})

test('work that throws lets go', async () => {
  const failing = workExclusively(small, 'test/throws', () => Promise.reject(new Error('no')))
  await expect(failing).rejects.toThrow('no')
  expect(await workExclusively(other, 'test/throws', async () => 'in')).toEqual({ ok: true, result: 'in' })
})

test('a connection that breaks takes its locks with it, and nothing else', async () => {
  let end: () => void = () => {}
  const held = new Promise<void>((resolve) => {
    end = resolve
  })
  const broken = workExclusively(small, 'test/broken', () => held)
  await workExclusively(small, 'test/ready', async () => {})
  await other.pool.query(
    "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and pid <> pg_backend_pid()",
  )
  const taken = await workExclusively(other, 'test/broken', async () => 'in', { waitMs: 30_000 })
  expect(taken).toEqual({ ok: true, result: 'in' })
  end()
  expect(await broken).toEqual({ ok: true, result: undefined })
  expect(await workExclusively(small, 'test/broken', async () => 'again')).toEqual({
    ok: true,
    result: 'again',
  })
})
