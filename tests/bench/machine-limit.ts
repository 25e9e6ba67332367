// What the machine itself can do, measured in the same run as the benchmark beside it: durable commits, plain inserts, and the disk's own sync.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'

export interface MachineLimit {
  /** One row a transaction, one connection: what a durable commit costs. */
  commitsPerSecond: number
  /** The same by eight connections. */
  commitsPerSecondOf8: number
  /** Two columns and a primary key, in statements of 5,000 rows. */
  insertedRowsPerSecond: number
  /** 8 KiB written and synced to the temporary folder's disk. */
  fsyncsPerSecond: number
  /** pgbench, or this program where there is none. */
  measuredBy: string
}

const SECONDS = 3

/** `adminUrl`: a database in which a table may be made and dropped. */
export async function measureMachine(adminUrl: string): Promise<MachineLimit> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query(
      'create table if not exists machine_limit (id bigserial primary key, amount bigint not null)',
    )
    const insertedRowsPerSecond = await insertRate(client)
    await client.query('truncate machine_limit')
    const byPgbench = pgbenchRate(adminUrl, 1)
    const commitsPerSecond = byPgbench ?? (await commitRate(adminUrl, 1))
    const commitsPerSecondOf8 = pgbenchRate(adminUrl, 8) ?? (await commitRate(adminUrl, 8))
    const measuredBy = byPgbench === null ? 'this program' : 'pgbench'
    return {
      commitsPerSecond,
      commitsPerSecondOf8,
      insertedRowsPerSecond,
      fsyncsPerSecond: fsyncRate(),
      measuredBy,
    }
  } finally {
    await client.query('drop table if exists machine_limit')
    await client.end()
  }
}

const INSERT = 'insert into machine_limit (amount) values (1)'

function pgbenchRate(url: string, clients: number): number | null {
  const file = path.join(os.tmpdir(), `filigree-insert-${process.pid}.sql`)
  fs.writeFileSync(file, `${INSERT};\n`)
  try {
    const run = spawnSync(
      'pgbench',
      [
        '--no-vacuum',
        '-M',
        'prepared',
        '-c',
        String(clients),
        '-j',
        '1',
        '-T',
        String(SECONDS),
        '-f',
        file,
        '-d',
        url,
      ],
      { encoding: 'utf8' },
    )
    const rate = /tps = ([\d.]+)/.exec(run.stdout ?? '')?.[1]
    return run.status === 0 && rate !== undefined ? Math.round(Number(rate)) : null
  } finally {
    fs.rmSync(file, { force: true })
  }
}

async function commitRate(url: string, connections: number): Promise<number> {
  const clients = Array.from({ length: connections }, () => new pg.Client({ connectionString: url }))
  await Promise.all(clients.map((client) => client.connect()))
  const started = performance.now()
  let commits = 0
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() - started < SECONDS * 1000) {
        await client.query({ name: 'insert', text: INSERT })
        commits += 1
      }
    }),
  )
  const seconds = (performance.now() - started) / 1000
  await Promise.all(clients.map((client) => client.end()))
  return Math.round(commits / seconds)
}

async function insertRate(client: pg.Client): Promise<number> {
  const amounts = Array.from({ length: 5000 }, (_, place) => String(place))
  const started = performance.now()
  let rows = 0
  while (performance.now() - started < SECONDS * 1000) {
    await client.query(
      'insert into machine_limit (amount) select amount from unnest($1::bigint[]) as t(amount)',
      [amounts],
    )
    rows += amounts.length
  }
  return Math.round(rows / ((performance.now() - started) / 1000))
}

function fsyncRate(): number {
  const file = path.join(os.tmpdir(), `filigree-fsync-${process.pid}`)
  const handle = fs.openSync(file, 'w')
  const page = Buffer.alloc(8192, 1)
  const started = performance.now()
  let syncs = 0
  try {
    while (performance.now() - started < 1000) {
      fs.writeSync(handle, page, 0, page.length, 0)
      fs.fdatasyncSync(handle)
      syncs += 1
    }
  } finally {
    fs.closeSync(handle)
    fs.rmSync(file, { force: true })
  }
  return Math.round(syncs / ((performance.now() - started) / 1000))
}
