import { useSearchParams } from '@remix-run/react'
import {
  BlockStack,
  Box,
  Button,
  ButtonGroup,
  InlineGrid,
  InlineStack,
  Pagination,
  Select,
  TextField,
} from '@shopify/polaris'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEarlyTyping } from '../form/use-early-typing.ts'

export interface ListChoice {
  /** Name in the URL. */
  param: string
  label: string
  value: string
  options: Array<{ value: string; label: string }>
}

export interface ListControlsProps {
  search: string
  searchLabel: string
  /** The first choice, shown as a row of buttons. */
  segments: ListChoice
  selects: ListChoice[]
}

const TYPING_PAUSE_MS = 250
const CONTROLS_ID = 'list-controls'

/** Search, filters and sorting of a list. Everything lives in the URL, so that a reload or a shared link shows the same. */
export function ListControls({ search, searchLabel, segments, selects }: ListControlsProps) {
  const { t } = useTranslation()
  const choose = useListParams()
  const [text, setText] = useState(search)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => setText(search), [search])
  useEarlyTyping(CONTROLS_ID, (early) => {
    const [param, value] = Object.entries(early)[0] ?? []
    if (param === 'q') type(value ?? '')
    else if (param) choose(param, value ?? '')
  })
  useEffect(() => () => clearTimeout(timer.current), [])
  const type = (value: string) => {
    setText(value)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => choose('q', value.trim()), TYPING_PAUSE_MS)
  }
  const clear = () => {
    clearTimeout(timer.current)
    setText('')
    choose('q', '')
  }
  return (
    <Box padding="400" id={CONTROLS_ID}>
      <BlockStack gap="300">
        <InlineStack>
          <ButtonGroup variant="segmented">
            {segments.options.map((option) => (
              <Button
                key={option.value}
                pressed={option.value === segments.value}
                onClick={() => choose(segments.param, option.value)}
              >
                {option.label}
              </Button>
            ))}
          </ButtonGroup>
        </InlineStack>
        <InlineGrid columns={{ xs: 1, md: 2 }} gap="300">
          <TextField
            label={searchLabel}
            labelHidden
            placeholder={searchLabel}
            name="q"
            value={text}
            onChange={type}
            type="search"
            autoComplete="off"
            clearButton
            onClearButtonClick={clear}
          />
          <InlineGrid columns={selects.length} gap="300">
            {selects.map((select) => (
              <Select
                key={select.param}
                label={select.label}
                labelHidden
                options={select.options}
                name={select.param}
                value={select.value}
                onChange={(value) => choose(select.param, value)}
              />
            ))}
          </InlineGrid>
        </InlineGrid>
        <div role="status" className="Polaris-Text--visuallyHidden">
          {text !== search ? t('common.loading') : ''}
        </div>
      </BlockStack>
    </Box>
  )
}

/** Previous and next page of a list; nothing when there is only one. */
export function ListPages({ page, pageCount, label }: { page: number; pageCount: number; label: string }) {
  const choose = useListParams()
  if (pageCount <= 1) return null
  return (
    <Box padding="300" borderBlockStartWidth="025" borderColor="border">
      <InlineStack align="center">
        <Pagination
          label={label}
          hasPrevious={page > 1}
          hasNext={page < pageCount}
          onPrevious={() => choose('page', String(page - 1))}
          onNext={() => choose('page', String(page + 1))}
        />
      </InlineStack>
    </Box>
  )
}

/** Sets one parameter and keeps the others; any change but of the page itself begins at the first page. */
export function useListParams(): (param: string, value: string) => void {
  const [, setParams] = useSearchParams()
  return (param, value) =>
    setParams(
      (current) => {
        const next = new URLSearchParams(current)
        if (param !== 'page') next.delete('page')
        if (value === '') next.delete(param)
        else next.set(param, value)
        return next
      },
      { replace: param === 'q', preventScrollReset: param !== 'page' },
    )
}
