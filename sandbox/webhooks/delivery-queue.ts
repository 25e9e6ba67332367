// Sends deliveries, several at a time, earliest first; failed ones come back after a while, eight times at most.
import type { Delivery } from './delivery.ts'

export interface QueueOptions {
  concurrency: number
  /** Waiting time before each retry; their number is the number of retries. */
  retryDelaysMs: number[]
  /** The same while `flush` is waiting. */
  hurriedDelaysMs: number[]
  send: (delivery: Delivery) => Promise<boolean>
}

interface Waiting {
  delivery: Delivery
  /** Lower goes first. */
  rank: number
  notBefore: number
}

export interface DeliveryQueue {
  add(delivery: Delivery, rank: number, delayMs: number): void
  /** Sends everything now, retries included; answers when nothing is waiting or under way. */
  flush(): Promise<void>
  /** Nothing is sent any more; what is under way is waited for. */
  stop(): Promise<void>
}

export function createDeliveryQueue(options: QueueOptions): DeliveryQueue {
  const waiting: Waiting[] = []
  const flushers: Array<() => void> = []
  let running = 0
  let stopped = false
  let timer: NodeJS.Timeout | undefined

  const isHurried = () => flushers.length > 0

  function settle(): void {
    if (running > 0 || (waiting.length > 0 && !stopped)) return
    for (const done of flushers.splice(0)) done()
  }

  function takeNext(): Waiting | undefined {
    const now = Date.now()
    let best = -1
    waiting.forEach((one, index) => {
      const current = waiting[best]
      if (one.notBefore <= now && (!current || one.rank < current.rank)) best = index
    })
    return best < 0 ? undefined : waiting.splice(best, 1)[0]
  }

  function pump(): void {
    clearTimeout(timer)
    while (!stopped && running < options.concurrency) {
      const next = takeNext()
      if (!next) break
      running += 1
      void run(next)
    }
    settle()
    if (stopped || waiting.length === 0 || running >= options.concurrency) return
    const soonest = Math.min(...waiting.map(({ notBefore }) => notBefore))
    timer = setTimeout(pump, Math.max(1, soonest - Date.now()))
  }

  async function run(one: Waiting): Promise<void> {
    const { delivery } = one
    const isDone = await options.send(delivery)
    running -= 1
    const delays = isHurried() ? options.hurriedDelaysMs : options.retryDelaysMs
    const delay = delays[delivery.attempts.length - 1]
    if (isDone) delivery.status = 'delivered'
    else if (delivery.forged || delay === undefined) delivery.status = 'failed'
    else if (stopped) delivery.status = 'cancelled'
    else waiting.push({ ...one, notBefore: Date.now() + delay })
    pump()
  }

  return {
    add(delivery, rank, delayMs) {
      if (stopped) return
      waiting.push({ delivery, rank, notBefore: isHurried() ? 0 : Date.now() + delayMs })
      // Later in this turn, so that everything one verb tells of can be ranked first.
      clearTimeout(timer)
      timer = setTimeout(pump, 0)
    },
    flush() {
      return new Promise((resolve) => {
        flushers.push(resolve)
        for (const one of waiting) one.notBefore = 0
        pump()
      })
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      for (const { delivery } of waiting.splice(0)) delivery.status = 'cancelled'
      if (running > 0) await new Promise<void>((resolve) => flushers.push(resolve))
      settle()
    },
  }
}
