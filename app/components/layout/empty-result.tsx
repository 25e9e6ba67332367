import { BlockStack, Box, Button, InlineStack, Text } from '@shopify/polaris'

export interface EmptyResultProps {
  title: string
  body: string
  action?: { label: string; url: string }
}

/** In the place of a list that has nothing to show: says why, and what to do about it. Draws no image, so nothing shifts. */
export function EmptyResult({ title, body, action }: EmptyResultProps) {
  return (
    <Box paddingBlock="1600" paddingInline="400">
      <BlockStack gap="300" inlineAlign="center">
        <Text as="h2" variant="headingMd" alignment="center">
          {title}
        </Text>
        <Box maxWidth="420px">
          <Text as="p" tone="subdued" alignment="center">
            {body}
          </Text>
        </Box>
        {action ? (
          <InlineStack>
            <Button url={action.url}>{action.label}</Button>
          </InlineStack>
        ) : null}
      </BlockStack>
    </Box>
  )
}
