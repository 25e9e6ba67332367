// Loaded into every process of the demo (--import): ends it when the process that started it is gone, however that one ended.
// The parent holds the other end of this process' standard input and writes nothing; the system closes it when the parent dies.
// JavaScript, because the built processes run without a loader.
const GRACE_MS = 10_000

const { stdin } = process
stdin.on('end', endInTime)
stdin.on('error', endInTime)
stdin.resume()
// Watching must keep no process alive that has nothing else to do. A terminal has no such switch.
if ('unref' in stdin) stdin.unref()

/** As if the parent had asked for it; by force when that does not help. */
function endInTime() {
  process.kill(process.pid, 'SIGTERM')
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), GRACE_MS).unref()
}
