// The sandbox's control API and mailbox, spoken to over HTTP as any person or test would.
export interface ControlCall {
  method?: 'GET' | 'POST'
  path: string
  body?: unknown
}

export interface ReceivedMail {
  id: string
  to: string
  subject: string
  text: string
  html: string | null
  attachments: Array<{ name: string; contentType: string; size: number }>
}

export interface ControlClient {
  readonly url: string
  /** Errors: a refusal is thrown with its reason and message. */
  call<Answer>(path: string, body?: unknown): Promise<Answer>
  get<Answer>(path: string): Promise<Answer>
  /** In order, in one request; answers in the same order. */
  batch<Answer>(calls: ControlCall[]): Promise<Answer[]>
  /** Newest first. */
  mails(to?: string): Promise<ReceivedMail[]>
}

const CALLS_A_BATCH = 200

export function connectControl(sandboxUrl: string): ControlClient {
  async function ask<Answer>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer> {
    const answer = await fetch(new URL(path, sandboxUrl), {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    const result = (await answer.json()) as { ok: boolean; reason?: string; message?: string }
    if (!result.ok)
      throw new Error(`The sandbox refused ${method} ${path}: ${result.message} (${result.reason})`)
    return result as Answer
  }
  return {
    url: sandboxUrl,
    call: (path, body) => ask('POST', path, body ?? {}),
    get: (path) => ask('GET', path),
    async batch<Answer>(calls: ControlCall[]) {
      const results: Answer[] = []
      for (let from = 0; from < calls.length; from += CALLS_A_BATCH) {
        const part = calls.slice(from, from + CALLS_A_BATCH)
        const answer = await ask<{ results: Answer[] }>('POST', '/control/batch', { calls: part })
        results.push(...answer.results)
      }
      return results
    },
    async mails(to) {
      const query = to === undefined ? '' : `?to=${encodeURIComponent(to)}`
      return (await ask<{ messages: ReceivedMail[] }>('GET', `/mailbox/api/messages${query}`)).messages
    },
  }
}
