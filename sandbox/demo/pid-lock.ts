// A file that names the process that holds something. What a killed process left behind counts for nothing.
import fs from 'node:fs'
import path from 'node:path'

export type PidLock = { ok: true; release(): void } | { ok: false; reason: 'held'; pid: number }

export function takePidLock(file: string): PidLock {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  for (let attempt = 0; attempt < 2; attempt++) {
    if (create(file)) {
      const release = () => {
        process.off('exit', release)
        fs.rmSync(file, { force: true })
      }
      process.once('exit', release)
      return { ok: true, release }
    }
    const pid = readPid(file)
    // No pid yet: it is being written this moment.
    if (pid === 0 || isAlive(pid)) return { ok: false, reason: 'held', pid }
    fs.rmSync(file, { force: true })
  }
  return { ok: false, reason: 'held', pid: readPid(file) }
}

function create(file: string): boolean {
  try {
    fs.writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function readPid(file: string): number {
  try {
    return Number(fs.readFileSync(file, 'utf8'))
  } catch {
    return 0
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
