// The arrows of the house. Each rule says why it stands.
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment:
        'A circle means that two files are one thing under two names, and neither can be understood or tested alone.',
      severity: 'error',
      from: { path: '^(app|sandbox|extensions)' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'domain-is-pure',
      comment:
        'Rules that are true on paper must be testable on paper: the domain imports itself and the time-zone arithmetic only.',
      severity: 'error',
      from: { path: '^app/domain', pathNot: '\\.test\\.tsx?$' },
      to: { pathNot: ['^app/domain', '^node_modules/(temporal-polyfill|temporal-spec)'] },
    },
    {
      name: 'features-do-not-import-features',
      comment:
        'A shared rule belongs to the domain, a shared sequence to a job: otherwise every feature ends up knowing every other.',
      severity: 'error',
      from: { path: '^app/features/([^/]+)/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^app/features/([^/]+)/', pathNot: '^app/features/$1/' },
    },
    {
      name: 'features-do-not-know-edges',
      comment: 'A use case must not know who asks for it: HTTP, a job or the command line.',
      severity: 'error',
      from: { path: '^app/features', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^app/(routes|jobs|cli|components|entry)' },
    },
    {
      name: 'adapters-know-only-the-domain',
      comment: 'An adapter speaks to one system. What it is used for is none of its business.',
      severity: 'error',
      from: { path: '^app/adapters', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^app/(routes|jobs|cli|features|components|entry)' },
    },
    {
      name: 'components-know-only-the-domain',
      comment:
        'What is drawn in the browser must not pull the server in. Types of readers are passed as props.',
      severity: 'error',
      from: { path: '^app/components', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^app/(routes|jobs|cli|features|adapters|entry)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'sandbox-knows-nothing-of-the-app',
      comment: 'A stand-in that shares code with what it tests agrees with its mistakes.',
      severity: 'error',
      from: { path: '^sandbox' },
      to: { path: '^app' },
    },
    {
      name: 'app-knows-nothing-of-the-sandbox',
      comment: 'The app must not be able to tell the sandbox from Shopify, but by the one seam.',
      severity: 'error',
      from: { path: '^app', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^sandbox' },
    },
    {
      name: 'storefront-script-stands-alone',
      comment:
        'What runs at the shopper has a size limit, and neither the app nor a library may slip into it.',
      severity: 'error',
      from: { path: '^extensions/filigree-theme-src', pathNot: '/build\\.ts$' },
      to: { pathNot: '^extensions/filigree-theme-src' },
    },
    {
      name: 'libraries-behind-their-adapter',
      comment: 'Each of these libraries is replaced in one folder or nowhere.',
      severity: 'error',
      from: { path: '^app', pathNot: ['^app/adapters', '\\.test\\.tsx?$'] },
      to: { path: '^node_modules/(pg|pg-boss|@prisma|nodemailer|@react-pdf|@shopify/shopify-api)/' },
    },
    {
      name: 'no-production-import-of-dev-packages',
      comment: 'What is imported at run time must be installed at run time.',
      severity: 'error',
      from: {
        path: '^app',
        pathNot: [
          '\\.test\\.tsx?$',
          '^app/adapters/db/embedded-server\\.ts$',
          '^app/cli/build-processes\\.ts$',
          '^app/entry\\.web\\.ts$',
          '^app/routes\\.ts$',
        ],
      },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(generated|\\.css$|\\?url$)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
}
