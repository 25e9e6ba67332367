// Builds the pages and the processes with the sandbox seam inside, into build/sandbox/. Does nothing when nothing has changed.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { withBuildLock } from './build-lock.ts'

const OUTPUT = 'build/sandbox'
const STAMP = path.join(OUTPUT, 'inputs.sha256')
const INPUTS = ['app', 'public', 'vite.config.ts', 'tsconfig.json', 'package.json', 'package-lock.json']

interface BuildStep {
  name: string
  command: string
  args: string[]
}

const PROCESSES: BuildStep = {
  name: 'processes',
  command: 'tsx',
  args: ['app/cli/build-processes.ts', '--sandbox'],
}
const PAGES: BuildStep = {
  name: 'pages',
  command: 'vite',
  args: ['build', '--mode', 'sandbox', '--logLevel', 'warn'],
}
/** After the pages: it wants their manifest. */
const SERVER: BuildStep = {
  name: 'server',
  command: 'vite',
  args: ['build', '--ssr', '--mode', 'sandbox', '--logLevel', 'warn'],
}

/** Builds what is missing or out of date; answers whether anything was built. Errors: throws with the failing step's own words. */
export async function buildApp(say: (line: string) => void): Promise<boolean> {
  return withBuildLock(say, async () => {
    // Taken before the build: what changes meanwhile makes the next one build again.
    const digest = digestOf(INPUTS)
    if (fs.existsSync(STAMP) && fs.readFileSync(STAMP, 'utf8') === digest) return false
    fs.rmSync(STAMP, { force: true })
    const started = performance.now()
    await Promise.all([run(PROCESSES, say), run(PAGES, say).then(() => run(SERVER, say))])
    fs.writeFileSync(STAMP, digest)
    say(`built in ${((performance.now() - started) / 1000).toFixed(1)} s`)
    return true
  })
}

function run({ name, command, args }: BuildStep, say: (line: string) => void): Promise<void> {
  say(`building ${name}`)
  return new Promise((resolve, reject) => {
    const child = spawn(path.join('node_modules/.bin', command), args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production' },
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
    child.once('error', reject)
    child.once('exit', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`The ${name} could not be built (${command} ${args.join(' ')}):\n${said.trim()}`))
    })
  })
}

function digestOf(inputs: string[]): string {
  const hash = createHash('sha256')
  const add = (entry: string) => {
    if (!fs.existsSync(entry)) return
    if (fs.statSync(entry).isDirectory()) {
      for (const name of fs.readdirSync(entry).sort()) add(path.join(entry, name))
      return
    }
    if (/\.test\.tsx?$/.test(entry)) return
    hash.update(entry).update('\0').update(fs.readFileSync(entry)).update('\0')
  }
  for (const input of inputs) add(input)
  return hash.digest('hex')
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const built = await buildApp((line) => console.error(line))
    if (!built) console.error('The build is up to date.')
  } catch (error) {
    console.error((error as Error).message)
    process.exitCode = 1
  }
}
