import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { takePidLock } from './pid-lock.ts'

function lockFile(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lock-'))
  onTestFinished(() => fs.rmSync(folder, { recursive: true }))
  return path.join(folder, 'new', 'lock')
}

test('a second taker is told who holds it, until it is released', () => {
  const file = lockFile()
  const first = takePidLock(file)
  expect(takePidLock(file)).toEqual({ ok: false, reason: 'held', pid: process.pid })
  if (first.ok) first.release()
  const again = takePidLock(file)
  expect(again.ok).toBe(true)
  if (again.ok) again.release()
})

test('what a dead process left behind is taken over', () => {
  const file = lockFile()
  const { pid } = spawnSync(process.execPath, ['-e', ''])
  fs.mkdirSync(path.dirname(file))
  fs.writeFileSync(file, String(pid))
  const taken = takePidLock(file)
  expect(taken.ok).toBe(true)
  if (taken.ok) taken.release()
})
