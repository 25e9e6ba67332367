// Every URL, grouped by who calls.
import { index, type RouteConfig, route } from '@remix-run/route-config'

export default [
  // Merchants, embedded in Shopify's admin. Each page stands below its section's address: by that the admin marks the section in its menu.
  route('app', 'routes/admin/layout.tsx', [
    index('routes/admin/home.tsx'),
    route('creators', 'routes/admin/creators/list.tsx'),
    route('creators/new', 'routes/admin/creators/new.tsx'),
    route('creators/:id', 'routes/admin/creators/profile.tsx'),
    route('agreements', 'routes/admin/agreements/list.tsx'),
    route('agreements/new', 'routes/admin/agreements/new.tsx'),
    route('agreements/:id', 'routes/admin/agreements/detail.tsx'),
    route('agreements/:id/edit', 'routes/admin/agreements/edit.tsx'),
    route('agreements/:id/simulate', 'routes/admin/simulator/simulate.tsx'),
    route('agreements/:id/rerate', 'routes/admin/simulator/rerate.tsx'),
    route('agreements/tasks', 'routes/admin/tasks/list.tsx'),
    route('agreements/tasks/:id', 'routes/admin/tasks/detail.tsx'),
    route('drops', 'routes/admin/drops/list.tsx'),
    route('drops/calendar', 'routes/admin/drops/calendar.tsx'),
    route('drops/new', 'routes/admin/drops/new.tsx'),
    route('drops/claims', 'routes/admin/drops/claims.tsx'),
    route('drops/claims/file', 'routes/admin/drops/claims-file.ts'),
    route('drops/setup', 'routes/admin/drops/setup.tsx'),
    route('drops/pieces', 'routes/admin/drops/pieces.ts'),
    route('drops/:id', 'routes/admin/drops/detail.tsx'),
    route('drops/:id/edit', 'routes/admin/drops/edit.tsx'),
    route('drops/:id/preflight', 'routes/admin/drops/preflight.ts'),
    route('drops/:id/preview', 'routes/admin/drops/preview.ts'),
    route('drops/:id/live', 'routes/admin/drops/live.tsx'),
    route('drops/:id/rehearsal', 'routes/admin/drops/rehearsal.tsx'),
    route('drops/:id/report', 'routes/admin/drops/report.tsx'),
    route('drops/:id/guests', 'routes/admin/drops/guests.tsx'),
    route('drops/:id/events', 'routes/admin/drops/events.ts'),
    route('ledger', 'routes/admin/ledger/journals.tsx'),
    route('ledger/balances', 'routes/admin/ledger/balances.tsx'),
    route('ledger/history', 'routes/admin/ledger/history.tsx'),
    route('ledger/maturities', 'routes/admin/ledger/maturities.tsx'),
    route('ledger/suspense', 'routes/admin/ledger/suspense.tsx'),
    route('ledger/journals/:seq', 'routes/admin/ledger/journal.tsx'),
    route('statements', 'routes/admin/statements/list.tsx'),
    route('statements/:id', 'routes/admin/statements/detail.tsx'),
    route('statements/:id/file', 'routes/admin/statements/file.ts'),
    route('statements/questions', 'routes/admin/questions/list.tsx'),
    route('payouts', 'routes/admin/payouts/list.tsx'),
    route('payouts/new', 'routes/admin/payouts/new.tsx'),
    route('payouts/settings', 'routes/admin/payouts/settings.tsx'),
    route('payouts/tax', 'routes/admin/payouts/tax.tsx'),
    route('payouts/tax/file', 'routes/admin/payouts/tax-file.ts'),
    route('payouts/creators/:id', 'routes/admin/payouts/creator.tsx'),
    route('payouts/:id', 'routes/admin/payouts/run.tsx'),
    route('payouts/:id/file', 'routes/admin/payouts/file.ts'),
    route('payouts/adjustments', 'routes/admin/adjustments/list.tsx'),
    route('payouts/adjustments/new', 'routes/admin/adjustments/new.tsx'),
    route('payouts/gifts', 'routes/admin/gifts/list.tsx'),
    route('payouts/advances', 'routes/admin/advances/list.tsx'),
    route('settings', 'routes/admin/settings.tsx'),
    route('settings/plan', 'routes/admin/settings-plan.ts'),
    route('settings/data-requests/:id', 'routes/admin/data-request-file.ts'),
    route('*', 'routes/admin/not-found.tsx'),
  ]),

  // Shoppers, through the shop's app proxy.
  route('storefront/go/:reference', 'routes/storefront/go.ts'),
  // Live states are answered ahead of the pages: routes/storefront/drops/state.ts.
  route('storefront/drops/:handle/signups', 'routes/storefront/drops/signups.ts'),

  // Shoppers, by signed links in mails.
  route('s/restocks/:token', 'routes/storefront/unsubscribe.ts'),

  // Creators, by signed links.
  route('c/agreements/:token', 'routes/creator/invitation.ts'),
  route('c/payout-details/:token', 'routes/creator/payout-details.ts'),
  route('c/statements/:token', 'routes/creator/statement.ts'),
  route('c/statements/:token/:format', 'routes/creator/statement-file.ts'),

  // Anybody who holds a printed statement.
  route('statements/verify', 'routes/creator/verify.ts'),

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
