import type { Metaobject } from '#sandbox/state/nouns.ts'
import { gid, idOf } from '../gid.ts'
import {
  fields,
  type GraphqlContext,
  notImplemented,
  type Resolvers,
  refuseUnsupported,
} from '../resolver.ts'
import { expandType, findMetaobject } from './metaobject.ts'

type FieldInput = { key: string; value: string }

interface Input {
  type?: string
  handle?: string | null
  fields?: FieldInput[] | null
}

interface Problem {
  field: string[]
  code: string
  elementKey: string | null
  elementIndex: null
  message: string
}

export const metaobjectMutations: Resolvers = {
  Mutation: fields({
    metaobjectCreate: (
      _root,
      { metaobject: input }: { metaobject: Input & { type: string } },
      context: GraphqlContext,
    ) => {
      refuseUnsupported(input, ['type', 'handle', 'fields'], 'MetaobjectCreateInput')
      const problems = problemsOf(input)
      if (problems.length > 0) return { metaobject: null, userErrors: problems }
      return {
        metaobject: create(context, input.type, freeHandle(context, input), input.fields ?? []),
        userErrors: [],
      }
    },
    metaobjectUpsert: (
      _root,
      args: { handle: { type: string; handle: string }; metaobject?: Input | null; values?: unknown },
      context,
    ) => {
      if (args.values != null) throw notImplemented('argument Mutation.metaobjectUpsert(values:)')
      const input = args.metaobject ?? {}
      refuseUnsupported(input, ['handle', 'fields'], 'MetaobjectUpsertInput')
      const problems = problemsOf(input)
      if (problems.length > 0) return { metaobject: null, userErrors: problems }
      const existing = findMetaobject(context, args.handle)
      const handle = input.handle ?? args.handle.handle
      const metaobject = existing
        ? change(context, existing, { ...input, handle })
        : create(context, args.handle.type, handle, input.fields ?? [])
      return { metaobject, userErrors: [] }
    },
    metaobjectUpdate: (_root, { id, metaobject: input }: { id: string; metaobject: Input }, context) => {
      refuseUnsupported({ ...input, redirectNewHandle: null }, ['handle', 'fields'], 'MetaobjectUpdateInput')
      const existing = context.state.metaobjects[idOf(id, 'Metaobject')]
      if (!existing) return { metaobject: null, userErrors: [notFound('id')] }
      const problems = problemsOf(input)
      if (problems.length > 0) return { metaobject: null, userErrors: problems }
      return { metaobject: change(context, existing, input), userErrors: [] }
    },
    metaobjectDelete: (_root, { id }: { id: string }, { sandbox, state }) => {
      const key = idOf(id, 'Metaobject')
      if (!state.metaobjects[key]) return { deletedId: null, userErrors: [notFound('id')] }
      delete state.metaobjects[key]
      sandbox.changed()
      return { deletedId: gid('Metaobject', key), userErrors: [] }
    },
  }),
}

function problemsOf(input: Input): Problem[] {
  const seen = new Set<string>()
  return (input.fields ?? []).flatMap(({ key }, index) => {
    if (!seen.has(key)) {
      seen.add(key)
      return []
    }
    const message = `Field "${key}" is given twice.`
    const field = ['metaobject', 'fields', String(index)]
    return [{ field, code: 'DUPLICATE_FIELD_INPUT', elementKey: key, elementIndex: null, message }]
  })
}

function notFound(field: string): Problem {
  return {
    field: [field],
    code: 'RECORD_NOT_FOUND',
    elementKey: null,
    elementIndex: null,
    message: 'Record not found',
  }
}

function freeHandle(context: GraphqlContext, input: Input & { type: string }): string {
  const wanted =
    input.handle ??
    `${expandType(input.type).split('--').at(-1)}-${Object.keys(context.state.metaobjects).length + 1}`
  let handle = wanted
  for (let n = 1; findMetaobject(context, { type: input.type, handle }); n += 1) handle = `${wanted}-${n}`
  return handle
}

function create(
  { sandbox, state }: GraphqlContext,
  type: string,
  handle: string,
  values: FieldInput[],
): Metaobject {
  const metaobject: Metaobject = {
    id: sandbox.nextId('metaobject'),
    type: expandType(type),
    handle,
    fields: values.map(({ key, value }) => ({ key, value })),
    updatedAt: sandbox.clock.now().toISOString(),
  }
  state.metaobjects[metaobject.id] = metaobject
  sandbox.changed()
  return metaobject
}

/** Fields that are not named keep their values. */
function change({ sandbox }: GraphqlContext, metaobject: Metaobject, input: Input): Metaobject {
  if (input.handle) metaobject.handle = input.handle
  for (const { key, value } of input.fields ?? []) {
    const field = metaobject.fields.find((one) => one.key === key)
    if (field) field.value = value
    else metaobject.fields.push({ key, value })
  }
  metaobject.updatedAt = sandbox.clock.now().toISOString()
  sandbox.changed()
  return metaobject
}
