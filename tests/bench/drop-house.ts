// The house with one live drop in it, and what a benchmark asks of its web process.
import { createHmac } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { refreshClaims } from '../../app/adapters/db/claim-store.ts'
import { createDatabase, type Database } from '../../app/adapters/db/database.ts'
import type { Shop } from '../../app/adapters/db/generated/client.ts'
import { type House, startHouse } from '../../sandbox/demo/start-house.ts'
import { createDrop, tellStock } from '../factories/live-drops.ts'
import { createShop } from '../factories/shop.ts'

export const HANDLE = 'moon-ring'
export const VARIANTS = [48_000_000_000_041n, 48_000_000_000_042n, 48_000_000_000_043n]

export interface DropHouse extends AsyncDisposable {
  house: House
  db: Database
  shop: Shop
  /** Path and query as the proxy would send them now. */
  signedPath(): string
  /** Shopify says that so many of the hero are left; the claims that follow are written with it. */
  sellDownTo(available: number): Promise<void>
  /** Figures of the web process, by the names of its metrics. */
  figures(): Promise<{ cpuSeconds: number; reads: number }>
}

export async function openDropHouse(progress: (line: string) => void): Promise<DropHouse> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'filigree-bench-'))
  fs.chmodSync(folder, 0o755)
  const house = await startHouse({ folder, ports: { app: 0, sandbox: 0, smtp: 0 }, onStep: progress })
  const db = createDatabase(house.env.DATABASE_URL ?? '', { maxConnections: 4 })
  const shop = await createShop(db, { domain: 'bench-shop.myshopify.com' })
  const now = Date.now()
  const waveAt = new Date(Math.ceil(now / 1000) * 1000 + 600_000).toISOString()
  const drop = await createDrop(db, shop, {
    handle: HANDLE,
    variants: VARIANTS,
    opensAt: new Date(now - 60_000).toISOString(),
    closesAt: new Date(now + 1_200_000).toISOString(),
    waves: [{ at: waveAt, units: 12 }],
  })
  const tell = async (available: number) => {
    const at = new Date()
    for (const variantId of VARIANTS)
      await tellStock(db, shop, variantId, variantId === VARIANTS[0] ? available : 30, at, { reserved: 12 })
    await db.inShop(shop.id, (tx) => refreshClaims(tx, shop.id, drop.id, at))
  }
  await tell(20)
  const secret = house.env.SHOPIFY_API_SECRET ?? ''
  return {
    house,
    db,
    shop,
    sellDownTo: tell,
    signedPath: () => `/storefront/drops/${HANDLE}/state?${signedQuery(shop.domain, secret)}`,
    async figures() {
      const text = await (await fetch(`${house.appUrl}/internal/metrics`)).text()
      const read = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN)
      return { cpuSeconds: read('process_cpu_seconds_total'), reads: read('filigree_drop_state_reads_total') }
    },
    async [Symbol.asyncDispose]() {
      await db.close()
      await house.stop()
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}

function signedQuery(shop: string, secret: string): string {
  const values: Record<string, string> = {
    logged_in_customer_id: '',
    path_prefix: '/apps/filigree',
    shop,
    timestamp: String(Math.floor(Date.now() / 1000)),
  }
  const text = Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .join('')
  const signature = createHmac('sha256', secret).update(text).digest('hex')
  return String(new URLSearchParams({ ...values, signature }))
}
