import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRequestHandler } from '@remix-run/express'
import type { ServerBuild } from '@remix-run/node'
import express from 'express'
import { expect, test } from 'vitest'
import { bodyLimit } from './body-limit.ts'

const MEGABYTE = 1024 * 1024
const CUT_OFF = 0

/** Sends a body to pages that read it whole, as ours do; tells the status and how much the page got. */
async function send(
  path: string,
  size: number,
  announced: boolean,
): Promise<{ status: number; read: number }> {
  let read = -1
  const action = async ({ request }: { request: Request }) => {
    read = (await request.arrayBuffer()).byteLength
    return new Response('read')
  }
  const build = {
    entry: { module: { handleError() {} } },
    routes: { all: { id: 'all', path: '*', module: { action } } },
    assets: { routes: {} },
    future: {},
  } as unknown as ServerBuild
  const app = express()
  app.all('*', bodyLimit, createRequestHandler({ build, mode: 'production' }))
  const server = app.listen(0)
  try {
    const { port } = server.address() as AddressInfo
    const headers = announced ? { 'content-length': String(size) } : { 'transfer-encoding': 'chunked' }
    const status = await new Promise<number>((resolve) => {
      const asking = http.request({ port, path, method: 'POST', headers, agent: false }, (answer) => {
        answer.resume()
        resolve(answer.statusCode ?? 0)
      })
      // What is still being sent is cut off, sometimes before the answer could be read.
      asking.on('error', () => setTimeout(resolve, 200, CUT_OFF))
      for (let sent = 0; sent < size; sent += MEGABYTE / 4) asking.write(Buffer.alloc(MEGABYTE / 4, 'x'))
      asking.end()
    })
    return { status, read }
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

test.each([
  ['/c/agreements/x', 1, true],
  ['/c/agreements/x', 1, false],
  ['/webhooks/orders/paid', 10, true],
  ['/webhooks/orders/paid', 10, false],
])('%s takes %i MB (announced: %s), and not a byte is lost', async (path, megabytes, announced) => {
  const size = megabytes * MEGABYTE
  expect(await send(path, size, announced)).toEqual({ status: 200, read: size })
})

test.each([
  ['/c/agreements/x', 2, true],
  ['/c/agreements/x', 2, false],
  ['/webhooks/orders/paid', 11, true],
  ['/webhooks/orders/paid', 11, false],
])('%s refuses %i MB (announced: %s)', async (path, megabytes, announced) => {
  const { status, read } = await send(path, megabytes * MEGABYTE, announced)
  expect([413, CUT_OFF]).toContain(status)
  expect(read).toBe(-1)
})
