import { GraphQLError } from 'graphql'
import { parseGid } from '../gid.ts'
import { fields, type GraphqlContext, type Resolvers } from '../resolver.ts'
import { loadNode } from './node-lookup.ts'

const MOST_AT_ONCE = 250

function load(id: string, context: GraphqlContext) {
  if (!parseGid(id))
    throw new GraphQLError(`Invalid global id '${id}'`, {
      extensions: { code: 'argumentLiteralsIncompatible' },
    })
  return loadNode(id, context)
}

export const nodeResolvers: Resolvers = {
  QueryRoot: fields({
    node: (_root, { id }: { id: string }, context: GraphqlContext) => load(id, context),
    nodes: (_root, { ids }: { ids: string[] }, context) => {
      if (ids.length > MOST_AT_ONCE) {
        const message = `The input array size of ${ids.length} is greater than the maximum allowed of ${MOST_AT_ONCE}.`
        throw new GraphQLError(message, { extensions: { code: 'MAX_INPUT_SIZE_EXCEEDED' } })
      }
      return ids.map((id) => load(id, context))
    },
  }),
}
