// One build at a time: a demo, a check and the tests may be started side by side, and all build into one folder.
import { takePidLock } from './pid-lock.ts'

const LOCK = 'build/sandbox.lock'
const ASK_AGAIN_MS = 200

export async function withBuildLock<Result>(
  say: (line: string) => void,
  work: () => Promise<Result>,
): Promise<Result> {
  let lock = takePidLock(LOCK)
  if (!lock.ok) say('waiting for another build to end')
  while (!lock.ok) {
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS))
    lock = takePidLock(LOCK)
  }
  try {
    return await work()
  } finally {
    lock.release()
  }
}
