import { useFetcher } from '@remix-run/react'
import { useEffect } from 'react'
import type { PieceStock } from '#app/adapters/shopify/fetch-piece-stock.ts'
import type { PieceChoices } from './wave-rows.tsx'

/** What the shop has of the pieces, asked for when other pieces are picked. The page does not wait for it. */
export function usePieceStock(variantIds: readonly string[]): PieceChoices {
  const fetcher = useFetcher<{ ok: true; pieces: PieceStock[] } | { ok: false }>()
  const wanted = [...variantIds].sort().join(',')
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew for other pieces only.
  useEffect(() => {
    if (wanted !== '') fetcher.load(`/app/drops/pieces?variants=${wanted}`)
  }, [wanted])
  const pieces = fetcher.data?.ok ? fetcher.data.pieces : []
  const stock = new Map(pieces.map((piece) => [piece.variantId, piece]))
  if (fetcher.state !== 'idle' || (wanted !== '' && !fetcher.data)) return { stock, state: 'loading' }
  return { stock, state: fetcher.data && !fetcher.data.ok ? 'unknown' : 'known' }
}
