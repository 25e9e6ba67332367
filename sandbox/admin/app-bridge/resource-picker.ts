// shopify.resourcePicker: products, variants and collections of the shop, chosen in the shell.
import type { AdminChannel } from './admin-channel.ts'
import type { PickerType } from './protocol.ts'

export interface ResourcePickerOptions {
  type: PickerType
  action?: 'add' | 'select'
  multiple?: boolean | number
  query?: string
  filter?: { query?: string; draft?: boolean; archived?: boolean; hidden?: boolean; variants?: boolean }
  selectionIds?: Array<{ id: string; variants?: Array<{ id: string }> }>
}

type Selection = unknown[] & { selection?: unknown[] }

/** Resolves with the chosen resources, or undefined when the merchant cancelled. */
export async function pickResources(
  channel: AdminChannel,
  options: ResourcePickerOptions,
): Promise<Selection | undefined> {
  if (!['product', 'variant', 'collection'].includes(options?.type)) {
    throw new TypeError(`App Bridge: resourcePicker knows no type "${String(options?.type)}".`)
  }
  const answer = await channel.ask({
    method: 'picker',
    picker: {
      type: options.type,
      action: options.action ?? 'add',
      multiple: options.multiple ?? false,
      query: options.query ?? options.filter?.query ?? '',
      selectionIds: (options.selectionIds ?? []).map((selected) => selected.id),
      onlyActive: options.filter?.draft === false || options.filter?.hidden === false,
    },
  })
  if (!Array.isArray(answer)) return undefined
  const selection: Selection = answer
  selection.selection = answer
  return selection
}
