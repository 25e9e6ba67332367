// Bundles the processes (web, worker and the operator's commands) into build/, or into build/sandbox/ with the sandbox seam inside.
// Packages stay outside the bundle; the pages themselves are built by Vite.
import { build } from 'esbuild'
import { CliError, runCli } from './run-cli.ts'

const HELP = 'usage: tsx app/cli/build-processes.ts [--sandbox]'

await runCli(HELP, async (args) => {
  const unknown = args.filter((arg) => arg !== '--sandbox')
  if (unknown.length > 0) throw new CliError(`unknown argument ${unknown[0]}\n${HELP}`)
  const sandbox = args.includes('--sandbox')
  await build({
    entryPoints: {
      web: 'app/entry.web.ts',
      worker: 'app/entry.worker.ts',
      db: 'app/cli/db.ts',
      ledger: 'app/cli/ledger.ts',
    },
    outdir: sandbox ? 'build/sandbox' : 'build',
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node22',
    format: 'esm',
    sourcemap: true,
    jsx: 'automatic',
    define: { __SANDBOX__: String(sandbox) },
    logLevel: 'warning',
  })
  return 0
})
