import { useTranslation } from 'react-i18next'
import type { AccountChoice } from '#app/features/ledger/journal-list-query.ts'
import { formatPeriod } from '../figures/format-date.ts'
import { FilterForm, FilterSelect, FilterText } from '../layout/filter-form.tsx'

export interface JournalFilterValues {
  creator: string
  kind: string
  period: string
  order: string
  product: string
  account: AccountChoice | ''
  until: string
  drop: string
  currency: string
}

export interface JournalFiltersProps {
  filtered: boolean
  creatorOptions: Array<{ id: string; name: string }>
  productOptions: Array<{ id: string; title: string }>
  periodOptions: string[]
  kinds: readonly string[]
  accounts: readonly string[]
  filters: JournalFilterValues
}

export function JournalFilters({
  filtered,
  creatorOptions,
  productOptions,
  periodOptions,
  kinds,
  accounts,
  filters,
}: JournalFiltersProps) {
  const { t, i18n } = useTranslation()
  return (
    <FilterForm label={t('ledger.filters.label')} clearTo="/app/ledger" filtered={filtered}>
      <FilterText
        name="order"
        label={t('ledger.filters.order')}
        value={filters.order}
        placeholder={t('ledger.filters.orderPlaceholder')}
      />
      <FilterSelect
        name="creator"
        label={t('ledger.filters.creator')}
        anyLabel={t('ledger.filters.anyCreator')}
        value={filters.creator}
        options={creatorOptions.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <FilterSelect
        name="kind"
        label={t('ledger.filters.kind')}
        anyLabel={t('ledger.filters.anyKind')}
        value={filters.kind}
        options={kinds.map((kind) => ({ value: kind, label: t(`ledger.kind.${kind}`) }))}
      />
      <FilterSelect
        name="period"
        label={t('ledger.filters.period')}
        anyLabel={t('ledger.filters.anyPeriod')}
        value={filters.period}
        options={periodOptions.map((label) => ({
          value: label,
          label: formatPeriod(label, 'month', i18n.language),
        }))}
      />
      <FilterSelect
        name="account"
        label={t('ledger.filters.account')}
        anyLabel={t('ledger.filters.anyAccount')}
        value={filters.account}
        options={accounts.map((account) => ({
          value: account,
          label: t(`ledger.accountChoice.${account}`, { defaultValue: t(`ledger.account.${account}`) }),
        }))}
      />
      <FilterSelect
        name="product"
        label={t('ledger.filters.product')}
        anyLabel={t('ledger.filters.anyProduct')}
        value={filters.product}
        options={productOptions.map(({ id, title }) => ({ value: id, label: title }))}
      />
      {/* Narrowings that only links set: kept while the others change. */}
      {(['until', 'drop', 'currency'] as const).map((name) =>
        filters[name] === '' ? null : (
          <input key={name} type="hidden" name={name} defaultValue={filters[name]} />
        ),
      )}
    </FilterForm>
  )
}
