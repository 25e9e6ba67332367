// What the demo's command line may say.
import { parseArgs } from 'node:util'

export interface DemoFlags {
  mode: 'demo' | 'dev' | 'check' | 'help'
  fresh: boolean
  /** Null: not named; the first seed, or whatever year the folder holds. */
  seed: number | null
  open: boolean
  /** Wished port of the shop's admin. */
  port: number
}

export type DemoFlagsResult = { ok: true; flags: DemoFlags } | { ok: false; message: string }

export const DEMO_HELP = `usage: npm run demo [-- OPTIONS]
  --fresh        forget the demo shop and tell its year anew
  --seed N       another year: 0 to 4294967295, default 1
  --port N       port of the shop's admin (4000); a free one is taken when it is in use
  --no-open      do not open a browser
  --dev          from source: pages reload when their files change (npm run dev)
  --check        tell the story on free ports in a folder of its own, verify it, print one JSON line, end with 0 or 1
  --help         this text`

const LARGEST_SEED = 4_294_967_295

export function readDemoFlags(argv: string[]): DemoFlagsResult {
  let values: Partial<Record<string, string | boolean>>
  try {
    values = parseArgs({
      args: argv,
      options: {
        fresh: { type: 'boolean', default: false },
        seed: { type: 'string' },
        port: { type: 'string', default: '4000' },
        'no-open': { type: 'boolean', default: false },
        dev: { type: 'boolean', default: false },
        check: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values
  } catch (error) {
    return { ok: false, message: (error as Error).message }
  }
  const seed = values.seed === undefined ? null : readWhole(values.seed, LARGEST_SEED)
  if (values.seed !== undefined && seed === null)
    return { ok: false, message: `--seed: "${values.seed}" is not a whole number from 0 to ${LARGEST_SEED}.` }
  const port = readWhole(values.port, 65_535)
  if (port === null)
    return { ok: false, message: `--port: "${values.port}" is no port (0 to 65535; 0 takes a free one).` }
  if (values.dev && values.check)
    return { ok: false, message: '--dev and --check do not go together: one stays, the other ends.' }
  const mode = values.help ? 'help' : values.check ? 'check' : values.dev ? 'dev' : 'demo'
  return {
    ok: true,
    flags: { mode, fresh: values.fresh === true, seed, open: values['no-open'] !== true, port },
  }
}

function readWhole(text: string | boolean | undefined, most: number): number | null {
  if (typeof text !== 'string' || !/^\d{1,10}$/.test(text)) return null
  const value = Number(text)
  return value <= most ? value : null
}
