import { BlockStack, Checkbox, FormLayout, InlineError, Select, Text, TextField } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { Section } from '../agreements/section.tsx'
import type { DropFieldsProps } from './drop-editor.tsx'
import { handleFrom } from './drop-form-values.ts'

/** How the drop is called, by people and in links. */
export function NameFields({ form, error }: DropFieldsProps) {
  const { t } = useTranslation()
  const { title, handle } = form.values
  return (
    <Section title={t('drops.form.name')}>
      <FormLayout>
        <TextField
          {...form.text('title')}
          label={t('drops.form.title')}
          helpText={t('drops.form.titleHelp')}
          autoComplete="off"
          maxLength={120}
          error={error('title')}
          onChange={(value) => {
            form.set('title', value)
            // The link's name follows the title until somebody gives it another.
            if (handle === handleFrom(title)) form.set('handle', handleFrom(value))
          }}
        />
        <TextField
          {...form.text('handle')}
          label={t('drops.form.handle')}
          helpText={t('drops.form.handleHelp')}
          autoComplete="off"
          maxLength={40}
          error={error('handle')}
        />
      </FormLayout>
    </Section>
  )
}

/** Who may buy before the opening. */
export function EarlyFields({ form, error }: DropFieldsProps) {
  const { t } = useTranslation()
  const { earlyPastBuyers, earlyPasses } = form.values
  const problem = error('early')
  return (
    <Section title={t('drops.form.early')} help={t('drops.form.earlyHelp')}>
      <BlockStack gap="300">
        <FormLayout>
          <FormLayout.Group>
            <TextField
              {...form.text('earlyTags')}
              label={t('drops.form.earlyTags')}
              helpText={t('drops.form.earlyTagsHelp')}
              autoComplete="off"
              error={problem !== undefined}
            />
            <TextField
              {...form.text('earlyTiers')}
              label={t('drops.form.earlyTiers')}
              helpText={t('drops.form.earlyTiersHelp')}
              autoComplete="off"
            />
          </FormLayout.Group>
        </FormLayout>
        <Checkbox
          label={t('drops.form.earlyPastBuyers')}
          helpText={t('drops.form.earlyPastBuyersHelp')}
          checked={earlyPastBuyers}
          onChange={(checked) => form.set('earlyPastBuyers', checked)}
        />
        <Checkbox
          label={t('drops.form.earlyPasses')}
          helpText={t('drops.form.earlyPassesHelp')}
          checked={earlyPasses}
          onChange={(checked) => form.set('earlyPasses', checked)}
        />
        {problem ? <InlineError message={problem} fieldID="early" /> : null}
      </BlockStack>
    </Section>
  )
}

/** How many pieces one customer may buy, and what that can and cannot keep up. */
export function LimitFields({ form, error }: DropFieldsProps) {
  const { t } = useTranslation()
  return (
    <Section title={t('drops.form.limit')}>
      <BlockStack gap="200">
        <TextField
          {...form.text('limit')}
          label={t('drops.form.limitLabel')}
          placeholder={t('drops.form.noLimit')}
          suffix={t('drops.form.pieceUnit')}
          inputMode="numeric"
          autoComplete="off"
          error={error('limit')}
        />
        <Text as="p" tone="subdued">
          {t('drops.form.limitWords')}
        </Text>
      </BlockStack>
    </Section>
  )
}

/** With whom the drop is made: its sales are booked under their agreement. */
export function WithFields({ form, view, error }: DropFieldsProps) {
  const { t } = useTranslation()
  const { creatorId } = form.values
  const agreements = view.agreements.filter((agreement) => agreement.creatorId === creatorId)
  return (
    <Section title={t('drops.form.with')} help={t('drops.form.withHelp')}>
      <FormLayout>
        <Select
          name="creatorId"
          label={t('drops.form.creator')}
          value={creatorId}
          onChange={(id) => {
            form.set('creatorId', id)
            const own = view.agreements.filter((agreement) => agreement.creatorId === id)
            form.set('agreementId', own.length === 1 ? (own[0]?.id ?? '') : '')
          }}
          options={[
            { value: '', label: t('drops.form.nobody') },
            ...view.creators.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          error={error('creatorId')}
        />
        {creatorId === '' ? null : (
          <Select
            label={t('drops.form.agreement')}
            helpText={t(agreements.length === 0 ? 'drops.form.noAgreements' : 'drops.form.agreementHelp')}
            name="agreementId"
            value={form.values.agreementId}
            onChange={(id) => form.set('agreementId', id)}
            options={[
              { value: '', label: t('drops.form.noAgreement') },
              ...agreements.map(({ id, title }) => ({ value: id, label: title })),
            ]}
            error={error('agreementId')}
          />
        )}
        {creatorId === '' ? null : (
          <TextField
            {...form.text('story')}
            label={t('drops.form.story')}
            helpText={t('drops.form.storyHelp')}
            multiline={3}
            maxLength={600}
            showCharacterCount
            autoComplete="off"
            error={error('story')}
          />
        )}
      </FormLayout>
    </Section>
  )
}
