// Remembers for 30 days which creator's link (?fil=REFERENCE.SIGNATURE) brought the shopper, and notes it in the cart.
// Sends nothing unless the page's address carries a reference or a cart exists; the shop's server checks the signature.
;(() => {
  const KEY = '_filigree_ref'
  const KEPT_MS = 30 * 864e5
  const slot = document.querySelector('[data-filigree-links]')
  const given = /^[\w-]{1,64}\.[\w-]{8,64}$/.exec(new URLSearchParams(location.search).get('fil') ?? '')?.[0]
  let inCart = slot?.dataset.reference

  const allowed = () => window.Shopify?.customerPrivacy?.marketingAllowed?.() ?? true

  const remembered = () => {
    try {
      const { reference, at } = JSON.parse(localStorage.getItem(KEY))
      if (Date.now() - at < KEPT_MS) return reference
      localStorage.removeItem(KEY)
    } catch {
      return undefined
    }
  }

  const remember = () => {
    try {
      localStorage.setItem(KEY, JSON.stringify({ reference: given, at: Date.now() }))
    } catch (error) {
      console.debug('Filigree: the link cannot be kept on this device.', error)
    }
  }

  const note = async () => {
    const reference = given ?? remembered()
    if (!reference || reference === inCart || !allowed()) return
    const before = inCart
    inCart = reference
    try {
      const answer = await fetch(`${window.Shopify?.routes?.root ?? '/'}cart/update.js`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ attributes: { [KEY]: reference } }),
        keepalive: true,
      })
      if (!answer.ok) throw new Error(`cart/update.js answered ${answer.status}`)
    } catch (error) {
      inCart = before
      console.debug('Filigree: the cart was not told of the link.', error)
    }
  }

  const begin = () => {
    if (!allowed()) return
    if (given) remember()
    if (given || Number(slot?.dataset.items) > 0) note()
  }

  // Themes add to the cart in many ways; the browser's own list of requests shows all of them and costs nothing idle.
  try {
    new PerformanceObserver((list) => {
      if (list.getEntries().some((entry) => /\/cart\/add(\.js)?(\?|$)/.test(entry.name))) note()
    }).observe({ type: 'resource' })
  } catch (error) {
    console.debug('Filigree: additions to the cart are seen on the next page only.', error)
  }
  document.addEventListener('visitorConsentCollected', begin)
  begin()
})()
