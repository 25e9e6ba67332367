// The worker as a process of its own: what it does with running work when it is told to stop, and what a wrong start says.
import { spawn } from 'node:child_process'
import { SMTPServer } from 'smtp-server'
import { expect, test } from 'vitest'
import { openJobQueue } from '#app/adapters/queue/job-queue.ts'
import { recordFetchedOrders } from '#app/features/ledger/record-fetched-orders.server.ts'
import { closePeriods } from '#app/features/statements/close-periods.server.ts'
import { createClosingContext } from '#tests/factories/closing-context.ts'
import { createAgreement, createCode, createCreator } from '#tests/factories/creator.ts'
import { makeFetchedOrder } from '#tests/factories/fetched-order.ts'
import { createShop } from '#tests/factories/shop.ts'
import { createTestDatabase, type TestDatabase } from '#tests/harness/test-database.ts'
import { LINK_SECRET, startWorker, workerEnvironment } from '#tests/harness/worker-process.ts'

/** Takes a mail as soon as `take` resolves; `begun` when it is at the door. */
async function openSlowMailServer(takeAfterMs: number) {
  let received = 0
  let atTheDoor: () => void = () => {}
  const begun = new Promise<void>((resolve) => {
    atTheDoor = resolve
  })
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, _session, done) {
      stream.resume()
      stream.on('end', () => {
        atTheDoor()
        setTimeout(() => {
          received += 1
          done()
        }, takeAfterMs)
      })
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the mail server has no port')
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    begun,
    received: () => received,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

/** One statement's mail waits in the queue, and nothing else. */
async function shopWithMail(database: TestDatabase) {
  const shop = await createShop(database.db)
  const maya = await createCreator(database.db, shop, { handle: 'MAYA' })
  await createAgreement(database.db, shop, maya.id)
  await createCode(database.db, shop, maya.id, 'MAYA10')
  const order = makeFetchedOrder({
    orderId: 1n,
    codes: ['MAYA10'],
    placedAt: '2026-03-10T15:00:00.000Z',
    lines: [{ lineItemId: 11n, netMinor: 9000n }],
  })
  await database.db.inShop(shop.id, (tx) =>
    recordFetchedOrders(tx, shop, LINK_SECRET, [order], new Date('2026-03-10T16:00:00.000Z')),
  )
  await using context = await createClosingContext(database, shop, '2026-04-01T05:00:00.000Z')
  await closePeriods(context)
  await database.db.inShop(shop.id, (tx) => tx.dueDate.deleteMany())
  return shop
}

async function pendingJobs(database: TestDatabase): Promise<Record<string, number>> {
  const options = { databaseUrl: database.url, worker: false, onError: () => {} }
  const queue = await openJobQueue(database.db.pool, options)
  try {
    return await queue.pending()
  } finally {
    await queue.stop()
  }
}

test('told to stop, the worker ends the job that it is at and leaves with 0', async () => {
  await using database = await createTestDatabase()
  await using mail = await openSlowMailServer(1500)
  const shop = await shopWithMail(database)
  expect(await pendingJobs(database)).toEqual({ 'send-mail': 1 })
  await using worker = startWorker(workerEnvironment(database.url, mail.url))
  await Promise.race([
    mail.begun,
    worker.ended.then(() => Promise.reject(new Error(`ended too early: ${worker.output()}`))),
  ])
  worker.process.kill('SIGTERM')
  expect(await worker.ended, worker.output()).toBe(0)
  expect(mail.received()).toBe(1)
  expect(await pendingJobs(database)).toEqual({})
  const deliveries = await database.db.inShop(shop.id, (tx) => tx.mailDelivery.findMany())
  expect(deliveries).toMatchObject([{ status: 'sent', attempts: 1 }])
  expect(worker.output()).not.toMatch(/@creators\.example/)
})

test('an incomplete environment is told whole, and the worker leaves with 1', async () => {
  await using worker = startWorker({ DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' })
  expect(await worker.ended).toBe(1)
  expect(worker.output()).toMatch(
    /SHOPIFY_API_KEY is missing[\s\S]*LINK_SECRET is missing[\s\S]*SMTP_URL is missing/,
  )
})

test('a role that row-level security does not bind is refused', async () => {
  await using database = await createTestDatabase()
  await using worker = startWorker(workerEnvironment(database.adminUrl, 'smtp://127.0.0.1:9'))
  expect(await worker.ended).toBe(1)
  expect(worker.output()).toMatch(/row-level security does not bind/)
})

test('without its sandbox a production build refuses SANDBOX_URL by name', async () => {
  await using database = await createTestDatabase()
  const environment = {
    ...workerEnvironment(database.url, 'smtp://127.0.0.1:9'),
    SANDBOX_URL: 'http://127.0.0.1:9',
  }
  const production = spawn(
    process.execPath,
    [
      '--import',
      'data:text/javascript,globalThis.__SANDBOX__=false',
      '--import',
      'tsx',
      'app/entry.worker.ts',
    ],
    {
      env: { NODE_ENV: 'test', PATH: process.env.PATH ?? '', ...environment },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  let output = ''
  production.stdout.on('data', (text: Buffer) => {
    output += text.toString('utf8')
  })
  const code = await new Promise((resolve) => production.once('exit', resolve))
  expect(code).toBe(1)
  expect(output).toMatch(/SANDBOX_URL is set, but this is a production build/)
})
