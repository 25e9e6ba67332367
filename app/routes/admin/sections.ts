/** The app's items in the admin's menu, each at /app/<section> with its pages below. */
export const SECTIONS = [
  'creators',
  'agreements',
  'drops',
  'ledger',
  'statements',
  'payouts',
  'settings',
] as const
