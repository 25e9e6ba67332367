// How many looks at a drop's live state one core of the web process answers, and at what delay, while the database is left alone.
import net from 'node:net'
import { quantile, rounded } from './bench-size.ts'
import { type DropHouse, openDropHouse } from './drop-house.ts'
import type { Benchmark } from './run.ts'

const CONNECTIONS = 32
const WARM_SECONDS = 3
const SECONDS = 8
/** The pace at which delays are measured. */
const PACE_PER_SECOND = 5_000
/** Every other asks with the ETag that it has, as a page that polls does. */
const KNOWN_PART = 0.5

export const benchmark: Benchmark = {
  says: `signed looks at one live drop over ${CONNECTIONS} connections: as many as it takes, then ${PACE_PER_SECOND} a second`,
  async run(progress) {
    await using bench = await openDropHouse(progress)
    const etag = await firstLook(bench)
    progress('warming up')
    await ask(bench, etag, { seconds: WARM_SECONDS, perSecond: null })

    progress(`as many as it takes for ${SECONDS} s`)
    const before = await bench.figures()
    const most = await ask(bench, etag, { seconds: SECONDS, perSecond: null })
    const after = await bench.figures()

    progress(`${PACE_PER_SECOND} a second for ${SECONDS} s`)
    const paced = await ask(bench, etag, { seconds: SECONDS, perSecond: PACE_PER_SECOND })
    const end = await bench.figures()
    const cpuSeconds = after.cpuSeconds - before.cpuSeconds
    const pacedCpu = end.cpuSeconds - after.cpuSeconds
    return {
      sizes: {
        connections: CONNECTIONS,
        seconds: SECONDS,
        pacePerSecond: PACE_PER_SECOND,
        knownPart: KNOWN_PART,
      },
      figures: {
        requestsPerSecond: Math.round(most.answered / most.seconds),
        requestsPerCpuSecond: Math.round(most.answered / cpuSeconds),
        p99Ms: rounded(quantile(paced.delays, 0.99)),
        p50Ms: rounded(quantile(paced.delays, 0.5)),
        pacedPerSecond: Math.round(paced.answered / paced.seconds),
        pacedCpuPart: rounded(pacedCpu / paced.seconds, 2),
        databaseReads: end.reads - before.reads,
        errors: most.errors + paced.errors,
        bytesState: most.bytes.state,
        bytesKnown: most.bytes.known,
      },
    }
  },
}

async function firstLook({ house, signedPath }: DropHouse): Promise<string> {
  const answer = await fetch(`${house.appUrl}${signedPath()}`)
  const etag = answer.headers.get('etag')
  if (!answer.ok || !etag)
    throw new Error(`the drop’s state does not come: ${answer.status} ${await answer.text()}`)
  return etag
}

interface Asked {
  answered: number
  errors: number
  seconds: number
  /** Milliseconds, from when each was due. */
  delays: number[]
  /** Bytes of the last answer of each kind, headers and all. */
  bytes: { state: number; known: number }
}

async function ask(
  bench: DropHouse,
  etag: string,
  { seconds, perSecond }: { seconds: number; perSecond: number | null },
): Promise<Asked> {
  const { port } = new URL(bench.house.appUrl)
  const asked: Asked = { answered: 0, errors: 0, seconds: 0, delays: [], bytes: { state: 0, known: 0 } }
  const started = performance.now()
  const endsAt = started + seconds * 1000
  let due = 0
  // The proxy signs every request anew, to the second.
  let signedAt = 0
  let requests: [known: string, unknown: string] = ['', '']
  const nextRequest = (): string => {
    const second = Math.floor(Date.now() / 1000)
    if (second !== signedAt) {
      signedAt = second
      const line = `GET ${bench.signedPath()} HTTP/1.1\r\nhost: localhost\r\n`
      requests = [`${line}if-none-match: ${etag}\r\n\r\n`, `${line}\r\n`]
    }
    return requests[due % 2 < KNOWN_PART * 2 ? 0 : 1]
  }
  const nextDue = (): number => {
    due += 1
    return perSecond === null ? performance.now() : started + (due * 1000) / perSecond
  }
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      const connection = await connect(Number(port))
      for (;;) {
        const at = nextDue()
        if (at >= endsAt) break
        const wait = at - performance.now()
        if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait))
        const { status, bytes } = await connection.request(nextRequest())
        asked.delays.push(performance.now() - at)
        asked.answered += 1
        if (status === 200) asked.bytes.state = bytes
        else if (status === 304) asked.bytes.known = bytes
        else asked.errors += 1
      }
      connection.close()
    }),
  )
  asked.seconds = (performance.now() - started) / 1000
  return asked
}

interface Connection {
  request(text: string): Promise<{ status: number; bytes: number }>
  close(): void
}

/** One request at a time on a kept connection. fetch() would cost more than what is measured. */
async function connect(port: number): Promise<Connection> {
  const socket = net.connect(port, 'localhost').setNoDelay(true)
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  let text = ''
  let settle: ((answer: { status: number; bytes: number }) => void) | null = null
  let fail: (error: Error) => void = () => {}
  socket.setEncoding('latin1')
  socket.on('data', (chunk) => {
    text += chunk
    const head = text.indexOf('\r\n\r\n')
    if (head < 0 || !settle) return
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(text.slice(0, head))?.[1] ?? 0)
    const whole = head + 4 + length
    if (text.length < whole) return
    const answer = { status: Number(text.slice(9, 12)), bytes: whole }
    text = ''
    settle(answer)
  })
  socket.on('error', (error) => fail(error))
  socket.on('close', () => fail(new Error('the connection was closed')))
  return {
    request: (asked) =>
      new Promise((resolve, reject) => {
        settle = resolve
        fail = reject
        socket.write(asked)
      }),
    close() {
      fail = () => {}
      socket.end()
    },
  }
}
