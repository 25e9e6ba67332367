// What every route is given. The web process opens it once and hands it to the pages' build, which is a bundle of its own: hence the
// process-wide slot instead of a module's variable.
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Shopify } from '#app/adapters/shopify/shopify.server.ts'
import type { Environment } from '#app/config/environment.ts'
import type { ReceiptWriter } from '#app/features/webhooks/receipt-writer.server.ts'
import type { Services } from '#app/jobs/service-context.ts'

export interface WebServices {
  services: Services
  shopify: Shopify
  receipts: ReceiptWriter
  environment: Environment
  /** Migrations that this build was made for, by name. */
  migrations: string[]
  /** True from the moment that the process was asked to stop. */
  isStopping(): boolean
}

/** What is known of one HTTP request, shared by all loaders that answer it. */
export interface RequestScope {
  requestId: string
  memo: Map<string, Promise<unknown>>
}

interface Slot {
  services: WebServices | undefined
  scope: AsyncLocalStorage<RequestScope>
}

const KEY = Symbol.for('filigree.web')

function slot(): Slot {
  const holder = globalThis as { [KEY]?: Slot }
  holder[KEY] ??= { services: undefined, scope: new AsyncLocalStorage() }
  return holder[KEY]
}

export function provideWebServices(services: WebServices): void {
  slot().services = services
}

/** Errors: throws before the web process has opened them, which is a bug. */
export function webServices(): WebServices {
  const { services } = slot()
  if (!services) throw new Error('the web process has not opened its services')
  return services
}

export function inRequestScope<Result>(scope: RequestScope, work: () => Result): Result {
  return slot().scope.run(scope, work)
}

export function requestScope(): RequestScope | undefined {
  return slot().scope.getStore()
}

/** The same work once a request, however many loaders ask for it. */
export function oncePerRequest<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
  const memo = requestScope()?.memo
  if (!memo) return work()
  const known = memo.get(key)
  if (known) return known as Promise<Result>
  const started = work()
  memo.set(key, started)
  return started
}
