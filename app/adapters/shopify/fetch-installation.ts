// The app's own installation at the shop: scopes, and what the shop pays.
import type { AdminApi, AdminRefusal } from './admin-api.ts'
import { CurrentInstallationDocument } from './generated/operations.ts'

export interface FetchedInstallation {
  appHandle: string | null
  scopes: string[]
  activeSubscriptions: Array<{ gid: string; name: string; isTest: boolean }>
}

export type FetchInstallationResult = { ok: true; installation: FetchedInstallation } | AdminRefusal

export async function fetchInstallation(shopify: AdminApi): Promise<FetchInstallationResult> {
  const answer = await shopify.request(CurrentInstallationDocument, {})
  if (!answer.ok) return answer
  const { app, accessScopes, activeSubscriptions } = answer.data.currentAppInstallation
  return {
    ok: true,
    installation: {
      appHandle: app.handle,
      scopes: accessScopes.map(({ handle }) => handle).sort(),
      activeSubscriptions: activeSubscriptions.map(({ id, name, test }) => ({ gid: id, name, isTest: test })),
    },
  }
}
