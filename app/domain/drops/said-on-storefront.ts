// Which of the theme's texts a drop's blocks show at a moment, as names in its language files with what stands in them. The blocks choose by
// the same phases; a test holds the names against the files.

import type { PieceShown, ThemeText } from './rehearsal.ts'
import type { Bucket } from './scarcity.ts'
import type { StorefrontConfig } from './storefront-config.ts'

type Said = Pick<PieceShown, 'countdown' | 'stock' | 'gate'>
type Phase = 'before' | 'early' | 'open' | 'closed' | 'held' | 'aborted'

/** `bucket`: what may be said of the piece's stock at that moment. `kindOf`: a variant's own name, for pieces in several kinds. */
export function saidOnStorefront(
  config: StorefrontConfig,
  at: number,
  bucket: Bucket,
  kindOf: (variantId: string) => string,
): Said {
  const phase = phaseOf(config, at)
  return {
    countdown: countdownOf(config, phase),
    stock: [...stockOf(config, phase, at, bucket), ...waveTexts(config, at, kindOf)],
    gate: gateOf(config, phase),
  }
}

function phaseOf({ state, early, open, close }: StorefrontConfig, at: number): Phase {
  if (state !== 'scheduled') return state
  if (at >= close) return 'closed'
  if (at >= open) return 'open'
  return early !== null && at >= early ? 'early' : 'before'
}

function text(key: string, params: ThemeText['params'] = {}): ThemeText {
  return { key, params }
}

function countdownOf({ open, close, zone }: StorefrontConfig, phase: Phase): ThemeText[] {
  const city = (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')
  const at = (seconds: number) => ({ time: new Date(seconds * 1000).toISOString(), city })
  switch (phase) {
    case 'before':
    case 'early':
      return [text('countdown.opens_in'), text('countdown.opens_at_html', at(open))]
    case 'open':
      return [text('countdown.closes_in'), text('countdown.closes_at_html', at(close))]
    case 'closed':
      return [text('countdown.closed'), text('countdown.closed_at_html', at(close))]
    case 'held':
      return [text('countdown.held'), text('countdown.held_note')]
    case 'aborted':
      return [text('countdown.aborted'), text('countdown.aborted_note')]
  }
}

function stockOf(config: StorefrontConfig, phase: Phase, at: number, bucket: Bucket): ThemeText[] {
  if (phase !== 'before' && phase !== 'early' && phase !== 'open') return [text('stock.over')]
  const more = config.waves.some((wave) => wave.at > at && wave.units > 0) ? '_more' : ''
  switch (bucket) {
    case 'open':
      return [text('stock.quiet')]
    case 'low':
      return [text(`stock.low${more}`, { count: config.rule.low })]
    case 'last':
      return [text(`stock.last${more}`, { count: config.rule.last })]
    case 'gone':
      return [text(`stock.gone${more}`)]
  }
}

function waveTexts(
  { waves, variants }: StorefrontConfig,
  at: number,
  kindOf: (variantId: string) => string,
): ThemeText[] {
  return waves
    .filter(({ units }) => units > 0)
    .map((wave) =>
      text(wave.at <= at ? 'stock.wave_past_html' : 'stock.wave_html', {
        count: wave.units,
        time: new Date(wave.at * 1000).toISOString(),
        ...(variants.length > 1 && { which: kindOf(wave.variant) }),
      }),
    )
}

function gateOf({ early, open, gate }: StorefrontConfig, phase: Phase): ThemeText | null {
  if (early === null || !gate || gate.length === 0) return null
  const time = (seconds: number) => new Date(seconds * 1000).toISOString()
  switch (phase) {
    case 'before':
      return text('gate.times_html', { early: time(early), open: time(open) })
    case 'early':
      return text('gate.running_html', { open: time(open) })
    case 'open':
      return text('gate.open_to_all')
    default:
      return text('gate.over')
  }
}
