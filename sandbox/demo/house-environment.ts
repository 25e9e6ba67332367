// The environment of web and worker in the demo's house, with secrets that are made once and kept in its folder.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

export interface HousePorts {
  app: number
  sandbox: number
  smtp: number
}

interface Keys {
  apiSecret: string
  tokenKey: string
  linkSecret: string
}

/** All but DATABASE_URL, which the database itself tells. */
export function houseEnvironment(
  folder: string,
  ports: HousePorts,
  mode: 'development' | 'production',
): Record<string, string> {
  const keys = readOrMakeKeys(path.join(folder, 'keys.json'))
  return {
    NODE_ENV: mode,
    SHOPIFY_API_KEY: 'filigree-local-key',
    SHOPIFY_API_SECRET: keys.apiSecret,
    SHOPIFY_APP_URL: `http://localhost:${ports.app}`,
    SCOPES: readScopes(),
    TOKEN_KEYS: `local:${keys.tokenKey}`,
    LINK_SECRET: keys.linkSecret,
    SMTP_URL: process.env.SMTP_URL || `smtp://127.0.0.1:${ports.smtp}`,
    MAIL_FROM: 'Filigree <statements@filigree.example>',
    SANDBOX_URL: `http://localhost:${ports.sandbox}`,
    PORT: String(ports.app),
    LOG_LEVEL: process.env.LOG_LEVEL || 'info',
  }
}

function readOrMakeKeys(file: string): Keys {
  if (fs.existsSync(file)) return JSON.parse(fs.readFileSync(file, 'utf8')) as Keys
  const keys: Keys = {
    apiSecret: randomBytes(24).toString('hex'),
    tokenKey: randomBytes(32).toString('base64'),
    linkSecret: randomBytes(32).toString('base64'),
  }
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(file, JSON.stringify(keys), { mode: 0o600 })
  return keys
}

function readScopes(): string {
  const line = /^scopes = "([^"]+)"$/m.exec(fs.readFileSync('shopify.app.toml', 'utf8'))
  if (!line?.[1]) throw new Error('shopify.app.toml names no scopes')
  return line[1]
}
