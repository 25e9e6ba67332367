// /statements/verify: anybody may ask whether a printed statement is genuine, at a bounded rate.
import type { LoaderFunctionArgs } from '@remix-run/node'
import { createRateLimit } from '#app/adapters/http/rate-limit.ts'
import { webServices } from '../web-services.server.ts'
import { showVerification } from './verify-page.server.tsx'

const limit = createRateLimit({ most: 20, perSeconds: 60 })

export function loader({ request }: LoaderFunctionArgs) {
  return showVerification(webServices().services, limit, request)
}
