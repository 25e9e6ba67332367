// node --import tsx process-parent.test-support.ts FOLDER      Starts a process as the demo does, tells its id, and stays.
import { startProcess } from './processes.ts'

const child = startProcess({
  name: 'child',
  args: ['-e', 'console.log(JSON.stringify({ pid: process.pid })); setInterval(() => {}, 1000)'],
  logFolder: process.argv[2] ?? '',
})
process.stdout.write(`${JSON.stringify(await child.firstJson())}\n`)
setInterval(() => {}, 1000)
