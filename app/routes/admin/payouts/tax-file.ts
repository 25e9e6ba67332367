import type { LoaderFunctionArgs } from '@remix-run/node'
import { readTaxYear, toTaxYearCsv } from '#app/features/tax/tax-year-view.server.ts'
import { requireShop } from '../require-shop.server.ts'
import { yearParam } from './year-param.ts'

/** A year's totals for the bookkeeper. */
export async function loader({ request }: LoaderFunctionArgs) {
  const view = await readTaxYear(await requireShop(request), yearParam(request.url))
  // The byte order mark makes spreadsheets read the file as UTF-8.
  return new Response(`\uFEFF${toTaxYearCsv(view)}`, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="tax-${view.year}.csv"`,
      'cache-control': 'private, no-store',
    },
  })
}
