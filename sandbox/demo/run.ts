// npm run demo · npm run dev · npm run demo -- --check      One line from a clone to a shop with a year of history.
import path from 'node:path'
import { buildApp } from './build-app.ts'
import { runCheck } from './check-demo.ts'
import { DEMO_HELP, type DemoFlags, readDemoFlags } from './demo-flags.ts'
import { oldNodeMessage } from './node-version.ts'
import { npmIsGone } from './npm-is-gone.ts'
import { openBrowser } from './open-browser.ts'
import { takePidLock } from './pid-lock.ts'
import { playStory } from './play-story.ts'
import { openProgress, type Progress } from './progress.ts'
import { type House, startHouse } from './start-house.ts'
import { findStory, forgetStory, markStory } from './story-marker.ts'
import { urlPanel, urlsOf } from './url-panel.ts'

const FOLDER = path.resolve(process.env.FILIGREE_DATA || '.data')

async function main(): Promise<number> {
  const read = readDemoFlags(process.argv.slice(2))
  if (!read.ok) {
    process.stderr.write(`${read.message}\n\n${DEMO_HELP}\n`)
    return 2
  }
  const { flags } = read
  if (flags.mode === 'help') {
    process.stdout.write(`${DEMO_HELP}\n`)
    return 0
  }
  const old = oldNodeMessage(process.versions.node)
  if (old) throw new Error(old)
  if (flags.mode === 'check') return runCheck(flags.seed ?? 1)
  return runDemo(flags)
}

async function runDemo(flags: DemoFlags): Promise<number> {
  const started = performance.now()
  const progress = openProgress(process.stdout)
  refuseOtherYear(flags)
  claimFolder()
  if (flags.mode === 'demo') await buildApp((line) => progress.say(`  ${line}`))
  const stopped = stopSignal()
  const house = await openShop(flags, progress, stopped)
  if (!house) return 0
  progress.say(`\nReady after ${Math.round((performance.now() - started) / 1000)} s.`)
  progress.say(urlPanel(house, FOLDER))
  if (flags.open) openBrowser(urlsOf(house).admin)
  try {
    await Promise.race([stopped, house.died])
  } finally {
    progress.say('\nStopping.')
    await house.stop()
  }
  return 0
}

/** Released when the process ends. */
function claimFolder(): void {
  const lock = takePidLock(path.join(FOLDER, 'demo.lock'))
  if (!lock.ok) throw new Error(`A demo runs already in ${FOLDER} (process ${lock.pid}). Stop it first.`)
}

/** Another seed than the folder's is a wish that only --fresh fulfils. */
function refuseOtherYear({ seed, fresh }: DemoFlags): void {
  const story = findStory(FOLDER)
  if (fresh || seed === null || story.kind !== 'told' || story.marker.seed === seed) return
  throw new Error(
    `${FOLDER} holds the year of seed ${story.marker.seed}. Add --fresh to tell that of seed ${seed}.`,
  )
}

/** The house with its story told; null when it was stopped before that. */
async function openShop(flags: DemoFlags, progress: Progress, stopped: Promise<void>): Promise<House | null> {
  const story = findStory(FOLDER)
  const isTold = story.kind === 'told' && !flags.fresh
  const seed = flags.seed ?? 1
  if (story.kind === 'half-told') progress.say('  An unfinished or older story was found: it is told anew.')
  if (!isTold) forgetStory(FOLDER)
  const house = await startHouse({
    folder: FOLDER,
    ports: { app: 3000, sandbox: flags.port, smtp: 1025 },
    fromSource: flags.mode === 'dev',
    onStep: (label) => progress.say(`  starting ${label}`),
  })
  if (isTold) return house
  markStory(FOLDER, seed, null)
  try {
    const telling = playStory(house, { seed, today: new Date(), endsNow: true, progress })
    const ended = await Promise.race([
      telling.then(() => 'told' as const),
      house.died,
      stopped.then(() => 'stop' as const),
    ])
    if (ended === 'stop') {
      telling.catch(() => {})
      await house.stop()
      return null
    }
  } catch (error) {
    await house.stop()
    throw error
  }
  markStory(FOLDER, seed, new Date())
  return house
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => resolve())
    void npmIsGone().then(resolve)
  })
}

/** Exits for good: a story that was interrupted may still wait for an answer. */
const code = await main().catch((error: Error) => {
  process.stderr.write(`${process.env.LOG_LEVEL === 'debug' ? error.stack : error.message}\n`)
  return 1
})
process.exit(code)
