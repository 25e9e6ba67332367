// Starts and ends the demo's processes. Each is ended by its own id; what it said last is shown when it dies early.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

export interface RunningProcess {
  name: string
  /** The first line of output that is a JSON object, for processes that print one when they are ready. */
  firstJson(): Promise<Record<string, unknown>>
  /** Rejects when the process ends although nobody asked it to. */
  readonly died: Promise<never>
  stop(): Promise<void>
}

export interface ProcessOptions {
  name: string
  args: string[]
  env?: Record<string, string>
  logFolder: string
  /** Steps behind the others in line for the processor, 0 to 19. Default 0. */
  niceness?: number
}

const GRACE_MS = 12_000
const LAST_WORDS_MS = 500
const END_WITH_PARENT = new URL('./end-with-parent.mjs', import.meta.url).href

export function startProcess(options: ProcessOptions): RunningProcess {
  fs.mkdirSync(options.logFolder, { recursive: true })
  const logFile = path.join(options.logFolder, `${options.name}.log`)
  const log = fs.createWriteStream(logFile)
  const child = spawn(process.execPath, ['--import', END_WITH_PARENT, ...options.args], {
    env: { ...process.env, ...options.env },
    // Its standard input stays open as long as we live: the process watches it.
    stdio: ['pipe', 'pipe', 'pipe'],
    // Ctrl-C reaches the demo alone, which ends the processes in their order: the database last.
    detached: true,
  })
  const endWithParent = () => void child.kill('SIGTERM')
  process.once('exit', endWithParent)
  child.once('exit', () => process.off('exit', endWithParent))
  if (options.niceness !== undefined && child.pid !== undefined) os.setPriority(child.pid, options.niceness)
  child.stdout.pipe(log, { end: false })
  child.stderr.pipe(log, { end: false })
  let asked = false
  const died = new Promise<never>((_, reject) => {
    child.once('exit', async (code, signal) => {
      if (asked) return
      // What it said last may come after its end; a process of its own that outlives it may keep the pipe open.
      await Promise.race([once(child, 'close'), pause(LAST_WORDS_MS)])
      reject(new Error(`${options.name} ended (${signal ?? `exit code ${code}`}).\n${lastLines(logFile)}`))
    })
  })
  died.catch(() => {})
  return {
    name: options.name,
    died,
    firstJson: () => Promise.race([died, readFirstJson(child)]),
    async stop() {
      asked = true
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
      child.kill('SIGTERM')
      const force = setTimeout(() => child.kill('SIGKILL'), GRACE_MS)
      await ended
      clearTimeout(force)
      log.end()
    },
  }
}

function readFirstJson(child: ChildProcess): Promise<Record<string, unknown>> {
  return new Promise((resolve) => {
    let text = ''
    const listen = (chunk: Buffer) => {
      text += chunk.toString('utf8')
      for (const line of text.split('\n').slice(0, -1)) {
        if (!line.startsWith('{')) continue
        try {
          const value = JSON.parse(line) as Record<string, unknown>
          child.stdout?.off('data', listen)
          resolve(value)
          return
        } catch {
          // Not the line we wait for.
        }
      }
    }
    child.stdout?.on('data', listen)
  })
}

function lastLines(file: string): string {
  const lines = fs.readFileSync(file, 'utf8').trimEnd().split('\n')
  return `Its last words (${file}):\n${lines.slice(-15).join('\n')}`
}

/** The wished port when it is free, else another one. */
export async function choosePort(wished: number): Promise<number> {
  for (const port of wished === 0 ? [0] : [wished, 0]) {
    const found = await new Promise<number>((resolve) => {
      const probe = net.createServer()
      probe.once('error', () => resolve(-1))
      probe.listen(port, () => {
        const address = probe.address()
        probe.close(() => resolve(typeof address === 'object' && address ? address.port : -1))
      })
    })
    if (found > 0) return found
  }
  throw new Error('no free port')
}

/** Asks until the address answers with 2xx. */
export async function waitFor(url: string, process: RunningProcess, timeoutMs = 60_000): Promise<void> {
  const until = Date.now() + timeoutMs
  const ask = async () => {
    while (Date.now() < until) {
      try {
        const answer = await fetch(url, { signal: AbortSignal.timeout(2000) })
        if (answer.ok) return
      } catch {
        // Not listening yet.
      }
      await pause(100)
    }
    throw new Error(`${process.name} did not answer at ${url} within ${timeoutMs / 1000} s`)
  }
  await Promise.race([ask(), process.died])
}
