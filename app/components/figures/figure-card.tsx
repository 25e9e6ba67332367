import './figure-card.css'
import { BlockStack, Card, Text } from '@shopify/polaris'
import type { ReactNode } from 'react'

export interface FigureCardProps {
  label: string
  value: ReactNode
  hint: string
  /** A second line, such as a comparison. */
  note?: string | undefined
}

/** One figure at a glance. */
export function FigureCard({ label, value, hint, note }: FigureCardProps) {
  return (
    <Card>
      <BlockStack gap="100">
        <Text as="h2" variant="bodyMd" tone="subdued">
          {label}
        </Text>
        <p className="fil-figure">{value}</p>
        <Text as="p" variant="bodySm" tone="subdued">
          {hint}
        </Text>
        {note ? (
          <Text as="p" variant="bodySm" tone="subdued">
            {note}
          </Text>
        ) : null}
      </BlockStack>
    </Card>
  )
}
