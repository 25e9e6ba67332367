import { useFetcher } from '@remix-run/react'
import { useAppBridge } from '@shopify/app-bridge-react'
import { Button, type ButtonProps } from '@shopify/polaris'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type FormOutcome, refusalText } from '../form/form-outcome.ts'

export interface RowActionProps {
  label: string
  /** Posted to the page's own action. */
  fields: Record<string, string>
  /** Message key of the toast. */
  done: string
  tone?: ButtonProps['tone']
  /** Of several rows, which one: read to screen readers behind the label. */
  about?: string
}

/** A button that posts a few fields at once, is dead while it works, and says how it went. */
export function RowAction({ label, fields, done, tone, about }: RowActionProps) {
  const { submit, busy } = usePost(done)
  return (
    <Button
      size="slim"
      variant="tertiary"
      onClick={() => submit(fields)}
      loading={busy}
      {...(tone ? { tone } : {})}
      {...(about ? { accessibilityLabel: `${label}: ${about}` } : {})}
    >
      {label}
    </Button>
  )
}

/** Posts to the page's own action; toasts `done` or the first refusal: `refusedToast` instead, where the page itself says which. */
export function usePost(done: string, onDone?: () => void, refusedToast?: string) {
  const { t } = useTranslation()
  const shopify = useAppBridge()
  const fetcher = useFetcher<FormOutcome>()
  const waiting = useRef(false)
  const busy = fetcher.state !== 'idle'
  useEffect(() => {
    if (fetcher.state !== 'idle' || !fetcher.data || !waiting.current) return
    waiting.current = false
    if (fetcher.data.ok) {
      shopify.toast.show(t(done))
      onDone?.()
      return
    }
    const { summary, fields } = fetcher.data
    const refusal = summary ?? Object.values(fields)[0]
    const text = refusalText(refusal, (key, params) => t(key, params ?? {}))
    const said = refusedToast ? t(refusedToast) : text
    shopify.toast.show(said ?? t('creators.toast.failed'), { isError: true })
  }, [fetcher.state, fetcher.data, done, onDone, refusedToast, shopify, t])
  const submit = (fields: Record<string, string>) => {
    if (busy || waiting.current) return
    waiting.current = true
    fetcher.submit(fields, { method: 'post' })
  }
  const refused = fetcher.data && !fetcher.data.ok && !busy ? fetcher.data : null
  return { submit, busy, refused }
}
