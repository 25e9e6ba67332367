// Every URL, grouped by who calls.
import { index, type RouteConfig, route } from '@remix-run/route-config'

export default [
  // Merchants, embedded in Shopify's admin.
  route('app', 'routes/admin/layout.tsx', [
    index('routes/admin/home.tsx'),
    route('creators', 'routes/admin/creators/list.tsx'),
    route('creators/new', 'routes/admin/creators/new.tsx'),
    route('creators/:id', 'routes/admin/creators/profile.tsx'),
    route('agreements', 'routes/admin/agreements/list.tsx'),
    route('agreements/new', 'routes/admin/agreements/new.tsx'),
    route('agreements/:id', 'routes/admin/agreements/detail.tsx'),
    route('agreements/:id/edit', 'routes/admin/agreements/edit.tsx'),
    route('ledger', 'routes/admin/ledger/journals.tsx'),
    route('ledger/balances', 'routes/admin/ledger/balances.tsx'),
    route('ledger/suspense', 'routes/admin/ledger/suspense.tsx'),
    route('ledger/journals/:seq', 'routes/admin/ledger/journal.tsx'),
    route('statements', 'routes/admin/statements/list.tsx'),
    route('statements/:id', 'routes/admin/statements/detail.tsx'),
    route('statements/:id/file', 'routes/admin/statements/file.ts'),
    route('settings', 'routes/admin/settings.tsx'),
    route('settings/plan', 'routes/admin/settings-plan.ts'),
    route('settings/data-requests/:id', 'routes/admin/data-request-file.ts'),
    route('*', 'routes/admin/not-found.tsx'),
  ]),

  // Shoppers, through the shop's app proxy.
  route('storefront/go/:reference', 'routes/storefront/go.ts'),

  // Creators, by signed links.
  route('c/agreements/:token', 'routes/creator/invitation.ts'),
  route('c/statements/:token', 'routes/creator/statement.ts'),
  route('c/statements/:token/:format', 'routes/creator/statement-file.ts'),

  // Shopify's webhooks, one address a topic, are answered ahead of the pages: routes/webhooks/webhook-routes.ts

  // The way in.
  index('routes/auth/index.ts'),
  route('auth/login', 'routes/auth/login.tsx'),
  route('auth/*', 'routes/auth/splat.ts'),

  // Operators and their machines.
  route('internal/health', 'routes/internal/health.ts'),
  route('internal/ready', 'routes/internal/ready.ts'),
  route('internal/metrics', 'routes/internal/metrics.ts'),
] satisfies RouteConfig
