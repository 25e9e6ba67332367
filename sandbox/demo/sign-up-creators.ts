// The four creators: added in the admin, offered their agreements, which they accept on the page that their mail links to.
import type { AppClient } from './app-client.ts'
import type { ControlClient } from './control-client.ts'
import { drawRowId } from './row-ids.ts'
import type { Random } from './seeded-random.ts'
import type { ShopIds } from './set-up-shop.ts'
import { CREATORS, SHOP, type StoryAgreement, type StoryCreator } from './story-cast.ts'
import type { WorkWatch } from './wait-until-done.ts'

export interface StoryTools {
  control: ControlClient
  app: AppClient
  work: WorkWatch
  random: Random
  ids: ShopIds
  /** Local dates: the day by the shop's clock. */
  today(): Promise<string>
}

export interface SignedCreator {
  story: StoryCreator
  id: string
  agreementIds: string[]
  /** REFERENCE.SIGNATURE for carts; null without a link. */
  reference: string | null
}

/** Errors: throws when the app refuses a form, or a mail or code does not come. */
export async function signUpCreators(tools: StoryTools): Promise<SignedCreator[]> {
  const { app, random, work } = tools
  const signed: SignedCreator[] = []
  for (const story of CREATORS) {
    const formId = drawRowId(random)
    const { to } = await app.submit('/app/creators/new', creatorForm(story, formId))
    const creator: SignedCreator = { story, id: idAt(to), agreementIds: [], reference: null }
    for (const agreement of story.agreements)
      creator.agreementIds.push(await offer(tools, creator.id, agreement))
    await addCodeAndLink(tools, creator)
    signed.push(creator)
  }
  await work.untilDone()
  for (const creator of signed) {
    await acceptInvitations(tools, creator.story)
    creator.reference = await checkCodeAndLink(tools, creator)
  }
  return signed
}

function creatorForm(story: StoryCreator, formId: string): Record<string, string> {
  const channels = story.channels.map((channel) => ({ ...channel, followers: String(channel.followers) }))
  return {
    intent: 'create',
    formId,
    revision: '0',
    name: story.name,
    email: story.email,
    handle: story.handle.toLowerCase(),
    locale: story.locale,
    channels: JSON.stringify(channels),
    notes: story.notes,
  }
}

async function offer(tools: StoryTools, creatorId: string, agreement: StoryAgreement): Promise<string> {
  const { app, random } = tools
  const form = agreementForm(tools, agreement, await tools.today())
  const { to } = await app.submit('/app/agreements/new', { ...form, formId: drawRowId(random), creatorId })
  await offerDraft(app, to)
  return idAt(to)
}

function agreementForm(
  { ids }: Pick<StoryTools, 'ids'>,
  agreement: StoryAgreement,
  startsOn: string,
): Record<string, string> {
  return {
    basedOn: '',
    title: agreement.title,
    role: agreement.role,
    scopeKind: agreement.products.length === 0 ? 'everything_attributed' : 'products',
    productIds: JSON.stringify(agreement.products.map((handle) => ids.products.get(handle))),
    collectionIds: '[]',
    share: agreement.sharePercent,
    paymentFee: agreement.paymentFeePercent,
    period: agreement.period,
    minimumPayout: agreement.minimumPayout,
    holdDays: String(agreement.holdDays),
    startsOn,
    endsOn: '',
    ...agreement.promises,
  }
}

async function offerDraft(app: AppClient, path: string): Promise<void> {
  const { view } = (await app.load(path)) as {
    view: { versions: Array<{ status: string; termsHash: string }> }
  }
  const draft = view.versions.find((version) => version.status === 'draft')
  if (!draft) throw new Error(`${path} has no draft to offer`)
  await app.submit(path, { intent: 'offer', termsHash: draft.termsHash })
}

interface TermsChange {
  sharePercent: string
  startsOn: string
  retroactive?: boolean
}

/** Writes a new version of a creator's first agreement; answers the agreement's page. */
export async function draftRevision(
  tools: StoryTools,
  creator: SignedCreator,
  change: TermsChange,
): Promise<string> {
  const [agreementId] = creator.agreementIds
  const [agreement] = creator.story.agreements
  if (!agreementId || !agreement) throw new Error(`${creator.story.name} has no agreement to revise`)
  const path = `/app/agreements/${agreementId}`
  const terms = { ...agreement, sharePercent: change.sharePercent }
  const form = agreementForm(tools, terms, change.startsOn)
  const retroactive = String(change.retroactive ?? false)
  await tools.app.submit(`${path}/edit`, { ...form, formId: '', creatorId: creator.id, retroactive })
  return path
}

/** Offers a new version of a creator's first agreement, and the creator accepts it. */
export async function reviseFirstAgreement(
  tools: StoryTools,
  creator: SignedCreator,
  change: TermsChange,
): Promise<string> {
  const path = await draftRevision(tools, creator, change)
  await offerDraft(tools.app, path)
  await tools.work.untilDone()
  await acceptInvitations(tools, creator.story)
  return path
}

async function addCodeAndLink({ app, random }: StoryTools, { id, story }: SignedCreator): Promise<void> {
  const path = `/app/creators/${id}`
  if (story.code) await app.submit(path, { intent: 'create-code', formId: drawRowId(random), ...story.code })
  if (story.reach > 0) await app.submit(path, { intent: 'create-link', formId: drawRowId(random), path: '/' })
}

/** The code is live in Shopify by now; answers the link's signed reference. */
async function checkCodeAndLink({ app }: StoryTools, { id, story }: SignedCreator): Promise<string | null> {
  const { view } = (await app.load(`/app/creators/${id}`)) as {
    view: {
      codes: Array<{ code: string; status: string; lastError: string | null }>
      links: Array<{ url: string }>
    }
  }
  const failed = view.codes.find((code) => code.status !== 'live')
  if (failed)
    throw new Error(`${story.name}'s code ${failed.code} is ${failed.status}: ${failed.lastError ?? ''}`)
  const [link] = view.links
  return link ? new URL(link.url).searchParams.get('fil') : null
}

/** Opens every invitation in the creator's mail that is still open, reads the page, and sends its form. */
async function acceptInvitations({ control }: StoryTools, story: StoryCreator): Promise<void> {
  let accepted = 0
  for (const mail of await control.mails(story.email)) {
    const link = /https?:\/\/\S+\/c\/agreements\/[\w.~-]+/.exec(mail.text)?.[0]
    if (!link) continue
    const page = await fetch(link)
    const html = await page.text()
    if (!page.ok) throw new Error(`${story.name}'s invitation answered ${page.status}`)
    const termsHash = /name="termsHash" value="([^"]+)"/.exec(html)?.[1]
    // Answered before: the page has no form any more.
    if (!termsHash) continue
    const answer = await fetch(link, {
      method: 'POST',
      body: new URLSearchParams({ decision: 'accept', name: story.name, confirmed: 'yes', termsHash }),
    })
    if (!answer.ok)
      throw new Error(`${story.name}'s answer was refused: ${answer.status} ${await answer.text()}`)
    accepted += 1
  }
  if (accepted === 0) throw new Error(`${story.name} found no open invitation in the mailbox of ${SHOP.name}`)
}

function idAt(path: string): string {
  return new URL(path, 'http://app.example').pathname.split('/').at(-1) ?? ''
}
