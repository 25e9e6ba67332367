import { Banner, Button, FormLayout, Select, TextField } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { GiftListView } from '#app/features/gifts/gift-list-view.server.ts'
import { SectionCard } from '../layout/section-card.tsx'
import { usePostForm } from '../payouts/use-post-form.ts'

/** Notes a piece that was given away, at the value that a buyer would pay. */
export function GiftForm({ view, formId }: { view: GiftListView; formId: string }) {
  const { t } = useTranslation()
  const form = usePostForm(
    { creatorId: '', description: '', amount: '', givenOn: view.today },
    'payouts.done.giftNoted',
  )
  return (
    <SectionCard title={t('payouts.gifts.add')}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          form.submit({ formId })
        }}
      >
        <FormLayout>
          {form.problem ? <Banner tone="critical">{form.problem}</Banner> : null}
          <FormLayout.Group>
            <Select
              label={t('payouts.preview.creator')}
              placeholder={t('payouts.adjustments.chooseCreator')}
              options={view.creators.map(({ id, name }) => ({ value: id, label: name }))}
              {...form.field('creatorId')}
            />
            <TextField
              label={t('payouts.gifts.description')}
              autoComplete="off"
              maxLength={200}
              {...form.field('description')}
            />
          </FormLayout.Group>
          <FormLayout.Group>
            <TextField
              label={t('payouts.gifts.value')}
              helpText={t('payouts.gifts.valueHelp')}
              suffix={view.currency}
              inputMode="decimal"
              autoComplete="off"
              {...form.field('amount')}
            />
            <TextField
              type="date"
              label={t('payouts.gifts.givenOn')}
              max={view.today}
              autoComplete="off"
              {...form.field('givenOn')}
            />
          </FormLayout.Group>
          <Button submit loading={form.busy}>
            {t('payouts.gifts.add')}
          </Button>
        </FormLayout>
      </form>
    </SectionCard>
  )
}
