// Types of the functions' input queries, from the Functions schemas of the pinned version.
import type { CodegenConfig } from '@graphql-codegen/cli'

const scalars = {
  ID: 'string',
  Decimal: 'string',
  DateTimeWithoutTimezone: 'string',
  JSON: 'unknown',
}

function typesOf(extension: string): NonNullable<CodegenConfig['generates']> {
  return {
    [`extensions/${extension}/generated/api.ts`]: {
      schema: `extensions/${extension}/schema.graphql`,
      documents: `extensions/${extension}/src/*.graphql`,
      plugins: ['typescript-operations'],
      config: { enumsAsTypes: true, useTypeImports: true, scalars, defaultScalarType: 'unknown' },
    },
  }
}

const config: CodegenConfig = { generates: { ...typesOf('drop-gate'), ...typesOf('drop-price') } }

export default config
