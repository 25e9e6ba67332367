import { BlockStack, InlineGrid } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { DropFormView } from '#app/features/drops/drop-form-view.server.ts'
import { Section } from '../agreements/section.tsx'
import { refusalText } from '../form/form-outcome.ts'
import { type FormHandle, SaveBarForm } from '../form/save-bar-form.tsx'
import type { DropFormValues } from './drop-form-values.ts'
import { ArrivalFields, PriceFields, RuleFields } from './figure-fields.tsx'
import { EarlyFields, LimitFields, NameFields, WithFields } from './people-fields.tsx'
import { PieceFields } from './piece-fields.tsx'
import { byPlace, liveProblems, refusalOf } from './plan-problems.ts'
import { PlanSummary } from './plan-summary.tsx'
import { TimelineEditor } from './timeline-editor.tsx'
import { useDescribeDrop } from './use-describe-drop.ts'
import { usePieceStock } from './use-piece-stock.ts'

export interface DropEditorProps {
  view: DropFormView
  initial: DropFormValues
}

/** What the parts of the form are given. */
export interface DropFieldsProps {
  form: FormHandle<DropFormValues>
  view: DropFormView
  /** Of a field, or of a row's place. */
  error: (place: string) => string | undefined
}

/** The plan of a drop: its timeline, what it sells and to whom, beside the same in words. */
export function DropEditor({ view, initial }: DropEditorProps) {
  const describe = useDescribeDrop(view)
  return (
    <SaveBarForm id="drop" initial={initial} alwaysSavable={view.editing !== null} describe={describe}>
      {(form) => <Fields form={form} view={view} />}
    </SaveBarForm>
  )
}

function Fields({ form, view }: Pick<DropFieldsProps, 'form' | 'view'>) {
  const { t, i18n } = useTranslation()
  const { timeZone, currency } = view
  const { values } = form
  const pieces = usePieceStock(values.pieces.map(({ variantId }) => variantId))
  const problems = liveProblems(values, currency, timeZone)
  const live = byPlace(problems)
  const error = (place: string) => {
    const found = live.get(place)
    const said = form.error(place)
    if (!found) return isLivePlace(place) ? undefined : said
    // What is only not filled in yet is pointed at once somebody wanted to save it.
    if (said === undefined && !EAGER.has(found.reason)) return undefined
    return refusalText(refusalOf(found, timeZone, i18n.language), (key, params) => t(key, params ?? {}))
  }
  const parts = { form, view, error }
  return (
    <InlineGrid columns={{ xs: 1, md: ['twoThirds', 'oneThird'] }} gap="400">
      <BlockStack gap="400">
        <NameFields {...parts} />
        <PieceFields {...parts} pieces={pieces} />
        <Section title={t('drops.form.timeline')} help={t('drops.form.timelineHelp', { zone: timeZone })}>
          <TimelineEditor
            values={values}
            timeZone={timeZone}
            pieces={pieces}
            onActs={(acts) => form.set('acts', acts)}
            onWaves={(waves) => form.set('waves', waves)}
            error={error}
          />
        </Section>
        {values.acts.some(({ kind }) => kind === 'early_access') ? <EarlyFields {...parts} /> : null}
        <LimitFields {...parts} />
        <PriceFields {...parts} />
        <RuleFields {...parts} />
        <ArrivalFields {...parts} />
        <WithFields {...parts} />
      </BlockStack>
      <PlanSummary values={values} view={view} problems={problems} />
    </InlineGrid>
  )
}

/** Said as soon as it is so: a wrong time is easiest to put right where it was just typed. */
const EAGER: ReadonlySet<string> = new Set([
  'act_time_missing',
  'act_time_repeated',
  'act_out_of_order',
  'acts_too_close',
  'drop_too_long',
  'last_above_low',
  'low_too_large',
  'last_too_large',
  'too_many_offers',
  'too_many_waves',
  'offered_twice',
  'wave_twice',
])

/** Places that are wholly judged in the browser: what an earlier save said of them is over when they are right. */
function isLivePlace(place: string): boolean {
  return /^(act|wave)\.|^timeline$/.test(place)
}
