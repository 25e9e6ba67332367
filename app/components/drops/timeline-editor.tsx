import './timeline-editor.css'
import { BlockStack, Button, ButtonGroup, Checkbox, InlineError, Text, TextField } from '@shopify/polaris'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ActKind, RELEASING_KINDS } from '#app/domain/drops/drop.ts'
import type { TypedAct } from '#app/domain/drops/typed-plan.ts'
import { formatInstant } from '../figures/format-date.ts'
import { type DropFormValues, inEditorOrder } from './drop-form-values.ts'
import { durationText } from './duration-text.ts'
import { instantOf, proposedTime, withActAt } from './move-acts.ts'
import { placeOfZone, useViewerZone } from './use-viewer-zone.ts'
import { type PieceChoices, WaveRows } from './wave-rows.tsx'

export interface TimelineEditorProps {
  values: Pick<DropFormValues, 'acts' | 'waves' | 'pieces'>
  timeZone: string
  pieces: PieceChoices
  onActs: (acts: TypedAct[]) => void
  onWaves: (waves: DropFormValues['waves']) => void
  /** Of `act.<id>`, `wave.<id>` and `timeline`. */
  error: (place: string) => string | undefined
}

const OPTIONAL: readonly ActKind[] = ['teaser', 'early_access', 'wave', 'after']

/** Acts as rows along an axis of time. Whatever is typed stays; what is wrong with it stands beside it. */
export function TimelineEditor(props: TimelineEditorProps) {
  const { values, timeZone, onActs, error } = props
  const { acts } = values
  const { t } = useTranslation()
  const [together, setTogether] = useState(true)
  // Of each act the last time that meant something: while a date is being typed, it means nothing for a moment.
  const lastAt = useRef(new Map<string, string>())
  for (const { id, local } of acts) {
    const at = instantOf(local, timeZone)
    if (at) lastAt.current.set(id, at)
  }
  const opening = acts.find(({ kind }) => kind === 'open')
  const setLocal = (act: TypedAct, local: string) =>
    onActs(
      withActAt(
        acts,
        {
          id: act.id,
          local,
          from: lastAt.current.get(act.id) ?? null,
          together: together && act.kind === 'open',
        },
        timeZone,
      ),
    )
  const add = (kind: ActKind) => {
    const act = { id: crypto.randomUUID(), kind, local: proposedTime(kind, acts, timeZone) }
    onActs(inEditorOrder([...acts, act]))
    if (kind === 'wave') props.onWaves([...values.waves, newWave(act.id, values.pieces)])
    focusSoon(`act-date-${act.id}`)
  }
  const remove = (act: TypedAct) => {
    const index = acts.findIndex(({ id }) => id === act.id)
    const neighbour = acts[index + 1] ?? acts[index - 1]
    onActs(acts.filter(({ id }) => id !== act.id))
    props.onWaves(values.waves.filter(({ actId }) => actId !== act.id))
    if (neighbour) focusSoon(`act-date-${neighbour.id}`)
  }
  const missing = [...OPTIONAL, 'open' as const, 'close' as const].filter(
    (kind) => kind === 'wave' || !acts.some((act) => act.kind === kind),
  )
  return (
    <BlockStack gap="400">
      <ol className="fil-timeline" aria-label={t('drops.form.timeline')}>
        {acts.map((act, index) => (
          <ActRow
            key={act.id}
            {...props}
            act={act}
            next={acts[index + 1] ?? null}
            opening={opening ?? null}
            number={waveNumber(acts, act)}
            onLocal={(local) => setLocal(act, local)}
            onLeave={() => {
              const sorted = inEditorOrder(acts)
              if (sorted.some(({ id }, place) => id !== acts[place]?.id)) onActs(sorted)
            }}
            onRemove={OPTIONAL.includes(act.kind) ? () => remove(act) : null}
          />
        ))}
      </ol>
      {error('timeline') ? <InlineError message={error('timeline') ?? ''} fieldID="timeline" /> : null}
      <Checkbox
        label={t('drops.form.together')}
        helpText={t('drops.form.togetherHelp')}
        checked={together}
        onChange={setTogether}
      />
      <BlockStack gap="200">
        <Text as="h3" variant="headingSm">
          {t('drops.form.addAct')}
        </Text>
        <ButtonGroup>
          {missing.map((kind) => (
            <Button key={kind} onClick={() => add(kind)}>
              {t(`drops.act.${kind}`)}
            </Button>
          ))}
        </ButtonGroup>
      </BlockStack>
    </BlockStack>
  )
}

interface ActRowProps extends TimelineEditorProps {
  act: TypedAct
  next: TypedAct | null
  opening: TypedAct | null
  number: number | null
  onLocal: (local: string) => void
  onLeave: () => void
  onRemove: (() => void) | null
}

function ActRow(props: ActRowProps) {
  const { act, next, number, timeZone, error, onLocal, onLeave, onRemove } = props
  const { t, i18n } = useTranslation()
  const [date = '', time = ''] = act.local.split('T')
  const problem = error(`act.${act.id}`)
  const name = number === null ? t(`drops.act.${act.kind}`) : t('drops.act.waveNumber', { number })
  const at = instantOf(act.local, timeZone)
  const nextAt = next && instantOf(next.local, timeZone)
  const gapMs = at && nextAt ? Date.parse(nextAt) - Date.parse(at) : null
  return (
    <li
      className={`fil-act fil-act--${act.kind}${problem ? ' fil-act--wrong' : ''}`}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) onLeave()
      }}
    >
      <span className="fil-act__dot" aria-hidden="true" />
      <fieldset style={{ border: 0, margin: 0, padding: 0, minInlineSize: 0 }}>
        <legend className="Polaris-Text--visuallyHidden">{name}</legend>
        <BlockStack gap="150">
          <div className="fil-act__head">
            <Text as="span" variant="headingSm">
              {name}
            </Text>
            {onRemove ? (
              <Button
                variant="plain"
                onClick={onRemove}
                accessibilityLabel={t('drops.form.removeAct', { name })}
              >
                {t('drops.form.remove')}
              </Button>
            ) : null}
          </div>
          <Text as="p" tone="subdued" variant="bodySm">
            {t(`drops.actHelp.${act.kind}`)}
          </Text>
          <div className="fil-act__times">
            <TextField
              id={`act-date-${act.id}`}
              label={t('drops.form.date')}
              labelHidden
              type="date"
              value={date}
              onChange={(value) => onLocal(`${value}T${time}`)}
              autoComplete="off"
              error={problem !== undefined}
            />
            <TextField
              id={`act-time-${act.id}`}
              label={t('drops.form.time')}
              labelHidden
              type="time"
              step={1}
              value={time}
              onChange={(value) => onLocal(`${date}T${value.length === 5 ? `${value}:00` : value}`)}
              autoComplete="off"
              error={problem !== undefined}
            />
            <span className="fil-act__other">
              <ElsewhereText at={at} {...props} />
            </span>
          </div>
          {problem ? <InlineError message={problem} fieldID={`act-time-${act.id}`} /> : null}
          {RELEASING_KINDS.includes(act.kind) ? <WaveRows {...props} /> : null}
        </BlockStack>
      </fieldset>
      {next ? (
        <div className="fil-act__gap" style={{ minHeight: gapHeight(gapMs) }}>
          {gapMs !== null && gapMs > 0
            ? t('drops.form.gap', { time: durationText(gapMs, i18n.language) })
            : null}
        </div>
      ) : null}
    </li>
  )
}

/** How far from the opening, and what the viewer's own clock shows then. */
function ElsewhereText({ at, act, opening, timeZone }: ActRowProps & { at: string | null }) {
  const { t, i18n } = useTranslation()
  const viewer = useViewerZone(timeZone)
  const opensAt = opening && instantOf(opening.local, timeZone)
  if (!at) return null
  const ms = opensAt ? Date.parse(at) - Date.parse(opensAt) : 0
  const distance =
    ms === 0
      ? null
      : t(ms < 0 ? 'drops.form.beforeOpening' : 'drops.form.afterOpening', {
          time: durationText(ms, i18n.language),
        })
  const own =
    viewer &&
    formatInstant(at, 'time', i18n.language, viewer) !== formatInstant(at, 'time', i18n.language, timeZone)
      ? t('drops.form.forYou', {
          time: formatInstant(at, 'time', i18n.language, viewer),
          place: placeOfZone(viewer),
        })
      : null
  return (
    <>
      {act.kind === 'open' || !distance ? null : <span>{distance}</span>}
      {own ? <span>{own}</span> : null}
    </>
  )
}

/** Longer waits stand further apart, though a day is no thousand times as tall as a minute. */
function gapHeight(ms: number | null): number {
  if (ms === null || ms <= 0) return 16
  return Math.round(16 + 6 * Math.log2(1 + ms / 60_000))
}

function waveNumber(acts: readonly TypedAct[], act: TypedAct): number | null {
  if (act.kind !== 'wave') return null
  return acts.filter(({ kind }) => kind === 'wave').findIndex(({ id }) => id === act.id) + 1
}

function newWave(actId: string, pieces: DropFormValues['pieces']): DropFormValues['waves'][number] {
  return {
    id: crypto.randomUUID(),
    actId,
    variantId: pieces[0]?.variantId ?? '',
    locationId: '',
    units: '',
  }
}

/** Once what was just asked for is on the page. */
function focusSoon(id: string): void {
  requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById(id)?.focus()))
}
