// A drop's live view as server-sent events. Not for the browser's EventSource, which sends no headers: its only proof would be a token in
// the address, and addresses end up in logs. The page reads the stream with fetch, to which App Bridge adds the session token as to every
// other request, and this loader authenticates as every other one does. A token lives for a minute and a stream must not outlive its proof
// for long: it ends after five minutes, and the page opens the next one with a new token.
import { ReadableStream } from 'node:stream/web'
import type { LoaderFunctionArgs } from '@remix-run/node'
import { type LiveFeed, openLiveFeed } from '#app/features/drops/live-feed.server.ts'
import { type LiveView, readLive } from '#app/features/drops/live-view.server.ts'
import { webServices } from '../../web-services.server.ts'
import { requireShop } from '../require-shop.server.ts'

const READ_EVERY_MS = 1000
/** So often something is sent, so that nobody between takes the line for dead. */
const BREATH_MS = 15_000
const LONGEST_MS = 5 * 60_000

let feed: LiveFeed<LiveView> | undefined

export async function loader({ request, params }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  const dropId = params.id ?? ''
  const first = await readLive(ctx, dropId)
  if (!first) throw new Response('No such drop', { status: 404 })
  const { services, isStopping } = webServices()
  feed ??= openLiveFeed(READ_EVERY_MS, (error) => services.log.error({ error }, 'live view'))
  const follow = feed.follow
  let end = () => {}
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const encoder = new TextEncoder()
      const send = (text: string) => controller.enqueue(encoder.encode(text))
      const tell = (view: string | null) => {
        if (view === null) return end()
        send(
          `data: ${JSON.stringify({ now: services.clock.now().toISOString() }).slice(0, -1)},"view":${view}}\n\n`,
        )
      }
      const stop = follow(`${ctx.shop.id}/${dropId}`, () => readLive(ctx, dropId), tell)
      const began = Date.now()
      const breath = setInterval(() => {
        if (isStopping() || Date.now() - began > LONGEST_MS) end()
        else send(': still here\n\n')
      }, BREATH_MS)
      breath.unref()
      end = () => {
        end = () => {}
        clearInterval(breath)
        stop()
        request.signal.removeEventListener('abort', onAbort)
        controller.close()
      }
      const onAbort = () => end()
      request.signal.addEventListener('abort', onAbort)
      send('retry: 1000\n\n')
    },
    cancel() {
      end()
    },
  })
  return new Response(body as unknown as BodyInit, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      // Not to be gathered up by a compressor on the way either.
      'cache-control': 'private, no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}
