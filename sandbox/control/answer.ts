// How the control API answers: { ok: true, … } or { ok: false, reason, message }, with a status that fits.
import type { Context } from 'hono'
import type { z } from 'zod'
import type { Refusal } from '#sandbox/commerce/refusal.ts'

const NOT_FOUND = /^unknown_/

/** 200 for success, 404 for what is not there, 422 for any other refusal. */
export function answer<Success extends { ok: true }>(context: Context, outcome: Success | Refusal): Response {
  if (outcome.ok) return context.json(outcome)
  return context.json(outcome, NOT_FOUND.test(outcome.reason) ? 404 : 422)
}

/** Reads and checks the JSON body (an empty one counts as {}); answers 400 naming the fields that are wrong. */
export async function withBody<Schema extends z.ZodType>(
  context: Context,
  schema: Schema,
  act: (body: z.infer<Schema>) => { ok: true } | Refusal | Promise<{ ok: true } | Refusal>,
): Promise<Response> {
  const text = await context.req.text()
  let json: unknown
  try {
    json = text.trim() === '' ? {} : JSON.parse(text)
  } catch (error) {
    return context.json(
      { ok: false, reason: 'invalid_json', message: `The body is no JSON: ${(error as Error).message}` },
      400,
    )
  }
  const parsed = schema.safeParse(json)
  if (!parsed.success) {
    return context.json({ ok: false, reason: 'invalid_body', message: describe(parsed.error) }, 400)
  }
  return answer(context, await act(parsed.data))
}

function describe(error: z.ZodError): string {
  return error.issues
    .map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message))
    .join('; ')
}
