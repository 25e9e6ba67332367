import { BlockStack, Button, InlineError, Select, Text, TextField } from '@shopify/polaris'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { PieceStock } from '#app/adapters/shopify/fetch-piece-stock.ts'
import type { TypedAct } from '#app/domain/drops/typed-plan.ts'
import type { DropFormValues, WaveText } from './drop-form-values.ts'

/** What is known of the picked pieces; null until Shopify has answered, or when it did not. */
export interface PieceChoices {
  stock: ReadonlyMap<string, PieceStock>
  state: 'loading' | 'known' | 'unknown'
}

export interface WaveRowsProps {
  act: TypedAct
  values: Pick<DropFormValues, 'acts' | 'waves' | 'pieces'>
  pieces: PieceChoices
  onWaves: (waves: WaveText[]) => void
  error: (place: string) => string | undefined
}

/** Units that are put aside when the drop is scheduled, and come on sale at this act. */
export function WaveRows({ act, values, pieces, onWaves, error }: WaveRowsProps) {
  const { t } = useTranslation()
  const rows = values.waves.filter(({ actId }) => actId === act.id)
  const change = (wave: WaveText) => onWaves(values.waves.map((one) => (one.id === wave.id ? wave : one)))
  const add = () => {
    const [first] = values.pieces
    const variantId = first?.variantId ?? ''
    const wave = { id: crypto.randomUUID(), actId: act.id, variantId, locationId: '', units: '' }
    onWaves([...values.waves, wave])
  }
  const addButton = (
    <Button variant="plain" onClick={add} disabled={values.pieces.length === 0}>
      {t(rows.length === 0 ? 'drops.form.waves.holdBack' : 'drops.form.waves.more')}
    </Button>
  )
  const problem = act.kind === 'wave' && rows.length === 0 ? t('drops.problem.act_without_wave') : null
  if (rows.length === 0)
    return (
      <BlockStack gap="100" inlineAlign="start">
        {problem ? <Text as="p">{problem}</Text> : null}
        {addButton}
      </BlockStack>
    )
  return (
    <div className="fil-waves">
      {values.pieces.length === 0 ? <Text as="p">{t('drops.form.waves.piecesFirst')}</Text> : null}
      {rows.map((wave) => (
        <WaveRow
          key={wave.id}
          wave={wave}
          values={values}
          pieces={pieces}
          problem={error(`wave.${wave.id}`)}
          onChange={change}
          onRemove={() => onWaves(values.waves.filter(({ id }) => id !== wave.id))}
        />
      ))}
      <div>{addButton}</div>
    </div>
  )
}

interface WaveRowProps {
  wave: WaveText
  values: WaveRowsProps['values']
  pieces: PieceChoices
  problem: string | undefined
  onChange: (wave: WaveText) => void
  onRemove: () => void
}

function WaveRow({ wave, values, pieces, problem, onChange, onRemove }: WaveRowProps) {
  const { t } = useTranslation()
  const levels = pieces.stock.get(wave.variantId)?.levels ?? []
  const level = levels.find(({ locationId }) => locationId === wave.locationId)
  const planned = values.waves
    .filter(({ variantId, locationId }) => variantId === wave.variantId && locationId === wave.locationId)
    .reduce((sum, { units }) => sum + (/^\d{1,7}$/.test(units) ? Number(units) : 0), 0)
  const short = level && planned > level.available ? planned - level.available : 0
  // With one place there is nothing to choose.
  const only = levels.length === 1 ? levels[0] : undefined
  useEffect(() => {
    if (only && wave.locationId === '') onChange({ ...wave, locationId: only.locationId })
  }, [only, wave, onChange])
  return (
    <BlockStack gap="100">
      <div className="fil-wave">
        <Select
          label={t('drops.form.waves.piece')}
          value={wave.variantId}
          onChange={(variantId) => onChange({ ...wave, variantId, locationId: '' })}
          options={[
            { value: '', label: t('drops.form.waves.choosePiece') },
            ...values.pieces.map(({ variantId, title }) => ({ value: variantId, label: title })),
          ]}
          error={problem !== undefined && wave.variantId === ''}
        />
        <Select
          label={t('drops.form.waves.location')}
          value={wave.locationId}
          onChange={(locationId) => onChange({ ...wave, locationId })}
          options={[
            {
              value: '',
              label: pieces.state === 'loading' ? t('common.loading') : t('drops.form.waves.chooseLocation'),
            },
            ...levels.map(({ locationId, name, available }) => ({
              value: locationId,
              label: t('drops.form.waves.available', { name, count: available }),
            })),
            // What was chosen stays chosen while it is not known by name.
            ...(wave.locationId !== '' && !level
              ? [{ value: wave.locationId, label: t('drops.form.waves.unknownLocation') }]
              : []),
          ]}
          error={problem !== undefined && wave.locationId === ''}
        />
        <TextField
          id={`wave-units-${wave.id}`}
          label={t('drops.form.waves.units')}
          value={wave.units}
          onChange={(units) => onChange({ ...wave, units })}
          inputMode="numeric"
          autoComplete="off"
          error={problem !== undefined && wave.variantId !== '' && wave.locationId !== ''}
        />
        <Button onClick={onRemove} accessibilityLabel={t('drops.form.waves.remove')}>
          {t('drops.form.remove')}
        </Button>
      </div>
      {problem ? <InlineError message={problem} fieldID={`wave-units-${wave.id}`} /> : null}
      {short > 0 && level ? (
        <Text as="p" tone="caution" variant="bodySm">
          {t('drops.form.waves.short', { planned, available: level.available, name: level.name })}
        </Text>
      ) : null}
    </BlockStack>
  )
}
