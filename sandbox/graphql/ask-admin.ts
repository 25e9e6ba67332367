// One question to the sandbox's Admin API, for tests.
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { graphqlRouter } from './router.ts'
import { openInstalledSandbox, SAMPLE_SHOP } from './sample-shop.ts'

export interface AdminAnswer {
  status: number
  headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: tests reach into answers of any shape
  data: any
  errors: Array<{ message: string; path?: unknown[]; extensions?: Record<string, unknown> }>
  extensions: {
    cost: {
      requestedQueryCost: number
      actualQueryCost: number | null
      throttleStatus: { currentlyAvailable: number }
    }
  }
  body: Record<string, unknown>
}

export interface Admin {
  sandbox: Sandbox
  token: string
  ask(query: string, variables?: Record<string, unknown>, init?: AskInit): Promise<AdminAnswer>
}

export interface AskInit {
  token?: string
  shop?: string
  version?: string
  body?: string
}

/** The sample shop with the app installed, and a way to ask its Admin API. */
export function openAdmin(scopes?: string[]): Admin {
  const { sandbox, token } = openInstalledSandbox(scopes)
  const router = graphqlRouter(sandbox)
  return {
    sandbox,
    token,
    async ask(query, variables = {}, init = {}) {
      const response = await router.request(`/admin/api/${init.version ?? '2026-10'}/graphql.json`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-sandbox-shop': init.shop ?? SAMPLE_SHOP,
          'x-shopify-access-token': init.token ?? token,
        },
        body: init.body ?? JSON.stringify({ query, variables }),
      })
      const body = (await response.json()) as Record<string, unknown>
      const { data, errors, extensions } = body as unknown as AdminAnswer
      return { status: response.status, headers: response.headers, data, errors, extensions, body }
    },
  }
}
