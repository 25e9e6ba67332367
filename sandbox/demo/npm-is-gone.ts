// Whoever kills npm means the demo: npm passes on what it is asked politely, and cannot pass on what kills it.
import { spawnSync } from 'node:child_process'

const LOOK_EVERY_MS = 1000
/** A shell and a loader may stand between npm and us. */
const MOST_LEVELS = 5

/** Resolves when the npm that started this process has ended; never, when none did. */
export function npmIsGone(): Promise<void> {
  const npm = process.env.npm_execpath === undefined ? null : findNpm(process.ppid)
  return new Promise((resolve) => {
    if (npm === null) return
    const timer = setInterval(() => {
      if (isAlive(npm)) return
      clearInterval(timer)
      resolve()
    }, LOOK_EVERY_MS)
    timer.unref()
  })
}

function findNpm(from: number): number | null {
  let pid = from
  for (let level = 0; level < MOST_LEVELS && pid > 1; level++) {
    // Where there is no ps nothing is found, and nothing is watched.
    const said = spawnSync('ps', ['-o', 'ppid=,args=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? ''
    const [, parent, args] = /^\s*(\d+)\s+(.*)/.exec(said) ?? []
    if (parent === undefined || args === undefined) return null
    if (/^np[mx]\b|\bnp[mx]-cli\.js\b/.test(args)) return pid
    pid = Number(parent)
  }
  return null
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
