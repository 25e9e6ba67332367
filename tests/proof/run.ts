// npm run -s proof -- NAME [options]      Long proofs of the ledger. Each prints its seed, its progress on standard error, and one JSON line at
// the end; exit code 0 when nothing was found, 1 otherwise.
import { parseArgs } from 'node:util'

export interface Proof {
  /** What is proved, in one line. */
  says: string
  /** Options with their defaults. */
  defaults: Record<string, number>
  run(
    options: Record<string, number>,
    progress: (line: string) => void,
  ): Promise<{ ok: boolean } & Record<string, unknown>>
}

const proofs: Record<string, () => Promise<Proof>> = {
  async allocation() {
    const { proveAllocation } = await import('./allocation.ts')
    return {
      says: 'splits against a rational oracle, over currencies with 0, 2 and 3 decimals',
      defaults: { cases: 10_000_000, seed: 1 },
      async run({ cases = 0, seed = 0 }, progress) {
        const proof = proveAllocation({ cases, seed }, progress)
        return { ok: proof.failures === 0, ...proof }
      },
    }
  },
  async deliveries() {
    const { proveDeliveries, isProven } = await import('./deliveries.ts')
    const { openProofServer } = await import('./proof-database.ts')
    return {
      says: 'deliveries doubled, shuffled, dropped and late against the same trade told day by day',
      defaults: { count: 1_000_000, seed: 1, partners: 40, group: 400 },
      async run({ count = 0, seed = 0, partners = 0, group = 0 }, progress) {
        await using server = await openProofServer({ durable: false })
        const proof = await proveDeliveries(
          server.open,
          { deliveries: count, seed, partners, group },
          progress,
        )
        return { ok: isProven(proof), ...proof }
      },
    }
  },
  async crash() {
    const { proveCrashes, crashHeld } = await import('./crash.ts')
    return {
      says: 'the worker killed and PostgreSQL stopped at once, at random moments of booking',
      defaults: { times: 200, seed: 1 },
      async run({ times = 0, seed = 0 }, progress) {
        const proof = await proveCrashes({ times, seed }, progress)
        return { ok: crashHeld(proof), ...proof }
      },
    }
  },
  async tamper() {
    const { proveTampering, tamperHeld } = await import('./tamper.ts')
    const { openProofServer } = await import('./proof-database.ts')
    return {
      says: 'every column of the books changed behind the guards; verify sees each change',
      defaults: { rounds: 10, seed: 1 },
      async run({ rounds = 0, seed = 0 }, progress) {
        await using server = await openProofServer({ durable: false })
        const proof = await proveTampering(server.open, { rounds, seed }, progress)
        return { ok: tamperHeld(proof), ...proof }
      },
    }
  },
}

const [name, ...rest] = process.argv.slice(2)
const load = name === undefined ? undefined : proofs[name]
if (!load) {
  console.error(`usage: npm run -s proof -- NAME [--seed N …]\nproofs: ${Object.keys(proofs).join(', ')}`)
  process.exit(name === '--help' ? 0 : 2)
}
const proof = await load()
const options = readOptions(proof, rest)
const said = Object.entries(options).map(([key, value]) => `--${key} ${value}`)
console.error(`${name}: ${proof.says}\n  ${said.join(' ')}`)
const started = performance.now()
const result = await proof.run(options, (line) => console.error(`  ${line}`)).catch(giveUp)
const seconds = Math.round((performance.now() - started) / 100) / 10
console.log(JSON.stringify({ proof: name, ...options, seconds, ...result }))
process.exit(result.ok ? 0 : 1)

/** What went wrong first, not what the clearing up after it ran into. */
function giveUp(error: unknown): never {
  for (
    let each = error;
    each !== undefined;
    each = each instanceof SuppressedError ? each.suppressed : undefined
  )
    console.error(each instanceof SuppressedError ? each.error : each)
  process.exit(1)
}

function readOptions({ defaults }: Proof, args: string[]): Record<string, number> {
  const wrong = (why: string): never => {
    console.error(
      `${why}\noptions: ${Object.entries(defaults)
        .map(([key, value]) => `--${key} ${value}`)
        .join(' ')}`,
    )
    process.exit(2)
  }
  try {
    const known = Object.keys(defaults).map((key) => [key, { type: 'string' as const }] as const)
    const { values } = parseArgs({ args, options: Object.fromEntries(known) })
    const given = Object.entries(values).map(([key, text]) => {
      const value = Number(text)
      if (!Number.isSafeInteger(value) || value < 0) wrong(`--${key} wants a whole number`)
      return [key, value] as const
    })
    return { ...defaults, ...Object.fromEntries(given) }
  } catch (error) {
    return wrong((error as Error).message)
  }
}
