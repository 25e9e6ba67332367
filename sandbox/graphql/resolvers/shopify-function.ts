import { type FunctionExtension, readFunctionExtensions } from '#sandbox/functions/function-extensions.ts'
import { connectInOrder, type PageArgs } from '../connection.ts'
import { fields, type GraphqlContext, type Resolvers } from '../resolver.ts'

export function functionsOf({ sandbox }: GraphqlContext): FunctionExtension[] {
  return readFunctionExtensions(sandbox.options.appTomlPath)
}

/** The function that an input names by handle or id, or what is wrong with how it names it. */
export function pickFunction(
  context: GraphqlContext,
  { functionHandle, functionId }: { functionHandle?: string | null; functionId?: string | null },
):
  | { ok: true; found: FunctionExtension }
  | { ok: false; reason: 'MISSING_FUNCTION_IDENTIFIER' | 'MULTIPLE_FUNCTION_IDENTIFIERS' | 'NOT_FOUND' } {
  if (functionHandle && functionId) return { ok: false, reason: 'MULTIPLE_FUNCTION_IDENTIFIERS' }
  if (!functionHandle && !functionId) return { ok: false, reason: 'MISSING_FUNCTION_IDENTIFIER' }
  const found = functionsOf(context).find(({ handle, id }) =>
    functionHandle ? handle === functionHandle : id === functionId,
  )
  return found ? { ok: true, found } : { ok: false, reason: 'NOT_FOUND' }
}

export const shopifyFunctionResolvers: Resolvers = {
  QueryRoot: fields({
    shopifyFunction: (_root, { id }: { id: string }, context: GraphqlContext) =>
      functionsOf(context).find((one) => one.id === id) ?? null,
    shopifyFunctions: (_root, args: PageArgs & { apiType?: string | null }, context) =>
      connectInOrder(
        functionsOf(context).filter(({ apiType }) => !args.apiType || apiType === args.apiType),
        args,
        (one) => one,
      ),
  }),
  ShopifyFunction: fields<FunctionExtension>({
    id: ({ id }) => id,
    handle: ({ handle }) => handle,
    title: ({ title }) => title,
    description: ({ description }) => description,
    apiType: ({ apiType }) => apiType,
    apiVersion: ({ apiVersion }) => apiVersion,
    inputQuery: ({ inputQuery }) => inputQuery,
    app: (_one, _args, { state }) => state.shop,
    appKey: (_one, _args, { sandbox }) => sandbox.options.apiKey,
    useCreationUi: () => false,
  }),
}
