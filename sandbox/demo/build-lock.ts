// One build at a time: a demo, a check and the tests may be started side by side, and all build into one folder.
import fs from 'node:fs'

const LOCK = 'build/sandbox.lock'
const ASK_AGAIN_MS = 200

export async function withBuildLock<Result>(
  say: (line: string) => void,
  work: () => Promise<Result>,
): Promise<Result> {
  fs.mkdirSync('build', { recursive: true })
  let isSaid = false
  while (!take()) {
    if (!isSaid) say('waiting for another build to end')
    isSaid = true
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS))
  }
  const giveBack = () => fs.rmSync(LOCK, { force: true })
  process.once('exit', giveBack)
  try {
    return await work()
  } finally {
    process.off('exit', giveBack)
    giveBack()
  }
}

function take(): boolean {
  try {
    fs.writeFileSync(LOCK, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const owner = Number(readOwner())
    // Left behind by a build that was killed. An empty file is being written this moment.
    if (owner > 0 && !isAlive(owner)) fs.rmSync(LOCK, { force: true })
    return false
  }
}

function readOwner(): string {
  try {
    return fs.readFileSync(LOCK, 'utf8')
  } catch {
    return ''
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
