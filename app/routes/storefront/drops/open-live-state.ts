// Puts together what answers for live states: memory, what fills it, and who tells of changes.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { listen } from '#app/adapters/db/listen.ts'
import { countStateRead } from '#app/adapters/http/http-metrics.ts'
import type { ProxyIdentity } from '#app/adapters/shopify/proxy-request.ts'
import { loadDropState } from '#app/features/claims/load-drop-state.server.ts'
import { createStateSnapshots, type StateSnapshots } from '#app/features/claims/state-snapshots.server.ts'
import type { ServiceContext } from '#app/features/context.ts'
import { answerDropState } from './state.ts'

/** As the database's triggers name it. */
const CHANNEL = 'filigree_drop_state'

export interface LiveState {
  /** False for every other address. */
  answer(request: IncomingMessage, response: ServerResponse): boolean
  snapshots: StateSnapshots
  isHearing(): boolean
  stop(): Promise<void>
}

export function openLiveState(
  { db, clock, log }: Pick<ServiceContext, 'db' | 'clock' | 'log'>,
  identity: Pick<ProxyIdentity, 'apiSecret' | 'previousApiSecret'>,
): LiveState {
  const snapshots = createStateSnapshots({
    load(shopDomain, handle) {
      countStateRead()
      return loadDropState(db, shopDomain, handle)
    },
    now: () => clock.now().getTime(),
    isHearing: () => listening.isHearing(),
    onError: (error) => log.error({ error }, 'live state of a drop could not be read anew'),
  })
  const listening = listen(db, CHANNEL, {
    onNews: (shopId) => snapshots.changed(Number(shopId)),
    onHearing: () => snapshots.allChanged(),
    onError: (error) => log.warn({ error }, 'changes of live states are not heard of for a moment'),
  })
  return {
    answer: answerDropState({ snapshots, identity, log }),
    snapshots,
    isHearing: listening.isHearing,
    stop: listening.stop,
  }
}
