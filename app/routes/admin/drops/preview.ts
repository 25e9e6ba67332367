import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireShop } from '../require-shop.server.ts'
import { answerPreview } from './press.server.ts'

/** What would follow from a press: `?press=hold`. Nothing is changed. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  return answerPreview(ctx, params.id ?? '', new URL(request.url).searchParams)
}
