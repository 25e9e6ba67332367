import { Badge, Banner, BlockStack, Button, FormLayout, InlineStack, Text, TextField } from '@shopify/polaris'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FactHistory } from '#app/features/tax/dated-facts-view.server.ts'
import { DateText } from '../figures/date-text.tsx'
import { type Fact, FactList } from '../layout/fact-list.tsx'
import { SectionCard } from '../layout/section-card.tsx'
import { Person } from './person.tsx'
import { type PostForm, usePostForm } from './use-post-form.ts'

export interface FactCardProps<Facts, Values extends Record<string, string>> {
  title: string
  help: string
  /** Said when nothing is in force. */
  none: string
  history: FactHistory<Facts>
  /** What is in force, labelled. */
  facts: (facts: Facts) => Fact[]
  /** One recorded row in a few words. */
  summary: (facts: Facts) => string
  /** What the form begins with. */
  initial: Values
  intent: string
  formId: string
  today: string
  timeZone: string
  me: string
  children: (form: PostForm<Values & { inForceFrom: string }>) => ReactNode
}

/** Facts that hold from a day on: what holds now, what was and will be, and a form that notes the next change. */
export function FactCard<Facts, Values extends Record<string, string>>(props: FactCardProps<Facts, Values>) {
  const { title, help, none, history, facts } = props
  const { t } = useTranslation()
  const [editing, setEditing] = useState(false)
  const label = history.recorded.length > 0 ? t('payouts.facts.change') : t('payouts.facts.add')
  return (
    <SectionCard title={title}>
      <Text as="p" tone="subdued">
        {help}
      </Text>
      {history.inForce ? <FactList facts={facts(history.inForce)} /> : <Text as="p">{none}</Text>}
      <Recorded {...props} />
      {editing ? (
        <FactForm {...props} onDone={() => setEditing(false)} />
      ) : (
        <InlineStack>
          <Button accessibilityLabel={`${label}: ${title}`} onClick={() => setEditing(true)}>
            {label}
          </Button>
        </InlineStack>
      )}
    </SectionCard>
  )
}

function Recorded<Facts, Values extends Record<string, string>>({
  history,
  summary,
  timeZone,
  me,
}: FactCardProps<Facts, Values>) {
  const { t } = useTranslation()
  // One fact that holds is all there is to say.
  const isPlain = history.recorded.length <= 1 && history.inForce !== null
  if (history.recorded.length === 0 || isPlain) return null
  return (
    <BlockStack gap="100">
      <Text as="h3" variant="headingSm">
        {t('payouts.facts.history')}
      </Text>
      {history.recorded.map((fact) => (
        <InlineStack key={fact.id} gap="200" align="space-between">
          <InlineStack gap="200">
            <Text as="span" breakWord>
              {t('payouts.facts.from')} <DateText at={fact.inForceFrom} />: {summary(fact.facts)}
            </Text>
            {fact.standing === 'past' ? null : (
              <Badge tone={fact.standing === 'in_force' ? 'success' : 'info'}>
                {t(`payouts.facts.standing.${fact.standing}`)}
              </Badge>
            )}
          </InlineStack>
          <Text as="span" tone="subdued">
            <Person actor={fact.recordedBy} me={me} /> · <DateText at={fact.recordedAt} timeZone={timeZone} />
          </Text>
        </InlineStack>
      ))}
    </BlockStack>
  )
}

function FactForm<Facts, Values extends Record<string, string>>({
  initial,
  intent,
  formId,
  today,
  children,
  onDone,
}: FactCardProps<Facts, Values> & { onDone: () => void }) {
  const { t } = useTranslation()
  const form = usePostForm({ ...initial, inForceFrom: today }, 'payouts.done.factRecorded', onDone)
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        form.submit({ intent, formId })
      }}
    >
      <FormLayout>
        {form.problem ? <Banner tone="critical">{form.problem}</Banner> : null}
        {children(form)}
        <TextField
          type="date"
          label={t('payouts.facts.inForceFrom')}
          helpText={t('payouts.facts.inForceFromHelp')}
          autoComplete="off"
          {...form.field('inForceFrom')}
        />
        <InlineStack gap="200">
          <Button submit variant="primary" loading={form.busy}>
            {t('payouts.facts.record')}
          </Button>
          <Button onClick={onDone}>{t('common.discard')}</Button>
        </InlineStack>
      </FormLayout>
    </form>
  )
}
