// The export is accepted by another program that knows double entry, and that program finds the same balances.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { matureHolds } from '#app/features/ledger/mature-holds.server.ts'
import type { RunningSandbox } from '#sandbox/server.ts'
import { createPartners } from './factories/partners.ts'
import { BUSY_SHOP, openBusyShop } from './harness/busy-shop.ts'
import { type HouseInProcess, openHouseInProcess, startQuietSandbox } from './harness/house-in-process.ts'
import { hasHledger, readBalances } from './money-events/hledger-oracle.ts'

const ORDERS = 120
let sandbox: RunningSandbox
let house: HouseInProcess
let folder: string

beforeAll(async () => {
  sandbox = await startQuietSandbox()
  const shop = openBusyShop(sandbox.sandbox, 5)
  house = await openHouseInProcess(sandbox, '2026-06-30T12:00:00Z')
  const shopId = await house.install(BUSY_SHOP)
  const context = await house.context(shopId)
  await createPartners(house.db, context.shop, shop.products[0]?.id ?? '')
  for (const _ of shop.trade(ORDERS));
  for (const delivery of sandbox.webhooks.deliveries()) await house.receive(delivery)
  await house.drain(shopId)
  await matureHolds(context)
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'filigree-hledger-'))
}, 120_000)
afterAll(async () => {
  await house?.[Symbol.asyncDispose]()
  await sandbox?.stop()
  if (folder) fs.rmSync(folder, { recursive: true, force: true })
})

function ledger(...args: string[]): string {
  const run = spawnSync(process.execPath, ['--import', 'tsx', 'app/cli/ledger.ts', ...args], {
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: house.databaseUrl },
    maxBuffer: 64 * 1024 * 1024,
  })
  expect([run.status, run.stderr]).toEqual([0, ''])
  return run.stdout
}

function hledger(...args: string[]): string {
  const run = spawnSync('hledger', args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  expect([run.status, run.stderr]).toEqual([0, ''])
  return run.stdout
}

interface Balance {
  account: string
  currency: string
  balance: string
}

test.skipIf(!hasHledger)(
  'hledger accepts the export and its balances equal ours, account by account (needs hledger: apt-get install hledger)',
  () => {
    const file = path.join(folder, 'filigree.journal')
    fs.writeFileSync(file, ledger('export', '--format', 'hledger', '--shop', BUSY_SHOP))
    hledger('-f', file, 'check')
    hledger('-f', file, 'check', '--strict')
    const ours = (JSON.parse(ledger('balances', '--json', '--shop', BUSY_SHOP)) as { balances: Balance[] })
      .balances
    expect(ours.length).toBeGreaterThan(8)
    const theirs = readBalances(hledger('-f', file, 'balance', '--flat', '--no-total', '-O', 'csv'))
    expect(theirs).toEqual(
      ours.map(({ account, currency, balance }) => `${account} ${currency} ${balance}`).sort(),
    )
  },
)

test('the same journals leave as csv and json, and the operator’s checks pass', () => {
  const json = ledger('export', '--format', 'json', '--shop', BUSY_SHOP).trim().split('\n')
  const csv = ledger('export', '--format', 'csv', '--shop', BUSY_SHOP).trim().split('\n')
  expect(json.length).toBeGreaterThan(ORDERS)
  expect(csv.length).toBeGreaterThan(json.length * 2)
  expect(JSON.parse(ledger('verify', '--json', '--shop', BUSY_SHOP))).toMatchObject({
    ok: true,
    journals: json.length,
  })
  expect(JSON.parse(ledger('replay', '--json', '--shop', BUSY_SHOP))).toMatchObject({ ok: true })
})
