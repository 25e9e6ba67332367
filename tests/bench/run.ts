// npm run -s bench -- NAME [--json] [--orders N] [--page NAME,NAME]      One benchmark, one line of figures with their conditions. Never part of the tests.
import { execFileSync } from 'node:child_process'
import os from 'node:os'

export type Figures = Record<string, unknown>
export interface Benchmark {
  /** What is measured, in one line. */
  says: string
  run(progress: (line: string) => void): Promise<{ sizes: Record<string, number | string>; figures: Figures }>
}

const benchmarks: Record<string, () => Promise<{ benchmark: Benchmark }>> = {
  'webhook-intake': () => import('./webhook-intake.ts'),
  screens: () => import('./screens.ts'),
  storefront: () => import('./storefront.ts'),
  'admin-vitals': () => import('./admin-vitals.ts'),
  'ledger-single': () => import('./ledger-single.ts'),
  'ledger-replay': () => import('./ledger-replay.ts'),
  'ledger-hot': () => import('./ledger-hot.ts'),
  'ledger-size': () => import('./ledger-size.ts'),
  'statement-close': () => import('./statement-close.ts'),
  rerate: () => import('./rerate.ts'),
  verify: () => import('./verify.ts'),
  'act-lateness': () => import('./act-lateness.ts'),
  'drop-state': () => import('./drop-state.ts'),
  'drop-herd': () => import('./drop-herd.ts'),
}

const args = process.argv.slice(2)
const json = args.includes('--json')
const valued = ['--orders', '--page']
const names = args.filter((arg, at) => !arg.startsWith('--') && !valued.includes(args[at - 1] ?? ''))
const known = ['--json', '--help', ...valued]
const unknown = args.filter((arg) => arg.startsWith('--') && !known.includes(arg))
const load = names[0] === undefined ? undefined : benchmarks[names[0]]
if (args.includes('--help') || names.length !== 1 || unknown.length > 0 || !load) {
  console.error(
    `usage: npm run -s bench -- NAME [--json] [--orders N] [--page NAME,NAME]\nbenchmarks: ${Object.keys(benchmarks).join(', ')}`,
  )
  process.exit(args.includes('--help') ? 0 : 2)
}

const { benchmark } = await load()
const { sizes, figures } = await benchmark.run((line) => console.error(line))
const line = {
  name: names[0],
  conditions: {
    machine: `${os.cpus().length} x ${os.cpus()[0]?.model.trim()}, ${Math.round(os.totalmem() / 2 ** 30)} GiB, node ${process.versions.node}`,
    database: process.env.DATABASE_URL ? 'the server of DATABASE_URL' : 'embedded PostgreSQL 18, fsync on',
    sizes,
    commit: commit(),
  },
  ...figures,
}
if (json) console.log(JSON.stringify(line))
else {
  console.log(`${line.name}: ${benchmark.says}`)
  console.log(JSON.stringify(line, null, 2))
}
process.exit(0)

function commit(): string {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    // An unpacked archive has no history.
    return 'unknown'
  }
}
