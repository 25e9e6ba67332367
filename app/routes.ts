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

  // Shopify's webhooks, one address a topic.
  route('webhooks/orders/create', 'routes/webhooks/orders-create.ts'),
  route('webhooks/orders/paid', 'routes/webhooks/orders-paid.ts'),
  route('webhooks/orders/edited', 'routes/webhooks/orders-edited.ts'),
  route('webhooks/orders/cancelled', 'routes/webhooks/orders-cancelled.ts'),
  route('webhooks/refunds/create', 'routes/webhooks/refunds-create.ts'),
  route('webhooks/returns/process', 'routes/webhooks/returns-process.ts'),
  route('webhooks/disputes/create', 'routes/webhooks/disputes-create.ts'),
  route('webhooks/disputes/update', 'routes/webhooks/disputes-update.ts'),
  route('webhooks/products/update', 'routes/webhooks/products-update.ts'),
  route('webhooks/inventory-levels/update', 'routes/webhooks/inventory-levels-update.ts'),
  route('webhooks/app/uninstalled', 'routes/webhooks/app-uninstalled.ts'),
  route('webhooks/app/scopes-update', 'routes/webhooks/app-scopes-update.ts'),
  route('webhooks/customers/data-request', 'routes/webhooks/customers-data-request.ts'),
  route('webhooks/customers/redact', 'routes/webhooks/customers-redact.ts'),
  route('webhooks/shop/redact', 'routes/webhooks/shop-redact.ts'),

  // The way in.
  index('routes/auth/index.ts'),
  route('auth/login', 'routes/auth/login.tsx'),
  route('auth/*', 'routes/auth/splat.ts'),

  // Operators and their machines.
  route('internal/health', 'routes/internal/health.ts'),
  route('internal/ready', 'routes/internal/ready.ts'),
  route('internal/metrics', 'routes/internal/metrics.ts'),
] satisfies RouteConfig
