import { FormLayout, Select, TextField } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { METHOD_KINDS } from '#app/domain/payouts/method-details.ts'
import type { PostForm } from './use-post-form.ts'

export const EMPTY_METHOD = {
  kind: 'sepa',
  currency: '',
  holder: '',
  iban: '',
  bic: '',
  street: '',
  building: '',
  postCode: '',
  town: '',
  country: '',
  email: '',
  instructions: '',
}

export type MethodValues = typeof EMPTY_METHOD

/** The fields of the chosen way of paying. */
export function MethodFields({ form }: { form: PostForm<MethodValues> }) {
  const { t } = useTranslation()
  const { kind } = form.values
  return (
    <FormLayout>
      <Select
        label={t('payouts.method.kind')}
        options={METHOD_KINDS.map((value) => ({ value, label: t(`payouts.method.kinds.${value}`) }))}
        {...form.field('kind')}
      />
      {kind === 'sepa' ? <BankFields form={form} /> : null}
      {kind === 'wise' ? (
        <TextField label={t('payouts.method.holder')} autoComplete="off" {...form.field('holder')} />
      ) : null}
      {kind === 'paypal' || kind === 'wise' ? (
        <TextField
          type="email"
          label={t(`payouts.method.emailOf.${kind}`)}
          autoComplete="off"
          {...form.field('email')}
        />
      ) : null}
      {kind === 'other' ? (
        <TextField
          label={t('payouts.method.instructions')}
          helpText={t('payouts.method.instructionsHelp')}
          multiline={3}
          maxLength={500}
          autoComplete="off"
          {...form.field('instructions')}
        />
      ) : null}
      {kind === 'sepa' ? null : (
        <TextField
          label={t('payouts.method.currency')}
          autoComplete="off"
          maxLength={3}
          {...form.field('currency')}
        />
      )}
    </FormLayout>
  )
}

type BankValues = Pick<
  MethodValues,
  'holder' | 'iban' | 'bic' | 'street' | 'building' | 'postCode' | 'town' | 'country'
>

/** Account and, where the bank wants it, address in its parts. */
export function BankFields<Values extends BankValues & Record<string, string>>({
  form,
}: {
  form: PostForm<Values>
}) {
  const { t } = useTranslation()
  return (
    <FormLayout>
      <TextField
        label={t('payouts.method.holder')}
        helpText={t('payouts.method.holderHelp')}
        autoComplete="off"
        {...form.field('holder')}
      />
      <FormLayout.Group>
        <TextField
          label={t('payouts.method.iban')}
          autoComplete="off"
          spellCheck={false}
          {...form.field('iban')}
        />
        <TextField
          label={t('payouts.method.bic')}
          helpText={t('payouts.method.bicHelp')}
          autoComplete="off"
          {...form.field('bic')}
        />
      </FormLayout.Group>
      <FormLayout.Group helpText={t('payouts.method.addressHelp')}>
        <TextField
          label={t('payouts.method.street')}
          autoComplete="off"
          maxLength={70}
          {...form.field('street')}
        />
        <TextField
          label={t('payouts.method.building')}
          autoComplete="off"
          maxLength={16}
          {...form.field('building')}
        />
      </FormLayout.Group>
      <FormLayout.Group>
        <TextField
          label={t('payouts.method.postCode')}
          autoComplete="off"
          maxLength={16}
          {...form.field('postCode')}
        />
        <TextField
          label={t('payouts.method.town')}
          autoComplete="off"
          maxLength={35}
          {...form.field('town')}
        />
        <TextField
          label={t('payouts.method.country')}
          autoComplete="off"
          maxLength={2}
          {...form.field('country')}
        />
      </FormLayout.Group>
    </FormLayout>
  )
}
