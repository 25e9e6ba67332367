// The one script of the storefront. A page may load it several times and have a block twice: the first one does everything.
import { settle } from './clock.ts'
import { DropBlock, show } from './drop-element.ts'
import { attachForms } from './forms.ts'
import { attachLinks } from './links.ts'

if (!customElements.get('filigree-drop')) {
  attachForms()
  if (document.querySelector('[data-open]')) {
    // Another variant chosen, or the page seen again.
    for (const event of ['change', 'visibilitychange']) document.addEventListener(event, show)
    settle().then(show)
  }
  // What a page tells of the time is known by now: nothing is shown by the device's own clock first.
  customElements.define('filigree-drop', DropBlock)
  // Last: a device that keeps nothing throws in it.
  attachLinks()
}
