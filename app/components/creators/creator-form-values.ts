// The creator's form as texts, and what it means as input. Checked by the same domain parser in the browser and on the server.
import type { CreatorView } from '#app/features/creators/creator-view.server.ts'

export interface ChannelDraft {
  platform: string
  handle: string
  url: string
  followers: string
}

export type CreatorFormValues = {
  intent: 'create' | 'edit'
  /** Of the row to be made; empty when editing. */
  formId: string
  /** Of the row that is edited; "0" when making one. */
  revision: string
  name: string
  email: string
  handle: string
  locale: string
  channels: ChannelDraft[]
  notes: string
}

export function emptyCreatorForm(formId: string): CreatorFormValues {
  return {
    intent: 'create',
    formId,
    revision: '0',
    name: '',
    email: '',
    handle: '',
    locale: 'en',
    channels: [],
    notes: '',
  }
}

export function creatorFormFrom(creator: CreatorView['creator']): CreatorFormValues {
  const { name, email, handle, locale, notes } = creator
  return {
    intent: 'edit',
    formId: '',
    revision: String(creator.revision),
    name,
    email,
    handle,
    locale,
    channels: creator.channels.map((channel) => ({
      platform: channel.platform,
      handle: channel.handle,
      url: channel.url ?? '',
      followers: numberText(channel.followers),
    })),
    notes,
  }
}

function numberText(value: number | null): string {
  return value === null ? '' : String(value)
}
