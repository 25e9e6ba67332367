import type { Metaobject } from '#sandbox/state/nouns.ts'
import { APP_ID } from '../app-identity.ts'
import { connect, type PageArgs } from '../connection.ts'
import { gid, idOf } from '../gid.ts'
import { fields, type GraphqlContext, notImplemented, plain, type Resolvers } from '../resolver.ts'

type Field = Metaobject['fields'][number]

/** Metaobject types know `$app:` as app--{id}--. */
export function expandType(type: string): string {
  return type.startsWith('$app:') ? `app--${APP_ID}--${type.slice('$app:'.length)}` : type
}

export function findMetaobject(
  { state }: GraphqlContext,
  handle: { type: string; handle: string },
): Metaobject | undefined {
  const type = expandType(handle.type)
  return Object.values(state.metaobjects).find((one) => one.type === type && one.handle === handle.handle)
}

export const metaobjectResolvers: Resolvers = {
  QueryRoot: fields({
    metaobject: (_root, { id }: { id: string }, { state }: GraphqlContext) =>
      state.metaobjects[idOf(id, 'Metaobject')] ?? null,
    metaobjectByHandle: (_root, { handle }: { handle: { type: string; handle: string } }, context) =>
      findMetaobject(context, handle) ?? null,
    metaobjects: (_root, args: PageArgs & { type: string; query?: string; sortKey?: string }, { state }) => {
      if (args.query) throw notImplemented('argument QueryRoot.metaobjects(query:)')
      const sortKey = args.sortKey ?? 'id'
      if (sortKey !== 'id' && sortKey !== 'updated_at') throw notImplemented(`sort key ${sortKey}`)
      const type = expandType(args.type)
      const found = Object.values(state.metaobjects).filter((one) => one.type === type)
      const sortValueOf = (one: Metaobject) => (sortKey === 'id' ? '' : Date.parse(one.updatedAt))
      return connect(
        found,
        args,
        (one) => ({ value: sortValueOf(one), id: one.id }),
        (one) => one,
      )
    },
  }),
  Metaobject: fields<Metaobject>({
    ...plain<Metaobject>('type', 'handle', 'updatedAt', 'fields'),
    id: (metaobject) => gid('Metaobject', metaobject.id),
    displayName: (metaobject) => metaobject.fields[0]?.value ?? metaobject.handle,
    field: (metaobject, { key }: { key: string }) => metaobject.fields.find((one) => one.key === key) ?? null,
    values: (metaobject) => Object.fromEntries(metaobject.fields.map(({ key, value }) => [key, value])),
  }),
  MetaobjectField: fields<Field>({
    ...plain<Field>('key', 'value'),
    jsonValue: ({ value }) => {
      try {
        return JSON.parse(value) as unknown
      } catch {
        return value
      }
    },
  }),
}
