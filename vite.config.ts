import { vitePlugin as remix } from '@remix-run/dev'
import { defineConfig } from 'vite'

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true
  }
}

// `--mode sandbox` makes the build that may speak to the sandbox, in a folder of its own; the production build knows nothing of it.
export default defineConfig(({ mode, command }) => {
  const isSandbox = mode === 'sandbox' || command === 'serve'
  return {
    define: { __SANDBOX__: JSON.stringify(isSandbox) },
    plugins: [
      remix({
        appDirectory: 'app',
        buildDirectory: mode === 'sandbox' ? 'build/sandbox' : 'build',
        ignoredRouteFiles: ['**/*'],
        future: {
          v3_fetcherPersist: true,
          v3_relativeSplatPath: true,
          v3_throwAbortReason: true,
          v3_singleFetch: true,
          v3_lazyRouteDiscovery: true,
          v3_routeConfig: true,
        },
      }),
    ],
    server: {
      cors: { preflightContinue: true },
      // The embedded database and the sandbox's state change all the time.
      watch: { ignored: ['**/.data/**', '**/build/**'] },
    },
    build: { assetsInlineLimit: 0, sourcemap: false },
    optimizeDeps: { include: ['@shopify/app-bridge-react', '@shopify/polaris'] },
  }
})
