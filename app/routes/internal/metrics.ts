// Figures of this process for Prometheus.
import { readMetrics } from '#app/adapters/http/http-metrics.ts'

export async function loader() {
  const { contentType, text } = await readMetrics()
  return new Response(text, { headers: { 'content-type': contentType, 'cache-control': 'no-store' } })
}
