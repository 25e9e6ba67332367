// Hears what transactions of other processes tell with NOTIFY, over a connection of its own that is opened anew when it breaks.
import type { Database } from './database.ts'

export interface Listening {
  /** False while nothing can be heard: whoever relies on it has to look for himself. */
  isHearing(): boolean
  stop(): Promise<void>
}

export interface ListenOptions {
  onNews(payload: string): void
  /** The connection stands, for the first time or again: news may have been missed. */
  onHearing(): void
  onError(error: unknown): void
  retryMs?: number
  /** A connection that silently died is noticed within about this long. */
  pingMs?: number
}

type Connection = Awaited<ReturnType<typeof connect>>

function connect({ pool }: Pick<Database, 'pool'>) {
  return pool.connect()
}

/** Keeps one connection of the pool. Channel names are ours and plain. */
export function listen(db: Pick<Database, 'pool'>, channel: string, options: ListenOptions): Listening {
  const { onNews, onHearing, onError, retryMs = 1_000, pingMs = 10_000 } = options
  let hearing = false
  let stopped = false
  let retry: NodeJS.Timeout | undefined
  let client: Connection | undefined
  let ping: NodeJS.Timeout | undefined
  let opening: Promise<void> = Promise.resolve()

  async function open(): Promise<void> {
    try {
      const opened = await connect(db)
      if (stopped) return opened.release()
      client = opened
      opened.on('error', (error: Error) => lost(opened, error))
      opened.on('end', () => lost(opened, new Error('the connection ended')))
      opened.on('notification', (news) => {
        if (news.channel === channel) onNews(news.payload ?? '')
      })
      await opened.query(`listen ${channel}`)
      if (client !== opened) return
      hearing = true
      ping = setInterval(() => pingOnce(opened), pingMs).unref()
      onHearing()
    } catch (error) {
      lost(client, error)
    }
  }

  function pingOnce(opened: Connection): void {
    const silent = setTimeout(() => lost(opened, new Error('the connection is silent')), pingMs).unref()
    opened
      .query('select 1')
      .catch((error: unknown) => lost(opened, error))
      .finally(() => clearTimeout(silent))
  }

  function lost(broken: Connection | undefined, error: unknown): void {
    if (stopped || (broken !== undefined && broken !== client)) return
    hearing = false
    clearInterval(ping)
    client = undefined
    broken?.release(true)
    onError(error)
    clearTimeout(retry)
    retry = setTimeout(() => {
      opening = open()
    }, retryMs)
  }

  opening = open()
  return {
    isHearing: () => hearing,
    async stop() {
      stopped = true
      hearing = false
      clearTimeout(retry)
      clearInterval(ping)
      await opening
      // Not given back: the next user of the connection would hear, too.
      client?.release(true)
      client = undefined
    },
  }
}
