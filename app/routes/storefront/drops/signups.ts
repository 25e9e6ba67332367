// POST /storefront/drops/HANDLE/signups, through the app proxy: a script gets 202 and JSON, a plain form gets a page inside the shop's theme.
import type { ActionFunctionArgs } from '@remix-run/node'
import { createRateLimit, TOLD_CLIENT_HEADER, visitorKey } from '#app/adapters/http/rate-limit.ts'
import { emailKeyOf } from '#app/adapters/shopify/customer-key.ts'
import { readProxyRequest } from '#app/adapters/shopify/proxy-request.ts'
import { readSignup } from '#app/domain/drops/signup.ts'
import { signUp } from '#app/features/signups/sign-up.server.ts'
import { webServices } from '../../web-services.server.ts'
import { type SignupAnswer, signupPage } from './signup-words.ts'

const STATUS: Record<SignupAnswer, number> = {
  kept: 202,
  variant_malformed: 400,
  email_malformed: 400,
  consent_missing: 400,
  consent_unknown: 400,
  key_malformed: 400,
  no_such_drop: 404,
  drop_over: 409,
  too_many: 429,
  too_many_here: 429,
  address_full: 429,
  unavailable: 503,
}

/** Of one shop, whoever asks. */
const perShop = createRateLimit({ most: 3_000, perSeconds: 60 })
/** From one client as Shopify names it: a household or a phone network's shared address, not a machine that fills the list. */
const perClient = createRateLimit({ most: 60, perSeconds: 60 })
/** For one email address, by its key. Counted whether or not it is on a list already: an answer tells nothing of that. */
const perAddress = createRateLimit({ most: 20, perSeconds: 3_600 })

export async function action({ request, params }: ActionFunctionArgs): Promise<Response> {
  const { services, environment } = webServices()
  const visit = await readProxyRequest(request, environment.shopify)
  if (!visit.ok) {
    services.log.warn({ reason: visit.reason }, 'app proxy request refused')
    return new Response(visit.message, {
      status: visit.reason === 'forged' ? 401 : 400,
      headers: { 'cache-control': 'no-store' },
    })
  }
  const form = await request.formData().catch(() => null)
  const field = (name: string) => {
    const value = form?.get(name)
    return typeof value === 'string' ? value : null
  }
  const told = field('locale') ?? ''
  const reply = (answer: SignupAnswer, place?: { from: number; to: number }, retryAfter?: number) => {
    const headers = new Headers({ 'cache-control': 'no-store' })
    if (retryAfter) headers.set('retry-after', String(retryAfter))
    if (wantsJson(request)) {
      headers.set('content-type', 'application/json')
      const body = answer === 'kept' ? { v: 1, ok: true, place } : { v: 1, ok: false, error: answer }
      return new Response(JSON.stringify(body), { status: STATUS[answer], headers })
    }
    headers.set('content-type', 'application/liquid')
    return new Response(signupPage(answer, told, place), { status: STATUS[answer], headers })
  }
  const { shopDomain } = visit
  const client = visitorKey(request.headers.get(TOLD_CLIENT_HEADER) ?? '')
  const byClient = client === '' ? { ok: true as const } : perClient.take(`${shopDomain}/${client}`)
  if (!byClient.ok) return reply('too_many_here', undefined, byClient.retryAfterSeconds)
  const byShop = perShop.take(shopDomain)
  if (!byShop.ok) return reply('too_many', undefined, byShop.retryAfterSeconds)
  const read = readSignup(field)
  if (!read.ok) return reply(read.reason)
  const byAddress = perAddress.take(emailKeyOf(shopDomain, read.signup.email, services.linkSecret))
  if (!byAddress.ok) return reply('address_full', undefined, byAddress.retryAfterSeconds)
  try {
    const context = { ...services, tokenKeys: environment.tokenKeys }
    const outcome = await signUp(context, visit.shopDomain, params.handle ?? '', read.signup)
    return outcome.ok ? reply('kept', outcome.place) : reply(outcome.reason)
  } catch (error) {
    // The error may carry the row: its address must not reach the log.
    services.log.error({ shop: visit.shopDomain, name: (error as Error).name }, 'a sign-up could not be kept')
    return reply('unavailable')
  }
}

/** There is nothing to read here. */
export function loader(): Response {
  return new Response(null, { status: 405, headers: { allow: 'POST', 'cache-control': 'no-store' } })
}

function wantsJson(request: Request): boolean {
  return (request.headers.get('accept') ?? '').includes('application/json')
}
