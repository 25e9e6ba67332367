import { Banner, BlockStack, InlineGrid } from '@shopify/polaris'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AgreementFormView } from '#app/features/agreements/agreement-form-view.server.ts'
import { type FormHandle, SaveBarForm } from '../form/save-bar-form.tsx'
import { AgreementFields } from './agreement-fields.tsx'
import { type AgreementFormValues, readTerms } from './agreement-form-values.ts'
import { othersOnOnePiece } from './others-on-one-piece.ts'
import { noPromises } from './promise-form-values.ts'
import { SamplePanel } from './sample-panel.tsx'
import { TermsInWords } from './terms-in-words.tsx'
import { useDescribeTerms } from './use-describe-terms.ts'
import { onePieceOf, useSampleSale } from './use-sample-sale.ts'
import { YearPanel } from './year-panel.tsx'

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
            <TermsInWords values={form.values} view={view} titles={titles} />
          </BlockStack>
          <Preview form={form} view={view} />
        </InlineGrid>
      )}
    </SaveBarForm>
  )
}

/** Stays in sight beside the form, and scrolls by itself where the window is low. */
const inSight = {
  position: 'sticky',
  top: 'var(--p-space-400)',
  maxHeight: 'calc(100vh - var(--p-space-800))',
  overflowY: 'auto',
} as const

function Preview({ form, view }: { form: FormHandle<AgreementFormValues>; view: AgreementFormView }) {
  const sample = useSampleSale(view.currency)
  // Half a form can already say what a sale pays: dates and names do not change it.
  const settled = {
    ...form.values,
    startsOn: view.today,
    endsOn: '',
    minimumPayout: '0',
    holdDays: '0',
  }
  const ofSale = readTerms({ ...settled, ...noPromises }, view.currency)
  const ofYear = readTerms(settled, view.currency)
  const terms = ofSale.ok ? ofSale.terms : null
  const { creatorId } = form.values
  const creatorName = view.creators.find((creator) => creator.id === creatorId)?.name ?? ''
  const others = terms ? othersOnOnePiece(terms, creatorId, view.others) : []
  const piece = onePieceOf(sample)
  const shared = { creatorName, currency: view.currency }
  return (
    <div>
      <div style={inSight}>
        <BlockStack gap="400">
          <SamplePanel terms={terms} sample={sample} others={others} capBps={view.capBps} {...shared} />
          <YearPanel
            terms={ofYear.ok ? ofYear.terms : null}
            sale={
              piece && {
                ...piece,
                otherSharesBps: others.map((other) => other.shareBps),
                capBps: view.capBps,
              }
            }
            {...shared}
          />
        </BlockStack>
      </div>
    </div>
  )
}
