import { BlockStack, Button, InlineStack, Text, TextField } from '@shopify/polaris'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CreatorView } from '#app/features/creators/creator-view.server.ts'
import { refusalText } from '../form/form-outcome.ts'
import { useIsAlive } from '../form/use-early-typing.ts'
import { CopyButton } from './copy-button.tsx'
import { AddLine, ProfileListCard } from './profile-list-card.tsx'
import { RowAction, usePost } from './row-action.tsx'

type ShareLink = CreatorView['links'][number]

/** A creator's share links, with a line to make another. */
export function LinksCard({
  links,
  formId,
  canAdd,
}: {
  links: ShareLink[]
  formId: string
  canAdd: boolean
}) {
  const { t } = useTranslation()
  return (
    <ProfileListCard
      title={t('creators.profile.links')}
      help={links.length === 0 ? t('creators.profile.noLinks') : t('creators.profile.linksHelp')}
      add={canAdd ? <NewLink formId={formId} /> : null}
    >
      {links.map((link) => (
        <LinkRow key={link.id} link={link} />
      ))}
    </ProfileListCard>
  )
}

function LinkRow({ link }: { link: ShareLink }) {
  const { t } = useTranslation()
  return (
    <InlineStack align="space-between" blockAlign="center" gap="200">
      <BlockStack>
        <Text as="span" fontWeight="semibold">
          {link.reference}
        </Text>
        <Text as="span" tone="subdued" breakWord>
          {link.revokedAt ? t('creators.profile.revoked') : link.url}
        </Text>
      </BlockStack>
      {link.revokedAt ? null : (
        <InlineStack gap="200">
          <CopyButton what="link" text={link.url} />
          <RowAction
            label={t('creators.profile.revokeLink')}
            fields={{ intent: 'revoke-link', linkId: link.id }}
            done="creators.toast.linkRevoked"
            about={link.url}
            tone="critical"
          />
        </InlineStack>
      )}
    </InlineStack>
  )
}

function NewLink({ formId }: { formId: string }) {
  const { t } = useTranslation()
  const [path, setPath] = useState('/')
  const alive = useIsAlive()
  const empty = useCallback(() => setPath('/'), [])
  const { submit, busy, refused } = usePost('creators.toast.linkMade', empty)
  return (
    <AddLine
      id="new-link"
      onAdd={() => submit({ intent: 'create-link', formId, path })}
      onEarlyTexts={(texts) => setPath(texts.path ?? path)}
    >
      <TextField
        label={t('creators.profile.path')}
        name="path"
        value={path}
        onChange={setPath}
        helpText={t('creators.profile.pathHelp')}
        autoComplete="off"
        maxLength={300}
        error={refusalText(refused?.fields.path, (key) => t(key))}
        connectedRight={
          <Button submit={alive} loading={busy}>
            {t('creators.profile.addLink')}
          </Button>
        }
      />
    </AddLine>
  )
}
