// The Chromium that comes with npm, unpacked where only this checkout uses it: in the system's temporary folder the first user's copy would
// be closed to every other user.
import fs from 'node:fs'
import path from 'node:path'
import chromium from '@sparticuz/chromium'

const CACHE = path.resolve('node_modules/.cache/filigree')
const READY = path.join(CACHE, 'chromium')

/** Unpacks at the first call. Tests that ask at the same time do not see each other's half of it. */
export async function chromiumPath(): Promise<string> {
  const executable = path.join(READY, 'chromium')
  if (fs.existsSync(executable)) return executable
  fs.mkdirSync(CACHE, { recursive: true })
  const folder = fs.mkdtempSync(path.join(CACHE, 'unpacking-'))
  const before = process.env.TMPDIR
  // The package knows no other way to be told where to unpack.
  process.env.TMPDIR = folder
  try {
    await chromium.executablePath()
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
  try {
    fs.renameSync(folder, READY)
  } catch (error) {
    // Another process was faster; its copy is as good.
    fs.rmSync(folder, { recursive: true, force: true })
    if (!fs.existsSync(executable)) throw error
  }
  return executable
}
