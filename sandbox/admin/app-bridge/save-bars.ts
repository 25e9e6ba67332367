// The contextual save bar: at most one is open; the shell draws it over its top bar.
import type { AdminChannel } from './admin-channel.ts'
import type { SaveBarState } from './protocol.ts'

/** Something that can be saved or discarded: a <ui-save-bar> or a <form data-save-bar>. */
export interface SaveBarOwner {
  id: string
  state(): Omit<SaveBarState, 'open'>
  save(): void
  discard(): void
  /** Told after it was opened or closed. */
  toggled(open: boolean): void
}

export interface SaveBars {
  register(owner: SaveBarOwner): () => void
  open(owner: SaveBarOwner): void
  close(owner: SaveBarOwner): void
  isOpen(owner: SaveBarOwner): boolean
  refresh(owner: SaveBarOwner): void
  byId(id: string): SaveBarOwner
  leaveConfirmation(): Promise<void>
}

const CLOSED: SaveBarState = {
  open: false,
  saving: false,
  saveDisabled: false,
  discardDisabled: false,
  confirmDiscard: false,
}

export function createSaveBars(channel: AdminChannel): SaveBars {
  const owners = new Set<SaveBarOwner>()
  let current: SaveBarOwner | undefined
  let leaving: Array<() => void> = []

  const draw = () =>
    channel.tell({ name: 'saveBar', state: current ? { ...current.state(), open: true } : CLOSED })

  channel.onEvent((event) => {
    if (event.name === 'save') current?.save()
    if (event.name === 'discard') current?.discard()
  })

  const bars: SaveBars = {
    register(owner) {
      owners.add(owner)
      return () => {
        owners.delete(owner)
        bars.close(owner)
      }
    },
    open(owner) {
      if (current === owner) return
      current?.toggled(false)
      current = owner
      draw()
      owner.toggled(true)
    },
    close(owner) {
      if (current !== owner) return
      current = undefined
      draw()
      owner.toggled(false)
      for (const leave of leaving) leave()
      leaving = []
    },
    isOpen: (owner) => current === owner,
    refresh: (owner) => {
      if (current === owner) draw()
    },
    byId(id) {
      const found = [...owners].find((owner) => owner.id === id)
      if (!found) throw new Error(`App Bridge: there is no save bar with the id "${id}".`)
      return found
    },
    leaveConfirmation() {
      if (!current) return Promise.resolve()
      channel.tell({ name: 'saveBarNudge' })
      return new Promise((resolve) => leaving.push(resolve))
    },
  }
  return bars
}
