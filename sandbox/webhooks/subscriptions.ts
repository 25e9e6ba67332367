// The webhook subscriptions that shopify.app.toml declares.
import fs from 'node:fs'
import { parse } from 'smol-toml'
import { z } from 'zod'

export interface Subscription {
  topic: string
  /** Path below the app's origin, or an absolute URL. */
  uri: string
  isCompliance: boolean
}

export interface SubscriptionFile {
  apiVersion: string
  subscriptions: Subscription[]
}

const subscription = z.strictObject({
  topics: z.array(z.string()).optional(),
  compliance_topics: z.array(z.string()).optional(),
  uri: z
    .string()
    .refine((uri) => uri.startsWith('/') || /^https?:\/\//.test(uri), 'must be a path or an http(s) URL'),
})

const file = z.object({
  webhooks: z.object({ api_version: z.string(), subscriptions: z.array(subscription).default([]) }),
})

/** Errors: a file that cannot be read or declares what the sandbox does not play (filters, included fields) is thrown by name. */
export function readSubscriptions(appTomlPath: string): SubscriptionFile {
  const parsed = file.safeParse(parse(fs.readFileSync(appTomlPath, 'utf8')))
  if (!parsed.success) throw new Error(`${appTomlPath}: ${z.prettifyError(parsed.error)}`)
  const { api_version: apiVersion, subscriptions } = parsed.data.webhooks
  return {
    apiVersion,
    subscriptions: subscriptions.flatMap(({ topics = [], compliance_topics: compliance = [], uri }) => [
      ...topics.map((topic) => ({ topic, uri, isCompliance: false })),
      ...compliance.map((topic) => ({ topic, uri, isCompliance: true })),
    ]),
  }
}
