import { createRequestHandler, type ServerBuild } from '@remix-run/node'
import { expect, test } from 'vitest'
import handleRequest, { handleDataRequest, handleError } from './entry.server.tsx'
import { provideWebServices, type WebServices } from './routes/web-services.server.ts'

const TOKEN = `${'t'.repeat(60)}.${'s'.repeat(43)}`

/** The pages' server with one page of a creator, and what it logged. */
function openPages() {
  const logged: string[] = []
  const error = (facts: { error?: unknown }, message: string) =>
    logged.push(
      `${message} ${facts.error instanceof Error ? facts.error.stack : JSON.stringify(facts.error)}`,
    )
  provideWebServices({ services: { log: { error } } } as unknown as WebServices)
  const route = (id: string, path: string, loader: () => unknown) => ({
    id,
    path,
    parentId: undefined,
    module: { loader },
  })
  const fail = () => {
    throw new Error('the database went away')
  }
  const build = {
    entry: { module: { default: handleRequest, handleDataRequest, handleError } },
    routes: {
      statement: route('statement', 'c/statements/:token', () => new Response('a statement')),
      broken: route('broken', 'broken', fail),
    },
    assets: { routes: {} },
    future: {},
    mode: 'production',
  } as unknown as ServerBuild
  const ask = createRequestHandler(build, 'production')
  return {
    logged,
    ask: (path: string, init?: RequestInit) => ask(new Request(`https://filigree.example${path}`, init)),
  }
}

test.each([
  ['posted to', `/c/statements/${TOKEN}`, 'POST'],
  ['posted to, as data', `/c/statements/${TOKEN}?_data=statement`, 'POST'],
])('a creator’s address %s is refused without a word in the log of what it was', async (_, path, method) => {
  const { logged, ask } = openPages()
  expect((await ask(path, { method })).status).toBeGreaterThanOrEqual(400)
  expect(logged.join('\n')).not.toContain('tttt')
})

test('data of a page is kept by no cache, as its document is', async () => {
  const { ask } = openPages()
  const answer = await ask('/c/statements/x?_data=statement')
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-store'])
})

test('what breaks is logged with its cause', async () => {
  const { logged, ask } = openPages()
  expect((await ask('/broken')).status).toBe(500)
  expect(logged.join('\n')).toContain('the database went away')
})
