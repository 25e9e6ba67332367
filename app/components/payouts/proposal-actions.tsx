import { InlineStack, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { RowAction } from '../creators/row-action.tsx'

export interface ProposalActionsProps {
  /** Says what it is about: { adjustmentId } and the like. */
  fields: Record<string, string>
  mayAgree: boolean
  agree: { label: string; done: string }
  reject: { label: string; done: string }
}

/** What a person can do with something that waits for a second one. */
export function ProposalActions({ fields, mayAgree, agree, reject }: ProposalActionsProps) {
  const { t } = useTranslation()
  return (
    <InlineStack gap="100" blockAlign="center">
      {mayAgree ? (
        <RowAction label={agree.label} fields={{ ...fields, intent: 'agree' }} done={agree.done} />
      ) : (
        <Text as="span" tone="subdued">
          {t('payouts.proposal.waits')}
        </Text>
      )}
      <RowAction
        label={reject.label}
        fields={{ ...fields, intent: 'reject' }}
        done={reject.done}
        tone="critical"
      />
    </InlineStack>
  )
}
