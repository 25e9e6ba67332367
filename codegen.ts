// Types of our GraphQL operations, from Shopify's published schema of the pinned version: what the schema refuses does not build.
import type { CodegenConfig } from '@graphql-codegen/cli'

const config: CodegenConfig = {
  schema: 'sandbox/shopify-schema/admin.2026-10.graphql',
  documents: 'app/adapters/shopify/operations/*.graphql',
  generates: {
    'app/adapters/shopify/generated/operations.ts': {
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        documentMode: 'string',
        enumsAsTypes: true,
        useTypeImports: true,
        skipTypename: true,
        dedupeFragments: true,
        scalars: {
          ID: 'string',
          URL: 'string',
          Decimal: 'string',
          DateTime: 'string',
          UnsignedInt64: 'string',
        },
        defaultScalarType: 'unknown',
      },
    },
  },
}

export default config
