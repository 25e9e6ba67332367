// npm run dev:shopify      The app on a real development store. Shopify's CLI makes the tunnel and starts what shopify.web.toml names.
import { spawnSync } from 'node:child_process'

const found = spawnSync('shopify', ['version'], { stdio: 'ignore' })
if (found.error) {
  console.error('Shopify’s CLI is not installed: npm install -g @shopify/cli. See docs/guides/real-store.md.')
  process.exit(1)
}
const { status } = spawnSync('shopify', ['app', 'dev', ...process.argv.slice(2)], { stdio: 'inherit' })
process.exit(status ?? 1)
