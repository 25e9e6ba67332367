export const settings = {
  title: 'Settings',
  royalties: {
    title: 'Royalties',
    body: 'For sales from now on. What is booked keeps its terms and dates.',
    returnWindow: 'Return window',
    returnWindowHelp:
      'Proposed in new agreements: a royalty becomes payable this many days after the sale, when the item is no longer expected back.',
    days: 'days',
    cap: 'Most that all creators may get of a sale',
    capHelp:
      'Protects your margin: when several shares meet on one line, they are scaled down to this part of net together.',
  },
  mail: {
    title: 'Mails to creators',
    body: 'Statements and invitations are sent in your name.',
    senderName: 'Sender’s name',
    senderNameHelp: 'The name of the shop when left empty.',
    replyTo: 'Reply-to address',
    replyToHelp: 'Where a creator’s answer goes. The shop’s address when left empty.',
  },
  plan: {
    title: 'Plan',
    body: 'A fixed price a month. Never a part of your sales.',
    current: 'Your plan',
    free: 'Free',
    perMonth: '{{price}} a month',
    creators_one: '{{count}} active creator',
    creators_other: 'Up to {{count}} active creators',
    unlimited: 'As many creators as you like',
    inUse_one: '{{count}} active creator now',
    inUse_other: '{{count}} active creators now',
    choose: 'Choose {{name}}',
    tooMany: 'You have {{active}} active creators; this plan allows {{limit}}.',
  },
  shop: {
    title: 'Your shop',
    body: 'From Shopify. Change them there.',
    name: 'Shop',
    domain: 'Address',
    currency: 'Currency',
    timeZone: 'Time zone',
    timeZoneHelp: 'Months begin and end in this zone.',
  },
  privacy: {
    title: 'Privacy',
    body: 'What Filigree keeps, and what it never does.',
    points: {
      shoppers:
        'No names, addresses or emails of shoppers are stored. Repeat buyers are told apart by a keyed fingerprint.',
      creators: 'Nothing that a creator sees identifies a shopper.',
      requests:
        'Requests to export or erase a customer’s data are answered through Shopify by themselves. Sums in the ledger stay intact.',
      uninstall: '48 hours after you uninstall, Shopify asks us to erase everything of your shop, and we do.',
    },
  },
  refused: {
    not_a_whole_number: 'Enter a whole number of days.',
    out_of_range: 'Enter at most {{most}} days.',
    not_a_percentage: 'Enter a percentage such as 40 or 12.5.',
    too_many_decimals: 'Use at most two decimals.',
    above_hundred: 'Enter at most 100 %.',
    too_long: 'This is too long.',
    forbidden_characters: 'Leave out line breaks, quotes, @ and angle brackets.',
    not_an_address: 'Enter an email address such as studio@yourshop.example.',
  },
}
