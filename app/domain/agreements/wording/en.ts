/** One form, or one form for each number that the language tells apart. */
export type Pattern = string | { one: string; other: string }

export const en = {
  'terms.get.promoter': 'You get {share} of the net value of every sale that you bring.',
  'terms.get.promoter.tiers':
    'You get a share of the net value of every sale that you bring. It begins at {share}.',
  'terms.get.design_owner':
    'You get {share} of the net value of every sale of your designs, whoever brings it.',
  'terms.get.design_owner.tiers':
    'You get a share of the net value of every sale of your designs, whoever brings it. It begins at {share}.',

  'terms.tiers.window.agreement':
    'Your share follows what is sold, counted over the whole time of this agreement.',
  'terms.tiers.window.product': 'Your share follows what is sold, counted for each product by itself.',
  'terms.tiers.window.drop':
    'Your share follows what is sold, counted for each drop by itself. Sales outside a drop pay the share you begin with.',
  'terms.tiers.window.month': 'Your share follows what is sold, counted anew for every calendar month.',
  'terms.tiers.window.quarter': 'Your share follows what is sold, counted anew for every calendar quarter.',
  'terms.tiers.counts.net':
    'What counts is the net value of the sales. What is returned counts as if it had never been sold.',
  'terms.tiers.counts.units':
    'What counts is the number of pieces sold. What is returned counts as if it had never been sold.',
  'terms.tiers.net.first': 'Up to a net value of {to} you get {share}.',
  'terms.tiers.net.between': 'For what lies above {from} and up to {to} you get {share}.',
  'terms.tiers.net.above': 'For what lies above {from} you get {share}.',
  'terms.tiers.units.first': {
    one: 'For the first piece you get {share}.',
    other: 'For the first {count} pieces you get {share}.',
  },
  'terms.tiers.units.between': 'For the pieces after that, up to {to} in all, you get {share}.',
  'terms.tiers.units.above': {
    one: 'For every piece after the first you get {share}.',
    other: 'For every piece after the first {count} you get {share}.',
  },
  'terms.tiers.whole.net':
    'Once a net value of {from} is reached, you get {share} of all that is counted, from the first sale on.',
  'terms.tiers.whole.units': {
    one: 'Once one piece is sold, you get {share} of all that is counted, from the first sale on.',
    other: 'Once {count} pieces are sold, you get {share} of all that is counted, from the first sale on.',
  },
  'terms.tiers.paid':
    'What the steps add is worked out by the month of the sale; its waiting time begins at the end of that month.',

  'terms.on.everything.promoter': 'It counts for every product bought with your code or through your link.',
  'terms.on.everything.design_owner': 'It counts for every product.',
  'terms.on.products.promoter':
    'It counts for these products bought with your code or through your link: {list}.',
  'terms.on.products.design_owner': 'It counts for these products: {list}.',
  'terms.on.collections.promoter':
    'It counts for the products of these collections bought with your code or through your link: {list}.',
  'terms.on.collections.design_owner': 'It counts for the products of these collections: {list}.',

  'terms.net':
    'Net is what buyers paid for the items after discounts, without tax, shipping, tips, gift cards, duties and fees, minus returns.',
  'terms.fee': 'A fixed {fee} of it is deducted for payment costs before your share is taken.',
  'terms.returns':
    'When a buyer returns something, your part of it is taken back at the same share: a full return leaves exactly zero. Goodwill refunds that belong to no item are borne by the shop.',
  'terms.shared':
    'Where several creators earn on the same piece, the shop may limit what all of them get together; each share is then reduced in proportion.',

  'terms.subscription': {
    one: 'For a subscription that you bring you also get your share of its first renewal.',
    other: 'For a subscription that you bring you also get your share of its first {count} renewals.',
  },
  'terms.subscription.decay': {
    one: 'For a subscription that you bring you also get your share of its first renewal, reduced by {decay} of itself.',
    other:
      'For a subscription that you bring you also get your share of its first {count} renewals, each time reduced by {decay} of the share before.',
  },
  'terms.retention.fixed': {
    one: 'When a customer whom you brought orders again within one day, for {minimum} net or more, you get a bonus of {amount}, once for each customer.',
    other:
      'When a customer whom you brought orders again within {count} days, for {minimum} net or more, you get a bonus of {amount}, once for each customer.',
  },
  'terms.retention.share': {
    one: 'When a customer whom you brought orders again within one day, for {minimum} net or more, you get a bonus of {share} of the net value of that order, once for each customer.',
    other:
      'When a customer whom you brought orders again within {count} days, for {minimum} net or more, you get a bonus of {share} of the net value of that order, once for each customer.',
  },
  'terms.retention.share.any': {
    one: 'When a customer whom you brought orders again within one day, you get a bonus of {share} of the net value of that order, once for each customer.',
    other:
      'When a customer whom you brought orders again within {count} days, you get a bonus of {share} of the net value of that order, once for each customer.',
  },
  'terms.retention.returns':
    'If that order is returned so far that it would not have earned the bonus, the bonus is taken back.',
  'terms.guarantee.month':
    'You are guaranteed {amount} for every calendar month, and a part of it for a part of a month: if you earned less, the shop adds the difference after the end of the month.',
  'terms.guarantee.quarter':
    'You are guaranteed {amount} for every calendar quarter, and a part of it for a part of a quarter: if you earned less, the shop adds the difference after the end of the quarter.',
  'terms.guarantee.running':
    'Earnings and guarantee are added up as time goes on: what you earn beyond the guarantee later is set off against what was added before.',
  'terms.guarantee.agreement':
    'You are guaranteed {amount} for the whole time of this agreement: if you earn less, the shop adds the difference after its last day.',
  'terms.guarantee.restock': {
    one: 'You are guaranteed {amount} if one piece of the following is restocked by {date}: {list}.',
    other:
      'You are guaranteed {amount} for every piece of the following that is restocked by {date}, for up to {count} pieces: {list}.',
  },
  'terms.guarantee.higher':
    'You get the higher of what you earned with these pieces and what is guaranteed, not both. A piece counts as restocked when the stock records of the shop show it.',

  'terms.paid.monthly': 'You get a statement after the end of every month. Amounts are in {currency}.',
  'terms.paid.quarterly': 'You get a statement after the end of every quarter. Amounts are in {currency}.',
  'terms.hold.none': 'What you earn becomes payable at once.',
  'terms.hold': {
    one: 'What you earn becomes payable one day after the sale.',
    other: 'What you earn becomes payable {count} days after the sale, when returns are no longer expected.',
  },
  'terms.reserve': {
    one: 'Of that, {share} is kept back against late returns for one more day and becomes payable after it.',
    other:
      'Of that, {share} is kept back against late returns for {count} more days and becomes payable after them.',
  },
  'terms.minimum.none': 'There is no minimum: whatever is payable is paid.',
  'terms.minimum': 'Payouts start at {amount}; anything less is carried forward to the next statement.',
  'terms.duration.open':
    'It starts on {start} and runs until one of you ends it. Earlier sales keep their terms.',
  'terms.duration': 'It runs from {start} to {end}, both days included. Sales in that time keep these terms.',
  /** Before a sentence that the accepted terms did not have. */
  'terms.mark.new': 'New',
  'terms.retroactive':
    'These terms also count for sales since {start} that were made before you accept them. What was booked for those sales is worked out anew, and the difference is added or taken off.',
} satisfies Record<string, Pattern>

export type TermsKey = keyof typeof en
export type TermsWording = Record<TermsKey, Pattern>
