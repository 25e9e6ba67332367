import { Banner, BlockStack, Checkbox, InlineGrid, SkeletonBodyText, Text, TextField } from '@shopify/polaris'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DropView } from '#app/features/drops/drop-view.server.ts'
import { usePost } from '../creators/row-action.tsx'
import { type FieldRefusal, refusalText } from '../form/form-outcome.ts'
import { QuestionModal } from '../layout/question-modal.tsx'
import { ConsequenceList } from './consequence-list.tsx'
import { localAfter } from './move-acts.ts'
import { refusalOfPress } from './press-words.ts'
import { type PressKind, type PreviewQuestion, usePreview } from './use-preview.ts'

export interface PressModalProps {
  drop: DropView['drop']
  press: PressKind
  onClose: () => void
}

const TEN_MINUTES_MS = 600_000
const DESTRUCTIVE: readonly PressKind[] = ['abort']

/** Asks before a press on a drop, with what follows from it as things stand at this moment. */
export function PressModal({ drop, press, onClose }: PressModalProps) {
  const { t, i18n } = useTranslation()
  const close = drop.acts.find(({ kind }) => kind === 'close')
  const [shift, setShift] = useState(false)
  const [closeLocal, setCloseLocal] = useState(
    close ? localAfter(close.at, TEN_MINUTES_MS, drop.timeZone) : '',
  )
  const question: PreviewQuestion = {
    press,
    ...(press === 'resume' && shift ? { shift } : {}),
    ...(press === 'extend' ? { closeLocal } : {}),
  }
  const preview = usePreview(drop.id, question, drop.revision)
  const { submit, busy, refused } = usePost(`drops.done.${press}`, onClose, 'common.notSaved')
  const words = (refusal: FieldRefusal | undefined) =>
    refusalText(refusal, (key, params) => t(key, params ?? {}))
  const problem =
    words(refused ? (refused.summary ?? Object.values(refused.fields)[0]) : undefined) ??
    (preview && !preview.ok ? words(refusalOfPress(preview, drop.timeZone, i18n.language)) : undefined)
  const titles = new Map(drop.offers.map(({ variantId, title }) => [variantId, title]))
  const [date = '', time = ''] = closeLocal.split('T')
  return (
    <QuestionModal
      open
      onClose={onClose}
      title={t(`drops.press.${press}.title`)}
      confirm={{
        label: t(`drops.press.${press}.do`),
        busy: busy || preview === null,
        destructive: DESTRUCTIVE.includes(press),
        // What would be refused is told below; there is nothing to press.
        disabled: preview !== null && !preview.ok,
        onAction: () => {
          if (preview?.ok)
            submit({
              intent: press,
              revision: String(drop.revision),
              shift: String(shift),
              closeLocal,
            })
        },
      }}
      cancelLabel={t('drops.press.cancel')}
    >
      {press === 'extend' ? (
        <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
          <TextField
            label={t('drops.press.newClose')}
            type="date"
            value={date}
            onChange={(value) => setCloseLocal(`${value}T${time}`)}
            autoComplete="off"
          />
          <TextField
            label={t('drops.form.time')}
            type="time"
            step={1}
            value={time}
            onChange={(value) => setCloseLocal(`${date}T${value.length === 5 ? `${value}:00` : value}`)}
            autoComplete="off"
          />
        </InlineGrid>
      ) : null}
      {press === 'resume' ? (
        <Checkbox
          label={t('drops.press.shift')}
          helpText={t('drops.press.shiftHelp')}
          checked={shift}
          onChange={setShift}
        />
      ) : null}
      <div aria-live="polite">
        <BlockStack gap="300">
          {problem ? <Banner tone="critical">{problem}</Banner> : null}
          {/* After a refusal too: what follows now is seen before it is pressed again. */}
          {preview?.ok ? (
            <BlockStack gap="200">
              <Text as="p">{t('drops.press.follows')}</Text>
              <ConsequenceList consequences={preview.consequences} timeZone={drop.timeZone} titles={titles} />
            </BlockStack>
          ) : null}
          {preview ? null : <SkeletonBodyText lines={4} />}
        </BlockStack>
      </div>
    </QuestionModal>
  )
}
