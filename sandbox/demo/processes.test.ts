import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { startProcess } from './processes.ts'

const SUPPORT = fileURLToPath(new URL('./process-parent.test-support.ts', import.meta.url))

test('a process ends when the one that started it was killed without a word', async () => {
  const parent = spawn(process.execPath, ['--import', 'tsx', SUPPORT, temporaryFolder()], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void parent.kill('SIGKILL'))
  const [line] = (await once(parent.stdout, 'data')) as [Buffer]
  const { pid } = JSON.parse(line.toString('utf8')) as { pid: number }
  expect(isAlive(pid)).toBe(true)
  parent.kill('SIGKILL')
  await expect.poll(() => isAlive(pid), { timeout: 5000 }).toBe(false)
})

test('a process that has nothing left to do ends by itself, parent or not', async () => {
  const child = startProcess({
    name: 'short',
    args: ['-e', 'console.log("done")'],
    logFolder: temporaryFolder(),
  })
  await expect(child.died).rejects.toThrow('exit code 0')
})

function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'filigree-processes-'))
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }))
  return folder
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
