import { Banner, BlockStack, InlineGrid, List, Text } from '@shopify/polaris'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { describeTerms } from '#app/domain/agreements/describe-terms.ts'
import type { AgreementFormView } from '#app/features/agreements/agreement-form-view.server.ts'
import { type FormHandle, SaveBarForm } from '../form/save-bar-form.tsx'
import { AgreementFields } from './agreement-fields.tsx'
import { type AgreementFormValues, readTerms } from './agreement-form-values.ts'
import { othersOnOnePiece } from './others-on-one-piece.ts'
import { SamplePanel } from './sample-panel.tsx'
import { Section } from './section.tsx'
import { useDescribeTerms } from './use-describe-terms.ts'

/** The form of an agreement beside a preview that follows every keystroke. */
export function AgreementEditor({
  view,
  initial,
}: {
  view: AgreementFormView
  initial: AgreementFormValues
}) {
  const { t } = useTranslation()
  const [picked, setPicked] = useState<AgreementFormView['titles']>({ products: {}, collections: {} })
  // Read anew with the page: somebody else may have chosen other pieces meanwhile.
  const titles = {
    products: { ...view.titles.products, ...picked.products },
    collections: { ...view.titles.collections, ...picked.collections },
  }
  const describe = useDescribeTerms(view.currency, titles)
  const onPicked = (kind: 'products' | 'collections', titles: Record<string, string>) =>
    setPicked((known) => ({ ...known, [kind]: { ...known[kind], ...titles } }))
  return (
    <SaveBarForm id="agreement" initial={initial} alwaysSavable={view.editing !== null} describe={describe}>
      {(form) => (
        // A grid stretches its cells, so that the preview has the room to stay in sight.
        <InlineGrid columns={{ xs: 1, md: ['twoThirds', 'oneThird'] }} gap="400">
          <BlockStack gap="400">
            {view.editing?.hasAcceptedVersion && view.editing.draftHash === null ? (
              <Banner tone="info">
                {t('agreements.form.newVersion', { number: view.editing.nextNumber })}
              </Banner>
            ) : null}
            <AgreementFields form={form} view={view} titles={titles} onPicked={onPicked} />
            <InWords values={form.values} currency={view.currency} titles={titles} />
          </BlockStack>
          <Preview form={form} view={view} />
        </InlineGrid>
      )}
    </SaveBarForm>
  )
}

function Preview({ form, view }: { form: FormHandle<AgreementFormValues>; view: AgreementFormView }) {
  // Half a form can already say what a sale pays: dates and names do not change it.
  const partly = readTerms(
    { ...form.values, startsOn: view.today, endsOn: '', minimumPayout: '0', holdDays: '0' },
    view.currency,
  )
  const terms = partly.ok ? partly.terms : null
  const { creatorId } = form.values
  return (
    <div>
      <div style={{ position: 'sticky', top: 'var(--p-space-400)' }}>
        <SamplePanel
          terms={terms}
          creatorName={view.creators.find((creator) => creator.id === creatorId)?.name ?? ''}
          others={terms ? othersOnOnePiece(terms, creatorId, view.others) : []}
          capBps={view.capBps}
          currency={view.currency}
        />
      </div>
    </div>
  )
}

interface InWordsProps {
  values: AgreementFormValues
  currency: string
  titles: AgreementFormView['titles']
}

/** What the creator will read, as soon as the form makes sense as a whole. */
function InWords({ values, currency, titles }: InWordsProps) {
  const { t, i18n } = useTranslation()
  const parsed = readTerms(values, currency)
  if (!parsed.ok) return null
  const { terms } = parsed
  const sentences = describeTerms(terms, {
    locale: i18n.language,
    productTitles: new Map(Object.entries(titles.products)),
    collectionTitles: new Map(Object.entries(titles.collections)),
  })
  return (
    <Section title={t('agreements.form.inWords')} help={t('agreements.form.inWordsHelp')}>
      <List>
        {sentences.map((sentence) => (
          <List.Item key={sentence.key}>
            <Text as="span">{sentence.text}</Text>
          </List.Item>
        ))}
      </List>
    </Section>
  )
}
