import { useTranslation } from 'react-i18next'
import { formatPeriod } from '../figures/format-date.ts'
import { FilterForm, FilterSelect, FilterText } from '../layout/filter-form.tsx'

export interface JournalFilterValues {
  creator: string
  kind: string
  period: string
  order: string
}

export interface JournalFiltersProps {
  filtered: boolean
  creatorOptions: Array<{ id: string; name: string }>
  periodOptions: string[]
  kinds: readonly string[]
  filters: JournalFilterValues
}

export function JournalFilters({
  filtered,
  creatorOptions,
  periodOptions,
  kinds,
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
    </FilterForm>
  )
}
