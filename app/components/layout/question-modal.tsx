import { BlockStack, Modal } from '@shopify/polaris'
import { type MutableRefObject, type ReactNode, useEffect, useRef, useState } from 'react'

const DOUBLE_CLICK_MS = 500

export interface QuestionModalProps {
  title: string
  open: boolean
  onClose: () => void
  /** What confirms, and how the button says it. */
  confirm: { label: string; onAction: () => void; busy: boolean; destructive?: boolean; disabled?: boolean }
  cancelLabel: string
  children: ReactNode
}

/** Asks before something happens. However it ends, the keyboard is back at what opened it. */
export function QuestionModal({ title, open, onClose, confirm, cancelLabel, children }: QuestionModalProps) {
  const pressed = useLastPressed()
  const close = useCloseWhenMeant(open, onClose, pressed)
  return (
    <Modal
      open={open}
      onClose={close}
      title={title}
      primaryAction={{
        content: confirm.label,
        destructive: confirm.destructive ?? false,
        loading: confirm.busy,
        disabled: confirm.disabled ?? false,
        onAction: confirm.onAction,
      }}
      secondaryActions={[{ content: cancelLabel, onAction: onClose }]}
    >
      <Modal.Section>
        <FocusReturn pressed={pressed} />
        <BlockStack gap="300">{children}</BlockStack>
      </Modal.Section>
    </Modal>
  )
}

/** Closing by hand. The second click of a double click on what opened the dialog lands beside it: it does not close it. A key is always meant. */
function useCloseWhenMeant(
  open: boolean,
  onClose: () => void,
  pressed: MutableRefObject<LastPressed>,
): () => void {
  const openedAt = useRef(0)
  useEffect(() => {
    if (open) openedAt.current = performance.now()
  }, [open])
  return () => {
    if (pressed.current.byKey || performance.now() - openedAt.current > DOUBLE_CLICK_MS) onClose()
  }
}

/** Lives as long as the dialog is on the screen, its fading out included: only then does the dialog let go of the focus. */
function FocusReturn({ pressed }: { pressed: MutableRefObject<LastPressed> }) {
  // At the first rendering the focus is still where the dialog was asked for. Polaris' buttons give it away when they are clicked.
  const [opener] = useState(() => {
    const focused = document.activeElement
    return openerOf(focused && focused !== document.body ? focused : pressed.current.on)
  })
  useEffect(() => () => void requestAnimationFrame(() => giveFocusTo(opener)), [opener])
  return null
}

interface LastPressed {
  /** What a pointer was put down on; null after a key. */
  on: Element | null
  byKey: boolean
}

function useLastPressed(): MutableRefObject<LastPressed> {
  const pressed = useRef<LastPressed>({ on: null, byKey: false })
  useEffect(() => {
    const onPointer = ({ target }: Event) => {
      pressed.current = {
        on: target instanceof Element ? target.closest('a, button') : null,
        byKey: false,
      }
    }
    const onKey = () => {
      pressed.current = { on: null, byKey: true }
    }
    document.addEventListener('pointerdown', onPointer, true)
    document.addEventListener('keydown', onKey, true)
    return () => {
      document.removeEventListener('pointerdown', onPointer, true)
      document.removeEventListener('keydown', onKey, true)
    }
  }, [])
  return pressed
}

/** An entry of a menu goes with its menu: then it is the button that unfolds the menu. */
function openerOf(focused: Element | null): Element | null {
  for (let element = focused; element; element = element.parentElement) {
    const unfolds = element.id && document.querySelector(`[aria-controls="${CSS.escape(element.id)}"]`)
    if (unfolds) return unfolds
  }
  return focused
}

/** What was asked for may have taken its own button away: then the page's heading, where reading goes on. */
function giveFocusTo(opener: Element | null): void {
  if (opener instanceof HTMLElement && opener.isConnected && opener !== document.body) {
    opener.focus()
    if (document.activeElement === opener) return
  }
  const heading = document.querySelector('h1')
  heading?.setAttribute('tabindex', '-1')
  heading?.focus()
}
