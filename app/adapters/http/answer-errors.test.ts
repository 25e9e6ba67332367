import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRequestHandler } from '@remix-run/express'
import type { ServerBuild } from '@remix-run/node'
import express from 'express'
import { expect, test } from 'vitest'
import { answerErrors } from './answer-errors.ts'

async function ask(options: http.RequestOptions) {
  const logged: unknown[] = []
  const keep = (facts: unknown) => logged.push(facts)
  const build = {
    entry: { module: { handleError() {} } },
    routes: { all: { id: 'all', path: '*', module: { loader: () => new Response('a page') } } },
    assets: { routes: {} },
    future: {},
  } as unknown as ServerBuild
  const app = express()
  app.use('/assets', express.static('public', { fallthrough: false }))
  app.get('/broken', () => {
    throw new Error('password of the database: hunter2')
  })
  app.all('*', createRequestHandler({ build, mode: 'production' }))
  app.use(answerErrors({ info: keep, warn: keep, error: keep, debug: keep }))
  const server = app.listen(0)
  try {
    const { port } = server.address() as AddressInfo
    const [status, text] = await new Promise<[number, string]>((resolve, reject) => {
      const request = http.request({ port, ...options }, async (answer) => {
        const parts: Buffer[] = []
        for await (const part of answer) parts.push(part as Buffer)
        resolve([answer.statusCode ?? 0, Buffer.concat(parts).toString()])
      })
      request.on('error', reject)
      request.end()
    })
    return { status, text, logged }
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

test.each<[string, http.RequestOptions, number]>([
  ['a host that is none', { headers: { host: 'a b' } }, 400],
  ['an address of another server', { path: 'http://elsewhere.example/' }, 400],
  ['a method without pages', { method: 'TRACE' }, 405],
  ['a file that is not there', { path: '/assets/nothing.js' }, 404],
])('%s is refused and nothing of it is logged as ours', async (_, options, status) => {
  expect(await ask(options)).toEqual({ status, text: 'This is no request for Filigree.', logged: [] })
})

test('what is ours is logged and not told', async () => {
  const { status, text, logged } = await ask({ path: '/broken' })
  expect([status, text, logged.length]).toEqual([500, 'Something went wrong.', 1])
})

test('a page is a page', async () => {
  expect(await ask({ path: '/x' })).toMatchObject({ status: 200, text: 'a page' })
})
