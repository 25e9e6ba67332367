import { BlockStack, ChoiceList, FormLayout, List, Select, Text, TextField } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { Section } from '../agreements/section.tsx'
import type { DropFieldsProps } from './drop-editor.tsx'

/** The price while the drop sells. */
export function PriceFields({ form, view, error }: DropFieldsProps) {
  const { t } = useTranslation()
  const { priceKind } = form.values
  return (
    <Section title={t('drops.form.price')} help={t('drops.form.priceHelp')}>
      <BlockStack gap="300">
        <ChoiceList
          name="priceKind"
          title={t('drops.form.price')}
          titleHidden
          choices={['none', 'percent', 'amount'].map((value) => ({
            value,
            label: t(`drops.form.prices.${value}`),
          }))}
          selected={[priceKind]}
          onChange={([kind]) => form.set('priceKind', kind ?? 'none')}
        />
        {priceKind === 'none' ? null : (
          <TextField
            {...form.text('priceOff')}
            label={t('drops.form.priceOff')}
            {...(priceKind === 'percent' ? { suffix: '%' } : { prefix: view.currency })}
            inputMode="decimal"
            autoComplete="off"
            error={error('priceOff')}
          />
        )}
      </BlockStack>
    </Section>
  )
}

/** When shoppers may be told that little is left, as a rule in words. */
export function RuleFields({ form, error }: DropFieldsProps) {
  const { t } = useTranslation()
  const { lowAt, lastAt } = form.values
  return (
    <Section title={t('drops.form.rule')} help={t('drops.form.ruleHelp')}>
      <BlockStack gap="300">
        <FormLayout>
          <FormLayout.Group>
            <TextField
              {...form.text('lowAt')}
              label={t('drops.form.lowAt')}
              suffix={t('drops.form.pieceUnit')}
              inputMode="numeric"
              autoComplete="off"
              error={error('lowAt')}
            />
            <TextField
              {...form.text('lastAt')}
              label={t('drops.form.lastAt')}
              suffix={t('drops.form.pieceUnit')}
              inputMode="numeric"
              autoComplete="off"
              error={error('lastAt')}
            />
          </FormLayout.Group>
        </FormLayout>
        <Text as="p">{ruleText(t, lowAt, lastAt)}</Text>
        <List>
          <List.Item>{t('drops.form.ruleNever.waves')}</List.Item>
          <List.Item>{t('drops.form.ruleNever.more')}</List.Item>
          <List.Item>{t('drops.form.ruleNever.stale')}</List.Item>
          <List.Item>{t('drops.form.ruleNever.logged')}</List.Item>
        </List>
      </BlockStack>
    </Section>
  )
}

function ruleText(
  t: (key: string, params: Record<string, string | number>) => string,
  lowAt: string,
  lastAt: string,
): string {
  const [low, last] = [Number(lowAt), Number(lastAt)]
  if (low === 0 && last === 0) return t('drops.form.ruleWords.never', {})
  if (last === 0) return t('drops.form.ruleWords.low', { low })
  return t('drops.form.ruleWords.both', { low, last })
}

/** When an order arrives, as a range that says what it rests on. */
export function ArrivalFields({ form, error }: DropFieldsProps) {
  const { t } = useTranslation()
  const { arrivalBasis } = form.values
  return (
    <Section title={t('drops.form.arrival')} help={t('drops.form.arrivalHelp')}>
      <FormLayout>
        <Select
          name="arrivalBasis"
          label={t('drops.form.arrivalBasis')}
          value={arrivalBasis}
          onChange={(basis) => form.set('arrivalBasis', basis)}
          options={['', 'in_stock', 'made_to_order', 'incoming'].map((value) => ({
            value,
            label: t(`drops.form.arrivals.${value || 'none'}`),
          }))}
        />
        {arrivalBasis === '' ? null : (
          <FormLayout.Group>
            <TextField
              {...form.text('arrivalFrom')}
              label={t('drops.form.arrivalFrom')}
              suffix={t('drops.form.days')}
              inputMode="numeric"
              autoComplete="off"
              error={error('arrivalFrom')}
            />
            <TextField
              {...form.text('arrivalTo')}
              label={t('drops.form.arrivalTo')}
              suffix={t('drops.form.days')}
              inputMode="numeric"
              autoComplete="off"
            />
          </FormLayout.Group>
        )}
      </FormLayout>
    </Section>
  )
}
