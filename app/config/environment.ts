// The environment, read once at boot. Every bad or missing field is named at once, with what to do.
import { z } from 'zod'

const csv = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  )
  .refine((parts) => parts.length > 0, 'needs at least one entry')

const httpUrl = z
  .string()
  .refine((text) => /^https?:\/\/[^\s/]+/.test(text) && URL.canParse(text), 'must be an http(s) URL')

/** `id:base64,id:base64` — the first seals, all open: so keys rotate. */
const tokenKeys = z.string().transform((text, context) => {
  const all = new Map<string, Buffer>()
  for (const part of text
    .split(',')
    .map((piece) => piece.trim())
    .filter(Boolean)) {
    const separator = part.indexOf(':')
    const id = part.slice(0, separator)
    const key = Buffer.from(part.slice(separator + 1), 'base64')
    if (separator < 1 || !/^[\w-]{1,20}$/.test(id) || key.length !== 32 || all.has(id)) {
      context.addIssue(
        'must be ID:KEY pairs with distinct ids and 32-byte base64 keys (openssl rand -base64 32)',
      )
      return z.NEVER
    }
    all.set(id, key)
  }
  const [first] = all
  if (!first) {
    context.addIssue('needs at least one key')
    return z.NEVER
  }
  return { current: { id: first[0], key: first[1] }, all }
})

const schema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must be a postgresql:// URL'),
  SHOPIFY_API_KEY: z.string().min(1, 'is the client id of the app in the Partner dashboard'),
  SHOPIFY_API_SECRET: z.string().min(1, 'is the client secret of the app in the Partner dashboard'),
  SHOPIFY_API_SECRET_PREVIOUS: z.string().optional(),
  SHOPIFY_APP_URL: httpUrl,
  SCOPES: csv,
  TOKEN_KEYS: tokenKeys,
  LINK_SECRET: z.string().min(32, 'needs at least 32 characters (openssl rand -base64 32)'),
  SMTP_URL: z
    .string()
    .refine(
      (text) => /^smtps?:\/\/[^\s/]+/.test(text) && URL.canParse(text),
      'must be an smtp:// or smtps:// URL',
    ),
  MAIL_FROM: z
    .string()
    .regex(/[^\s<>@]@[^\s<>@]/, 'must be an address such as Filigree <statements@yourdomain.example>'),
  SANDBOX_URL: httpUrl.optional(),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  BILLING_MODE: z.enum(['app_pricing', 'billing_api']).default('billing_api'),
  WORKER_POLL_SECONDS: z.coerce.number().min(0.5).max(60).default(0.5),
})

export interface Environment {
  nodeEnv: 'development' | 'test' | 'production'
  databaseUrl: string
  shopify: {
    apiKey: string
    apiSecret: string
    /** While the client secret is being replaced: what Shopify signed with it is accepted too. */
    previousApiSecret: string | undefined
    appUrl: string
    scopes: string[]
  }
  tokenKeys: { current: { id: string; key: Buffer }; all: Map<string, Buffer> }
  /** Signs links that creators receive and links that shoppers follow. */
  linkSecret: string
  smtpUrl: string
  mailFrom: string
  sandboxUrl: string | undefined
  port: number
  logLevel: string
  billingMode: 'app_pricing' | 'billing_api'
  workerPollSeconds: number
}

export type EnvironmentResult = { ok: true; environment: Environment } | { ok: false; problems: string[] }

/** Reads a set of variables. Blank ones count as missing, blanks around a value (a file's line break) are not part of it. Each problem is one line that names its variable. */
export function parseEnvironment(variables: Record<string, string | undefined>): EnvironmentResult {
  const given = Object.fromEntries(
    Object.entries(variables)
      .map(([name, value]) => [name, value?.trim()])
      .filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = schema.safeParse(given)
  if (!parsed.success) {
    return {
      ok: false,
      problems: parsed.error.issues.map((issue) => {
        const name = issue.path.join('.')
        return given[name] === undefined ? `${name} is missing` : `${name} ${issue.message}`
      }),
    }
  }
  const value = parsed.data
  return {
    ok: true,
    environment: {
      nodeEnv: value.NODE_ENV,
      databaseUrl: value.DATABASE_URL,
      shopify: {
        apiKey: value.SHOPIFY_API_KEY,
        apiSecret: value.SHOPIFY_API_SECRET,
        previousApiSecret: value.SHOPIFY_API_SECRET_PREVIOUS,
        appUrl: value.SHOPIFY_APP_URL.replace(/\/$/, ''),
        scopes: value.SCOPES,
      },
      tokenKeys: value.TOKEN_KEYS,
      linkSecret: value.LINK_SECRET,
      smtpUrl: value.SMTP_URL,
      mailFrom: value.MAIL_FROM,
      sandboxUrl: value.SANDBOX_URL?.replace(/\/$/, ''),
      port: value.PORT,
      logLevel: value.LOG_LEVEL,
      billingMode: value.BILLING_MODE,
      workerPollSeconds: value.WORKER_POLL_SECONDS,
    },
  }
}

let current: Environment | undefined

/** The process's environment. Errors: throws one message that lists every problem. */
export function getEnvironment(): Environment {
  if (current) return current
  const result = parseEnvironment(process.env)
  if (!result.ok)
    throw new Error(
      `The environment is not complete:\n${result.problems.map((line) => `  - ${line}`).join('\n')}`,
    )
  current = result.environment
  return current
}
