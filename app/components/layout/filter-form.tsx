import './filter-form.css'
import { Form, Link, useSearchParams, useSubmit } from '@remix-run/react'
import { type FormEvent, type ReactNode, useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useEarlyTyping } from '../form/use-early-typing.ts'

export interface FilterFormProps {
  label: string
  /** Where "clear filters" leads; shown when something is filtered. */
  clearTo: string
  filtered: boolean
  children: ReactNode
}

/** Filters that live in the URL: choosing submits, reloading keeps, without script the button works. */
export function FilterForm({ label, clearTo, filtered, children }: FilterFormProps) {
  const { t } = useTranslation()
  const submit = useSubmit()
  const [params] = useSearchParams()
  const id = useId()
  const form = useRef<HTMLFormElement>(null)
  const early = useRef(false)
  useEarlyTyping(id, () => {
    early.current = true
    if (form.current) apply(form.current)
  })
  // The fields keep their own state: they follow a URL that changed by other means (back, clear), and keep the focus meanwhile.
  useEffect(() => {
    if (early.current) {
      early.current = false
      return
    }
    for (const field of form.current?.elements ?? []) {
      const isTyping = field instanceof HTMLInputElement && field === document.activeElement
      if (isTyping || !(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) continue
      field.value = params.get(field.name) ?? ''
    }
  }, [params])
  const apply = (form: HTMLFormElement) => {
    const chosen = [...new FormData(form)].filter(([, value]) => value !== '')
    submit(new URLSearchParams(chosen.map(([name, value]) => [name, String(value)])), { replace: true })
  }
  const onChange = (event: FormEvent<HTMLFormElement>) => {
    if (event.target instanceof HTMLSelectElement) apply(event.currentTarget)
  }
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    apply(event.currentTarget)
  }
  return (
    <Form
      id={id}
      ref={form}
      method="get"
      role="search"
      aria-label={label}
      className="fil-filters"
      onChange={onChange}
      onSubmit={onSubmit}
    >
      {children}
      <button type="submit" hidden />
      {/* Keeps its place while hidden, so that filtering moves nothing. */}
      <Link to={clearTo} className={filtered ? undefined : 'fil-nothing-to-clear'}>
        {t('common.clearFilters')}
      </Link>
    </Form>
  )
}

export interface FilterSelectProps {
  name: string
  label: string
  anyLabel: string
  value: string
  options: Array<{ value: string; label: string }>
}

export function FilterSelect({ name, label, anyLabel, value, options }: FilterSelectProps) {
  return (
    <label className="fil-filter">
      <span>{label}</span>
      <select name={name} defaultValue={value}>
        <option value="">{anyLabel}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  )
}

export function FilterText({
  name,
  label,
  value,
  placeholder,
}: {
  name: string
  label: string
  value: string
  placeholder?: string
}) {
  return (
    <label className="fil-filter">
      <span>{label}</span>
      <input type="search" name={name} defaultValue={value} placeholder={placeholder} enterKeyHint="search" />
    </label>
  )
}
