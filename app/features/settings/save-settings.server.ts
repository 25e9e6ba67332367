import type { ShopContext } from '../context.ts'
import {
  type ParsedSettings,
  type ParseSettingsResult,
  parseSettingsInput,
  type SettingsInput,
} from './parse-settings-input.ts'

export type SaveSettingsResult =
  | { ok: true; settings: ParsedSettings }
  | Extract<ParseSettingsResult, { ok: false }>

/** Stores what the merchant typed. Holds that exist keep their date: a new return window counts for sales from now on. */
export async function saveSettings(ctx: ShopContext, input: SettingsInput): Promise<SaveSettingsResult> {
  const parsed = parseSettingsInput(input)
  if (!parsed.ok) return parsed
  await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.shop.update({ where: { id: ctx.shop.id }, data: parsed.settings }),
  )
  return { ok: true, settings: parsed.settings }
}
