import type { AddressInfo } from 'node:net'
import express from 'express'
import { expect, test } from 'vitest'
import { pathForLog, requestLog } from './request-log.ts'

/** Serves one app for the length of the work; returns what was logged. */
async function logOf(ask: (url: string) => Promise<unknown>): Promise<Array<Record<string, unknown>>> {
  const lines: Array<Record<string, unknown>> = []
  const keep = (line: unknown) => lines.push(line as Record<string, unknown>)
  const app = express()
  app.use(requestLog({ info: keep, warn: keep, error: keep, debug: keep }))
  app.use('/assets', (_request, response) => response.send('asset'))
  app.use((_request, response) => response.send(String(response.locals.requestId)))
  const server = app.listen(0)
  try {
    await ask(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return lines
}

function jwt(payload: object): string {
  return `e30.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.c2ln`
}

test('neither the query nor a signed link nor a token reaches the log', async () => {
  const secret = 'x'.repeat(60)
  const [line] = await logOf((url) =>
    fetch(`${url}/c/statements/${secret}?id_token=${secret}`, {
      headers: { authorization: `Bearer ${jwt({ dest: 'https://a.myshopify.com' })}` },
    }),
  )
  expect(line).toMatchObject({ path: '/c/statements/…', shop: 'a.myshopify.com', status: 200 })
  expect(JSON.stringify(line)).not.toMatch(/xxx|e30\./)
})

test('a request keeps the id that it brought, and an impossible one is replaced', async () => {
  const ids: string[] = []
  await logOf(async (url) => {
    for (const id of ['from-the-proxy-1', 'bad id {"x":1}']) {
      ids.push(await (await fetch(url, { headers: { 'x-request-id': id } })).text())
    }
  })
  expect(ids[0]).toBe('from-the-proxy-1')
  expect(ids[1]).toMatch(/^[0-9a-f-]{36}$/)
})

test('assets are logged under their own path', async () => {
  const [line] = await logOf((url) => fetch(`${url}/assets/x.js`))
  expect(line).toMatchObject({ path: '/assets/x.js' })
})

test('a shop that cannot be one is no label', async () => {
  const [line] = await logOf((url) => fetch(`${url}/app?shop=evil.example`))
  expect(line).not.toHaveProperty('shop')
  expect(pathForLog('/app/creators/0b2e3d8a-1111-4222-8333-444455556666')).toBe(
    '/app/creators/0b2e3d8a-1111-4222-8333-444455556666',
  )
})
