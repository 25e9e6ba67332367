import { BlockStack, Box, Card, Checkbox, Collapsible } from '@shopify/polaris'
import type { ReactNode } from 'react'
import type { FormHandle } from '../form/save-bar-form.tsx'
import type { AgreementFormValues } from './agreement-form-values.ts'

type Flag = 'hasTiers' | 'hasReserve' | 'hasGuarantee' | 'hasRetention' | 'hasSubscription'

export interface FoldOutProps {
  form: FormHandle<AgreementFormValues>
  /** Whether this part is agreed. */
  flag: Flag
  title: string
  help: string
  children: ReactNode
}

/** A part of terms that most agreements do without: a switch that folds its fields out. */
export function FoldOut({ form, flag, title, help, children }: FoldOutProps) {
  const on = form.values[flag]
  return (
    <Card>
      <BlockStack>
        <Checkbox
          label={title}
          helpText={help}
          checked={on}
          onChange={(checked) => form.set(flag, checked)}
          ariaControls={`fold-${flag}`}
        />
        <Collapsible id={`fold-${flag}`} open={on}>
          {on ? <Box paddingBlockStart="400">{children}</Box> : null}
        </Collapsible>
      </BlockStack>
    </Card>
  )
}
