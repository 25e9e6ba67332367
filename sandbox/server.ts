// One process, one state: builds the sandbox and mounts every part on one server on the loopback.
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { adminRouter } from './admin/router.ts'
import { releaseExpired } from './commerce/draft-orders.ts'
import { panelRouter } from './control/panel/router.ts'
import { controlRouter } from './control/router.ts'
import { graphqlRouter } from './graphql/router.ts'
import { mailboxRouter } from './mailbox/router.ts'
import { type Mailbox, startMailbox } from './mailbox/start-mailbox.ts'
import { oauthRouter } from './oauth/router.ts'
import { openSandbox, type Sandbox, type SandboxOptions } from './state/sandbox.ts'
import { storefrontRouter } from './storefront/router.ts'
import { attachWebhooks, type WebhookOptions, type Webhooks } from './webhooks/attach-webhooks.ts'

export interface StartSandboxOptions extends Omit<SandboxOptions, 'sandboxUrl'> {
  /** 0 takes a free one. */
  port: number
  /** Default: http://localhost and the port. */
  sandboxUrl?: string
  /** 0 takes a free one; absent: no mail is received. */
  smtpPort?: number
  webhooks?: WebhookOptions
}

export interface RunningSandbox {
  url: string
  port: number
  smtpPort: number | null
  sandbox: Sandbox
  webhooks: Webhooks
  mailbox: Mailbox | null
  /** Sends nothing any more, closes the ports and saves the state. */
  stop(): Promise<void>
}

/** Errors: rejects when a port is taken, the state file or shopify.app.toml cannot be read. */
export async function startSandbox(options: StartSandboxOptions): Promise<RunningSandbox> {
  const { port: wishedPort, smtpPort, webhooks: webhookOptions, ...state } = options
  const sandboxOptions: SandboxOptions = { ...state, sandboxUrl: options.sandboxUrl ?? '' }
  const sandbox = openSandbox(sandboxOptions)
  const webhooks = attachWebhooks(sandbox, webhookOptions)
  const app = new Hono()
  const routers = [graphqlRouter, oauthRouter, adminRouter, storefrontRouter, mailboxRouter]
  for (const routerOf of routers) app.route('/', routerOf(sandbox))
  app.route('/', controlRouter(sandbox, webhooks))
  app.route('/', panelRouter(sandbox))
  const { server, port } = await listen(app, wishedPort)
  if (sandboxOptions.sandboxUrl === '') sandboxOptions.sandboxUrl = `http://localhost:${port}`
  // Reservations of draft orders end by themselves, whether or not anybody asks.
  const expiry = setInterval(() => {
    for (const state of Object.values(sandbox.shops)) releaseExpired(sandbox, state)
  }, 1000)
  expiry.unref()
  const mailbox = smtpPort === undefined ? null : await startMailbox(sandbox, { port: smtpPort })
  return {
    url: sandboxOptions.sandboxUrl,
    port,
    smtpPort: mailbox?.port ?? null,
    sandbox,
    webhooks,
    mailbox,
    async stop() {
      clearInterval(expiry)
      await webhooks.stop()
      await mailbox?.stop()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      })
      sandbox.save()
    },
  }
}

function listen(app: Hono, port: number): Promise<{ server: ReturnType<typeof serve>; port: number }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, (address: AddressInfo) =>
      resolve({ server, port: address.port }),
    )
    server.once('error', reject)
  })
}
