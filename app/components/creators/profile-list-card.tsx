import { BlockStack, Box, Card, Text } from '@shopify/polaris'
import type { ReactNode } from 'react'
import { type EarlyTexts, useEarlyTyping } from '../form/use-early-typing.ts'

export interface ProfileListCardProps {
  title: string
  /** What the list is for; while it is empty, how to begin. */
  help: string
  /** The line that makes another one; null where none may be made. */
  add: ReactNode
  children: ReactNode
}

/** Something that a creator has several of, on their profile. */
export function ProfileListCard({ title, help, add, children }: ProfileListCardProps) {
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {title}
          </Text>
          <Text as="p" tone="subdued">
            {help}
          </Text>
        </BlockStack>
        {children}
        {add}
      </BlockStack>
    </Card>
  )
}

export interface AddLineProps {
  /** Unique on the page. */
  id: string
  onAdd: () => void
  /** Texts that were typed before the page came alive. */
  onEarlyTexts: (texts: EarlyTexts) => void
  children: ReactNode
}

/** The form under such a list. Its button submits once the page is alive. */
export function AddLine({ id, onAdd, onEarlyTexts, children }: AddLineProps) {
  useEarlyTyping(id, onEarlyTexts)
  return (
    <Box paddingBlockStart="300" borderBlockStartWidth="025" borderColor="border">
      <form
        id={id}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          onAdd()
        }}
      >
        {children}
      </form>
    </Box>
  )
}
