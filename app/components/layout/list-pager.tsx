import { useSearchParams } from '@remix-run/react'
import { Box, InlineStack, Pagination } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'

export interface ListPagerProps {
  label: string
  /** Search parameters of the neighbouring pages; null where there is none. */
  previous: Record<string, string> | null
  next: Record<string, string> | null
  /** Which parameters say the place; they are replaced, all others are kept. */
  places: string[]
}

/** Back and forth through a list by URL; nothing where there is only one page. */
export function ListPager({ label, previous, next, places }: ListPagerProps) {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  if (!previous && !next) return null
  const urlOf = (place: Record<string, string>) => {
    const changed = new URLSearchParams(params)
    for (const name of places) changed.delete(name)
    for (const [name, value] of Object.entries(place)) changed.set(name, value)
    return `?${changed}`
  }
  return (
    <Box padding="300" borderBlockStartWidth="025" borderColor="border-secondary" minHeight="52px">
      <InlineStack align="center">
        <Pagination
          accessibilityLabel={label}
          hasPrevious={previous !== null}
          hasNext={next !== null}
          previousTooltip={t('common.newer')}
          nextTooltip={t('common.older')}
          {...(previous ? { previousURL: urlOf(previous) } : {})}
          {...(next ? { nextURL: urlOf(next) } : {})}
        />
      </InlineStack>
    </Box>
  )
}
