// Remembers for 30 days which creator's link (?fil=REFERENCE.SIGNATURE) brought the shopper, and notes it in the cart.
// Sends nothing unless the page's address carries a reference or a cart exists; the shop's server checks the signature.
import { input, query, send } from './forms.ts'

const KEY = '_filigree_ref'
const KEPT_MS = 30 * 864e5

export const attachLinks = (): void => {
  // Only where the merchant has switched creators' links on: a form that nobody sees.
  const form = document.querySelector<HTMLFormElement>('.fil-link')
  if (!form) return
  const { dataset } = form
  const given = /^[\w.-]{9,129}$/.exec(`${query.get('fil')}`)?.[0]

  const allowed = () => window.Shopify?.customerPrivacy?.marketingAllowed?.() ?? true

  const note = async () => {
    const before = dataset.reference
    // What came with an earlier page, kept as "until reference".
    const [until, kept] = `${localStorage[KEY]}`.split(' ') as [never, string]
    if (until < Date.now()) localStorage.removeItem(KEY)
    const reference = given ?? (until > Date.now() && kept)
    if (!reference || reference === before || !allowed()) return
    dataset.reference = reference
    input(form).value = reference
    if ((await send(form)) !== 'done') dataset.reference = before
  }

  const begin = () => {
    if (!allowed()) return
    if (given || Number(dataset.items)) note()
    if (given) localStorage[KEY] = `${Date.now() + KEPT_MS} ${given}`
  }

  document.addEventListener('visitorConsentCollected', begin)
  // Themes add to the cart in many ways; the browser's own list of requests shows all of them and costs nothing idle.
  new PerformanceObserver((list) => {
    if (list.getEntries().some(({ name }) => name.includes('/cart/add'))) note()
  }).observe({ type: 'resource' })
  begin()
}
