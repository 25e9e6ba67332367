import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type RunningSandbox, startSandbox } from './server.ts'

const ROOT = path.join(import.meta.dirname, '..')
const SHOP = 'lumen-atelier.myshopify.com'
const SHOP_BODY = {
  domain: SHOP,
  name: 'Lumen Atelier',
  email: 'hello@lumen-atelier.example',
  currency: 'USD',
  timeZone: 'America/New_York',
  country: 'US',
}

let folder: string
const running: RunningSandbox[] = []

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-'))
})

afterEach(async () => {
  for (const one of running.splice(0)) await one.stop()
  fs.rmSync(folder, { recursive: true, force: true })
})

async function start(port = 0): Promise<RunningSandbox> {
  const one = await startSandbox({
    apiKey: 'filigree-local-key',
    apiSecret: 'shpss_local_secret',
    appUrl: 'http://localhost:3000',
    appTomlPath: path.join(ROOT, 'shopify.app.toml'),
    statePath: path.join(folder, 'state.json'),
    port,
  })
  running.push(one)
  return one
}

async function post(url: string, body: unknown): Promise<{ ok: boolean } & Record<string, unknown>> {
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
  return (await answer.json()) as { ok: boolean }
}

/** Runs the command line as a person does. */
function cli(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/cli.ts', ...args], { cwd: ROOT })
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk) => {
      out += chunk
    })
    child.stderr.on('data', (chunk) => {
      err += chunk
    })
    child.once('close', (code) => resolve({ code, out, err }))
  })
}

test('what happened before a restart is there after it', async () => {
  const first = await start()
  await post(`${first.url}/control/shops`, SHOP_BODY)
  await post(`${first.url}/control/clock`, { advanceMs: 86_400_000 })
  await running.pop()?.stop()
  const second = await start()
  expect(second.sandbox.findShop(SHOP)?.shop.name).toBe('Lumen Atelier')
  expect(second.sandbox.clock.offsetMs).toBe(86_400_000)
})

test('a port that is taken is an error, not a silence', async () => {
  const first = await start()
  await expect(start(first.port)).rejects.toThrow(/EADDRINUSE/)
})

test('import-order feeds a captured file to a running sandbox and reports what does not add up', async () => {
  const { url } = await start()
  await post(`${url}/control/shops`, SHOP_BODY)
  const payload = JSON.parse(
    fs.readFileSync(path.join(ROOT, 'sandbox/commerce/vectors/10-does-not-add-up.json'), 'utf8'),
  ).payload
  const file = path.join(folder, 'order.json')
  fs.writeFileSync(file, JSON.stringify(payload))
  const imported = await cli('import-order', file, '--url', url)
  expect(imported).toMatchObject({ code: 0 })
  expect(imported.out).toContain('difference of 3.00')
  fs.writeFileSync(file, JSON.stringify({ ...payload, id: null }))
  const refused = await cli('import-order', file, '--url', url)
  expect(refused).toMatchObject({ code: 1 })
  expect(refused.err).toContain('id: is missing')
})

test('wrong arguments end with 2 and say what is wrong', async () => {
  const table: Array<[string[], string]> = [
    [['start', '--port', 'many'], '--port'],
    [['start', '--app-url', 'nowhere'], '--app-url'],
    [['start', '--colour', 'red'], '--colour'],
    [['import-order'], 'one FILE'],
    [['import-order', path.join(folder, 'none.json')], 'cannot be read'],
    [['launch'], 'launch'],
  ]
  const outcomes = await Promise.all(table.map(([args]) => cli(...args)))
  outcomes.forEach(({ code, err }, index) => {
    expect(code).toBe(2)
    expect(err).toContain(table[index]?.[1])
  })
  expect(await cli('--help')).toMatchObject({ code: 0 })
})
