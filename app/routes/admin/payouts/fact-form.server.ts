// A posted form that notes what holds from a day on.
import type { FormOutcome } from '#app/components/form/form-outcome.ts'
import type { FactKind } from '#app/domain/tax/dated-fact.ts'
import type { ShopContext } from '#app/features/context.ts'
import { recordFact } from '#app/features/tax/record-fact.server.ts'
import { refused, refusedFields, textField } from './outcome.ts'

export async function recordFactForm(
  ctx: ShopContext,
  kind: FactKind,
  { creatorId, actor, form }: { creatorId: string | null; actor: string; form: FormData },
): Promise<FormOutcome> {
  const texts = Object.fromEntries([...form].map(([name, value]) => [name, String(value)]))
  const result = await recordFact(ctx, { formId: textField(form, 'formId'), kind, creatorId, texts, actor })
  if (result.ok) return { ok: true }
  if (result.reason !== 'invalid_input') return refused(result)
  return refusedFields(
    Object.entries(result.fields).flatMap(([field, reason]) => (reason ? [{ field, reason }] : [])),
  )
}
