import { BlockStack, Box, Button, FormLayout, InlineStack, Select, TextField } from '@shopify/polaris'
import { DeleteIcon, PlusIcon } from '@shopify/polaris-icons'
import { useTranslation } from 'react-i18next'
import { PLATFORMS } from '#app/domain/creators/parse-creator-input.ts'
import type { FormHandle } from '../form/save-bar-form.tsx'
import { type EarlyTexts, useEarlyTyping } from '../form/use-early-typing.ts'
import type { ChannelDraft, CreatorFormValues } from './creator-form-values.ts'

const MOST_CHANNELS = 12
const LIST_ID = 'channels'

/** A creator's channels, one block each. Refusals come back by position: `channels.0.url`. */
export function ChannelFields({ form }: { form: FormHandle<CreatorFormValues> }) {
  const { t } = useTranslation()
  const { channels } = form.values
  const change = (index: number, part: Partial<ChannelDraft>) =>
    form.set(
      'channels',
      channels.map((channel, position) => (position === index ? { ...channel, ...part } : channel)),
    )
  const add = () =>
    form.set('channels', [...channels, { platform: 'instagram', handle: '', url: '', followers: '' }])
  useEarlyTyping(LIST_ID, (texts) => form.set('channels', withTexts(channels, texts)))
  const remove = (index: number) =>
    form.set(
      'channels',
      channels.filter((_, position) => position !== index),
    )
  return (
    <BlockStack gap="300" id={LIST_ID}>
      {channels.map((channel, index) => (
        <Box
          // biome-ignore lint/suspicious/noArrayIndexKey: drafts have no identity but their place.
          key={index}
          padding="300"
          borderWidth="025"
          borderColor="border"
          borderRadius="200"
        >
          <BlockStack gap="200">
            <ChannelEditor
              channel={channel}
              index={index}
              form={form}
              change={(part) => change(index, part)}
            />
            <InlineStack align="end">
              <Button
                icon={DeleteIcon}
                variant="tertiary"
                accessibilityLabel={t('creators.form.removeChannel', { number: index + 1 })}
                onClick={() => remove(index)}
              />
            </InlineStack>
          </BlockStack>
        </Box>
      ))}
      <InlineStack>
        <Button icon={PlusIcon} onClick={add} disabled={channels.length >= MOST_CHANNELS}>
          {t('creators.form.addChannel')}
        </Button>
      </InlineStack>
    </BlockStack>
  )
}

interface ChannelEditorProps {
  channel: ChannelDraft
  index: number
  form: FormHandle<CreatorFormValues>
  change: (part: Partial<ChannelDraft>) => void
}

function ChannelEditor({ channel, index, form, change }: ChannelEditorProps) {
  const { t } = useTranslation()
  const name = (part: keyof ChannelDraft) => `${LIST_ID}.${index}.${part}`
  // Any change to the list clears the refusals of the whole list: positions may have moved.
  const error = (part: keyof ChannelDraft) =>
    form.error('channels') === undefined ? undefined : form.error(`channels.${index}.${part}`)
  return (
    <FormLayout>
      <FormLayout.Group condensed>
        <Select
          label={t('creators.form.platform')}
          options={PLATFORMS.map((value) => ({ value, label: t(`creators.form.platforms.${value}`) }))}
          name={name('platform')}
          value={channel.platform}
          onChange={(platform) => change({ platform })}
          error={error('platform')}
        />
        <TextField
          label={t('creators.form.channelHandle')}
          autoComplete="off"
          name={name('handle')}
          value={channel.handle}
          onChange={(handle) => change({ handle })}
          error={error('handle')}
        />
      </FormLayout.Group>
      <FormLayout.Group condensed>
        <TextField
          label={t('creators.form.channelUrl')}
          type="url"
          placeholder="https://"
          autoComplete="off"
          name={name('url')}
          value={channel.url}
          onChange={(url) => change({ url })}
          error={error('url')}
        />
        <TextField
          label={t('creators.form.channelFollowers')}
          inputMode="numeric"
          autoComplete="off"
          name={name('followers')}
          value={channel.followers}
          onChange={(followers) => change({ followers })}
          error={error('followers')}
        />
      </FormLayout.Group>
    </FormLayout>
  )
}

function withTexts(channels: ChannelDraft[], texts: EarlyTexts): ChannelDraft[] {
  return channels.map((channel, index) => {
    const text = (part: keyof ChannelDraft) => texts[`${LIST_ID}.${index}.${part}`] ?? channel[part]
    return {
      platform: text('platform'),
      handle: text('handle'),
      url: text('url'),
      followers: text('followers'),
    }
  })
}
