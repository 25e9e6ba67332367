// The process can do its work: not stopping, the database answers, and it has every migration of this build.
import { webServices } from '../web-services.server.ts'

const ANSWER_WITHIN_MS = 2000

export async function loader() {
  const { isStopping } = webServices()
  const problem = isStopping() ? 'stopping' : await databaseProblem()
  return Response.json(problem ? { ready: false, problem } : { ready: true }, {
    status: problem ? 503 : 200,
    headers: { 'cache-control': 'no-store' },
  })
}

async function databaseProblem(): Promise<string | null> {
  const { services, migrations } = webServices()
  const asked = services.db.pool.query<{ migration_name: string }>(
    'select migration_name from _prisma_migrations where finished_at is not null and rolled_back_at is null',
  )
  // A query that nobody waits for any more must not end the process when it fails.
  asked.catch(() => {})
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, ANSWER_WITHIN_MS, null)
  })
  try {
    const result = await Promise.race([asked, late])
    if (!result) return 'the database does not answer'
    const applied = new Set(result.rows.map((row) => row.migration_name))
    const missing = migrations.filter((name) => !applied.has(name))
    return missing.length === 0 ? null : `migrations are missing: ${missing.join(', ')}`
  } catch (error) {
    services.log.warn({ error }, 'not ready')
    return 'the database cannot be read'
  } finally {
    clearTimeout(timer)
  }
}
