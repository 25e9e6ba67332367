// Stop and go on, from whichever page shows a task.
import type { FormOutcome } from '#app/components/form/form-outcome.ts'
import type { ShopContext } from '#app/features/context.ts'
import { continueTask, stopTask } from '#app/features/tasks/steer-task.server.ts'

/** Null when the form asks for something else. */
export async function answerTaskForm(ctx: ShopContext, form: FormData): Promise<FormOutcome | null> {
  const taskId = String(form.get('taskId') ?? '')
  const intent = form.get('intent')
  if (intent !== 'stop-task' && intent !== 'resume-task') return null
  const outcome = intent === 'stop-task' ? await stopTask(ctx, taskId) : await continueTask(ctx, taskId)
  return outcome.ok ? outcome : { ok: false, fields: {}, summary: `tasks.refused.${outcome.reason}` }
}
