// POST /admin/api/:version/graphql.json, checked in Shopify's order: shop, token, version, body, document, cost, throttle, access.
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  GraphQLError,
  type GraphQLFormattedError,
  getVariableValues,
  type OperationDefinitionNode,
} from 'graphql'
import { type Context, Hono } from 'hono'
import { checkAccessToken } from '#sandbox/oauth/token-store.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { assessCost, MAX_QUERY_COST } from './cost.ts'
import { runOperation } from './execute.ts'
import { drawsServerError, faultsOf } from './faults.ts'
import { prepare, shopifyError } from './prepare.ts'
import type { GraphqlContext } from './resolver.ts'
import { API_VERSION, adminSchema } from './schema.ts'
import { hasRoom, takePoints, throttleStatus } from './throttle.ts'

const RATE_LIMITS = 'https://shopify.dev/api/usage/rate-limits'
const INVALID_TOKEN = '[API] Invalid API key or access token (unrecognized login or wrong password)'
const NON_EXPIRING_TOKEN =
  '[API] Non-expiring access tokens are no longer accepted for the Admin API. Use expiring offline access tokens.'

interface GraphqlRequest {
  query: string
  operationName: string | undefined
  variables: Record<string, unknown>
}

/** Router of the Admin API; the shop comes in the header x-sandbox-shop, the token in X-Shopify-Access-Token. */
export function graphqlRouter(sandbox: Sandbox): Hono {
  const router = new Hono()
  router.post('/admin/api/:version/graphql.json', async (context) => {
    const shopDomain = context.req.header('x-sandbox-shop') ?? ''
    const state = sandbox.findShop(shopDomain)
    if (!state) return context.json({ errors: 'Not Found' }, 404)
    const check = checkAccessToken(sandbox, shopDomain, context.req.header('x-shopify-access-token'))
    if (!check.ok) {
      const refusedByKind = check.reason === 'non_expiring_token'
      return context.json(
        { errors: refusedByKind ? NON_EXPIRING_TOKEN : INVALID_TOKEN },
        refusedByKind ? 403 : 401,
      )
    }
    if (!speaks(context.req.param('version'))) return context.json({ errors: 'Not Found' }, 404)
    context.header('X-Shopify-API-Version', API_VERSION)
    context.header('X-Request-Id', randomUUID())
    if (drawsServerError(sandbox)) return context.json({ errors: 'Bad Gateway' }, 502)
    const request = await readRequest(context)
    if (!request.ok) return context.json({ errors: request.errors }, 400)
    const scopes = new Set(check.installation.scopes)
    const answered = await answer({ sandbox, state, shopDomain, scopes }, request.request)
    const { graphqlDelayMs } = faultsOf(sandbox)
    if (graphqlDelayMs > 0) await sleep(graphqlDelayMs)
    return context.json(answered)
  })
  return router
}

/** Older versions fall forward to the pinned one; future, unstable and malformed ones are not there. */
function speaks(version: string): boolean {
  return /^\d{4}-(01|04|07|10)$/.test(version) && version <= API_VERSION
}

async function readRequest(
  context: Context,
): Promise<{ ok: true; request: GraphqlRequest } | { ok: false; errors: unknown }> {
  const text = await context.req.text()
  if ((context.req.header('content-type') ?? '').includes('application/graphql')) {
    return { ok: true, request: { query: text, operationName: undefined, variables: {} } }
  }
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return { ok: false, errors: 'Bad Request: the body is not JSON' }
  }
  const { query, operationName, variables } = (body ?? {}) as Record<string, unknown>
  if (typeof query !== 'string' || query.trim() === '') {
    return { ok: false, errors: { query: 'Required parameter missing or invalid' } }
  }
  if (variables != null && (typeof variables !== 'object' || Array.isArray(variables))) {
    return { ok: false, errors: { variables: 'Required parameter missing or invalid' } }
  }
  return {
    ok: true,
    request: {
      query,
      operationName: typeof operationName === 'string' ? operationName : undefined,
      variables: (variables ?? {}) as Record<string, unknown>,
    },
  }
}

async function answer(context: GraphqlContext, request: GraphqlRequest): Promise<Record<string, unknown>> {
  const { sandbox, shopDomain } = context
  const prepared = prepare(request.query, request.operationName)
  if (!prepared.ok) return { errors: prepared.errors }
  const { document, operation } = prepared
  const variables = checkedVariables(operation, request.variables)
  if (!variables.ok) return { errors: variables.errors }
  const assessed = assessCost(adminSchema(), document, operation, variables.values)
  const costOf = (actual: number | null) => ({
    cost: {
      requestedQueryCost: assessed.requested,
      actualQueryCost: actual,
      throttleStatus: throttleStatus(sandbox, shopDomain),
    },
  })
  if (assessed.errors.length > 0) return { errors: assessed.errors.map(shopifyError) }
  if (assessed.requested > MAX_QUERY_COST)
    return { errors: [maxCostExceeded(assessed.requested)], extensions: costOf(null) }
  if (!hasRoom(sandbox, shopDomain, assessed.requested)) {
    const throttled = { message: 'Throttled', extensions: { code: 'THROTTLED', documentation: RATE_LIMITS } }
    return { errors: [throttled], extensions: costOf(null) }
  }
  const { result, actualCost } = await runOperation(
    context,
    document,
    request.operationName,
    request.variables,
  )
  takePoints(sandbox, shopDomain, actualCost)
  const errors = result.errors?.map(shopifyError)
  return {
    ...('data' in result ? { data: result.data } : {}),
    ...(errors ? { errors } : {}),
    extensions: costOf(actualCost),
  }
}

function checkedVariables(
  operation: OperationDefinitionNode,
  given: Record<string, unknown>,
): { ok: true; values: Record<string, unknown> } | { ok: false; errors: GraphQLFormattedError[] } {
  const { errors, coerced } = getVariableValues(adminSchema(), operation.variableDefinitions ?? [], given)
  if (coerced) return { ok: true, values: coerced }
  return {
    ok: false,
    errors: errors.map((error) =>
      new GraphQLError(error.message, {
        nodes: error.nodes,
        extensions: { code: 'INVALID_VARIABLE' },
      }).toJSON(),
    ),
  }
}

function maxCostExceeded(cost: number): GraphQLFormattedError {
  return {
    message:
      `Query cost is ${cost}, which exceeds the single query max cost limit (${MAX_QUERY_COST}).\n\n` +
      'See https://shopify.dev/concepts/about-apis/rate-limits for more information on how the\ncost of a query is calculated.\n\n' +
      'To query larger amounts of data with fewer limits, bulk operations should be used instead.\n',
    extensions: { code: 'MAX_COST_EXCEEDED', cost, maxCost: MAX_QUERY_COST, documentation: RATE_LIMITS },
  }
}
