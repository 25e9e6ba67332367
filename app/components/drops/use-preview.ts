import { useFetcher } from '@remix-run/react'
import { useEffect } from 'react'
import type { CheckoutRefusal } from '#app/domain/drops/checkout-rules.ts'
import type { Consequence, PressRefusal } from '#app/domain/drops/drop-state.ts'
import type { ConfigTooLarge } from '#app/domain/drops/storefront-config.ts'

export type PressKind = 'schedule' | 'unschedule' | 'hold' | 'resume' | 'extend' | 'abort'

export type PreviewAnswer =
  | { ok: true; changed: boolean; consequences: Consequence[] }
  | { ok: false; reason: 'unknown_drop' | 'changed_meanwhile' | 'close_malformed' }
  | ({ ok: false } & PressRefusal)
  | CheckoutRefusal
  | ConfigTooLarge

export interface PreviewQuestion {
  press: PressKind
  /** Of a resume. */
  shift?: boolean
  /** Of an extension: as the drop's clock shows it. */
  closeLocal?: string
}

/** What would follow from a press, as the server sees it now. Null while it is being asked. */
export function usePreview(dropId: string, question: PreviewQuestion | null, revision: number) {
  const fetcher = useFetcher<PreviewAnswer>()
  const { press, shift, closeLocal } = question ?? {}
  const query = press
    ? new URLSearchParams({
        press,
        ...(shift ? { shift: 'true' } : {}),
        ...(closeLocal ? { closeLocal } : {}),
      }).toString()
    : ''
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew when the question or the drop is another.
  useEffect(() => {
    if (query !== '') fetcher.load(`/app/drops/${dropId}/preview?${query}`)
  }, [query, dropId, revision])
  return fetcher.state === 'idle' ? (fetcher.data ?? null) : null
}
