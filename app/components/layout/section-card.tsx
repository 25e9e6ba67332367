import { BlockStack, Card, Text } from '@shopify/polaris'
import type { ReactNode } from 'react'

/** A titled part of a detail page. */
export function SectionCard({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {title}
        </Text>
        {children}
      </BlockStack>
    </Card>
  )
}
