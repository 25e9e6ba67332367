import { InlineStack, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { RowAction } from '../creators/row-action.tsx'

export interface ProposalActionsProps {
  /** Says what it is about: { adjustmentId } and the like. */
  fields: Record<string, string>
  /** The same in words, for whoever hears the buttons without their row. */
  about: string
  mayAgree: boolean
  agree: { label: string; done: string }
  reject: { label: string; done: string }
}

/** What a person can do with something that waits for a second one. */
export function ProposalActions({ fields, about, mayAgree, agree, reject }: ProposalActionsProps) {
  const { t } = useTranslation()
  return (
    <InlineStack gap="100" blockAlign="center">
      {mayAgree ? (
        <RowAction
          label={agree.label}
          fields={{ ...fields, intent: 'agree' }}
          done={agree.done}
          about={about}
        />
      ) : (
        <Text as="span" tone="subdued">
          {t('payouts.proposal.waits')}
        </Text>
      )}
      <RowAction
        label={reject.label}
        fields={{ ...fields, intent: 'reject' }}
        done={reject.done}
        about={about}
        tone="critical"
      />
    </InlineStack>
  )
}
