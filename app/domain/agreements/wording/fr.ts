import type { TermsWording } from './en.ts'

export const fr: TermsWording = {
  'terms.get.promoter': 'Vous recevez {share} de la valeur nette de chaque vente que vous apportez.',
  'terms.get.promoter.tiers':
    'Vous recevez une part de la valeur nette de chaque vente que vous apportez. Elle commence à {share}.',
  'terms.get.design_owner':
    'Vous recevez {share} de la valeur nette de chaque vente de vos créations, quelle que soit la personne qui l’apporte.',
  'terms.get.design_owner.tiers':
    'Vous recevez une part de la valeur nette de chaque vente de vos créations, quelle que soit la personne qui l’apporte. Elle commence à {share}.',

  'terms.tiers.window.agreement':
    'Votre part suit ce qui est vendu, compté sur toute la durée de cet accord.',
  'terms.tiers.window.product': 'Votre part suit ce qui est vendu, compté séparément pour chaque produit.',
  'terms.tiers.window.drop':
    'Votre part suit ce qui est vendu, compté séparément pour chaque drop. Les ventes hors d’un drop rapportent la part de départ.',
  'terms.tiers.window.month': 'Votre part suit ce qui est vendu, compté à nouveau pour chaque mois civil.',
  'terms.tiers.window.quarter':
    'Votre part suit ce qui est vendu, compté à nouveau pour chaque trimestre civil.',
  'terms.tiers.counts.net':
    'C’est la valeur nette des ventes qui compte. Ce qui est retourné compte comme s’il n’avait jamais été vendu.',
  'terms.tiers.counts.units':
    'C’est le nombre de pièces vendues qui compte. Ce qui est retourné compte comme s’il n’avait jamais été vendu.',
  'terms.tiers.net.first': 'Jusqu’à une valeur nette de {to}, vous recevez {share}.',
  'terms.tiers.net.between': 'Pour la partie au-delà de {from} et jusqu’à {to}, vous recevez {share}.',
  'terms.tiers.net.above': 'Pour la partie au-delà de {from}, vous recevez {share}.',
  'terms.tiers.units.first': {
    one: 'Pour la première pièce, vous recevez {share}.',
    other: 'Pour les {count} premières pièces, vous recevez {share}.',
  },
  'terms.tiers.units.between': 'Pour les pièces suivantes, jusqu’à {to} en tout, vous recevez {share}.',
  'terms.tiers.units.above': {
    one: 'Pour chaque pièce après la première, vous recevez {share}.',
    other: 'Pour chaque pièce après les {count} premières, vous recevez {share}.',
  },
  'terms.tiers.whole.net':
    'Dès qu’une valeur nette de {from} est atteinte, vous recevez {share} de tout ce qui est compté, dès la première vente.',
  'terms.tiers.whole.units': {
    one: 'Dès qu’une pièce est vendue, vous recevez {share} de tout ce qui est compté, dès la première vente.',
    other:
      'Dès que {count} pièces sont vendues, vous recevez {share} de tout ce qui est compté, dès la première vente.',
  },
  'terms.tiers.paid':
    'Ce que les paliers ajoutent est calculé par mois de vente, et son délai commence à la fin de ce mois.',

  'terms.on.everything.promoter': 'Cela vaut pour chaque produit acheté avec votre code ou par votre lien.',
  'terms.on.everything.design_owner': 'Cela vaut pour chaque produit.',
  'terms.on.products.promoter':
    'Cela vaut pour ces produits achetés avec votre code ou par votre lien\u202f: {list}.',
  'terms.on.products.design_owner': 'Cela vaut pour ces produits\u202f: {list}.',
  'terms.on.collections.promoter':
    'Cela vaut pour les produits de ces collections achetés avec votre code ou par votre lien\u202f: {list}.',
  'terms.on.collections.design_owner': 'Cela vaut pour les produits de ces collections\u202f: {list}.',

  'terms.net':
    'Le net est ce que les acheteurs ont payé pour les articles après remises, hors taxes, livraison, pourboires, cartes cadeaux, droits de douane et frais, moins les retours.',
  'terms.fee':
    'Un montant fixe de {fee} en est déduit pour les frais de paiement avant le calcul de votre part.',
  'terms.returns':
    'Quand un acheteur retourne quelque chose, ce que vous en avez reçu est repris au même taux\u202f: après un retour complet, il reste exactement zéro. Les remboursements commerciaux qui ne se rattachent à aucun article sont à la charge de la boutique.',
  'terms.shared':
    'Lorsque plusieurs créateurs gagnent sur une même pièce, la boutique peut limiter ce que tous reçoivent ensemble\u202f; chaque part est alors réduite en proportion.',

  'terms.subscription': {
    one: 'Pour un abonnement que vous apportez, vous recevez aussi votre part du premier renouvellement.',
    other:
      'Pour un abonnement que vous apportez, vous recevez aussi votre part des {count} premiers renouvellements.',
  },
  'terms.subscription.decay': {
    one: 'Pour un abonnement que vous apportez, vous recevez aussi votre part du premier renouvellement, réduite de {decay} de son niveau.',
    other:
      'Pour un abonnement que vous apportez, vous recevez aussi votre part des {count} premiers renouvellements, réduite à chaque fois de {decay} de la part précédente.',
  },
  'terms.retention.fixed': {
    one: 'Quand une personne que vous avez apportée commande à nouveau en un jour au plus, pour {minimum} net ou davantage, vous recevez une prime de {amount}, une seule fois par personne.',
    other:
      'Quand une personne que vous avez apportée commande à nouveau dans les {count} jours, pour {minimum} net ou davantage, vous recevez une prime de {amount}, une seule fois par personne.',
  },
  'terms.retention.share': {
    one: 'Quand une personne que vous avez apportée commande à nouveau en un jour au plus, pour {minimum} net ou davantage, vous recevez une prime de {share} de la valeur nette de cette commande, une seule fois par personne.',
    other:
      'Quand une personne que vous avez apportée commande à nouveau dans les {count} jours, pour {minimum} net ou davantage, vous recevez une prime de {share} de la valeur nette de cette commande, une seule fois par personne.',
  },
  'terms.retention.share.any': {
    one: 'Quand une personne que vous avez apportée commande à nouveau en un jour au plus, vous recevez une prime de {share} de la valeur nette de cette commande, une seule fois par personne.',
    other:
      'Quand une personne que vous avez apportée commande à nouveau dans les {count} jours, vous recevez une prime de {share} de la valeur nette de cette commande, une seule fois par personne.',
  },
  'terms.retention.returns':
    'Si cette commande est retournée au point qu’elle n’aurait pas donné droit à la prime, la prime est reprise.',
  'terms.guarantee.month':
    'Un montant de {amount} vous est garanti pour chaque mois civil, au prorata pour un mois incomplet\u202f: si vous avez gagné moins, la boutique ajoute la différence après la fin du mois.',
  'terms.guarantee.quarter':
    'Un montant de {amount} vous est garanti pour chaque trimestre civil, au prorata pour un trimestre incomplet\u202f: si vous avez gagné moins, la boutique ajoute la différence après la fin du trimestre.',
  'terms.guarantee.running':
    'Gains et garantie se cumulent au fil du temps\u202f: ce que vous gagnez plus tard au-delà de la garantie est compensé avec ce qui a été ajouté auparavant.',
  'terms.guarantee.agreement':
    'Un montant de {amount} vous est garanti pour toute la durée de cet accord\u202f: si vous gagnez moins, la boutique ajoute la différence après son dernier jour.',
  'terms.guarantee.restock': {
    one: 'Un montant de {amount} vous est garanti si une pièce de ce qui suit est réapprovisionnée jusqu’au {date}\u202f: {list}.',
    other:
      'Un montant de {amount} vous est garanti pour chaque pièce de ce qui suit réapprovisionnée jusqu’au {date}, dans la limite de {count} pièces\u202f: {list}.',
  },
  'terms.guarantee.higher':
    'Vous recevez le plus élevé des deux montants, ce que vous avez gagné avec ces pièces ou ce qui est garanti, et non les deux. Une pièce est réapprovisionnée quand les relevés de stock de la boutique le montrent.',

  'terms.paid.monthly':
    'Vous recevez un relevé après la fin de chaque mois. Les montants sont en {currency}.',
  'terms.paid.quarterly':
    'Vous recevez un relevé après la fin de chaque trimestre. Les montants sont en {currency}.',
  'terms.hold.none': 'Ce que vous gagnez devient payable immédiatement.',
  'terms.hold': {
    one: 'Ce que vous gagnez devient payable un jour après la vente.',
    other:
      'Ce que vous gagnez devient payable {count} jours après la vente, quand plus aucun retour n’est attendu.',
  },
  'terms.reserve': {
    one: 'Une réserve de {share} en est retenue un jour de plus pour les retours tardifs, puis devient payable.',
    other:
      'Une réserve de {share} en est retenue {count} jours de plus pour les retours tardifs, puis devient payable.',
  },
  'terms.minimum.none': 'Il n’y a pas de minimum\u202f: tout ce qui est payable est payé.',
  'terms.minimum':
    'Les versements commencent à {amount}\u202f; en dessous, le montant est reporté sur le relevé suivant.',
  'terms.duration.open':
    'L’accord commence le {start} et court jusqu’à ce que l’une des parties y mette fin. Les ventes antérieures gardent leurs conditions.',
  'terms.duration':
    'L’accord court du {start} au {end}, ces deux jours compris. Les ventes de cette période gardent ces conditions.',
  'terms.mark.new': 'Nouveau',
  'terms.retroactive':
    'Ces conditions valent aussi pour les ventes faites depuis le {start}, avant votre acceptation. Ce qui a été comptabilisé pour ces ventes est recalculé, et la différence est ajoutée ou retirée.',
}
