// Counts and durations of HTTP requests, and the process's own figures. The library's registry is one a process, so that the pages'
// bundle reads what the server's bundle counts.
import { Counter, collectDefaultMetrics, Histogram, register } from 'prom-client'

const NAME = 'filigree_http_request_seconds'
const STATE_READS = 'filigree_drop_state_reads_total'

export function startMetrics(): void {
  if (register.getSingleMetric(NAME)) return
  collectDefaultMetrics()
  new Histogram({
    name: NAME,
    help: 'Duration of HTTP requests in seconds',
    labelNames: ['area', 'method', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  })
  new Counter({ name: STATE_READS, help: 'Live states of drops that were read from the database' })
}

/** A live state of a drop was read from the database. */
export function countStateRead(): void {
  const metric = register.getSingleMetric(STATE_READS)
  if (metric instanceof Counter) metric.inc()
}

/** `area` is the first part of the path: few values, and none that tells of a person. */
export function observeRequest(request: {
  area: string
  method: string
  status: number
  seconds: number
}): void {
  const metric = register.getSingleMetric(NAME)
  if (!(metric instanceof Histogram)) return
  const { area, method, status, seconds } = request
  metric.observe({ area, method, status: `${Math.floor(status / 100)}xx` }, seconds)
}

export async function readMetrics(): Promise<{ contentType: string; text: string }> {
  return { contentType: register.contentType, text: await register.metrics() }
}
