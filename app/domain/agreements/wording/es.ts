import type { TermsWording } from './en.ts'

export const es: TermsWording = {
  'terms.get.promoter': 'Usted recibe el {share} del valor neto de cada venta que aporta.',
  'terms.get.promoter.tiers':
    'Usted recibe una parte del valor neto de cada venta que aporta. Empieza en el {share}.',
  'terms.get.design_owner':
    'Usted recibe el {share} del valor neto de cada venta de sus diseños, la aporte quien la aporte.',
  'terms.get.design_owner.tiers':
    'Usted recibe una parte del valor neto de cada venta de sus diseños, la aporte quien la aporte. Empieza en el {share}.',

  'terms.tiers.window.agreement':
    'Su parte depende de lo que se vende, contado durante toda la vigencia de este acuerdo.',
  'terms.tiers.window.product':
    'Su parte depende de lo que se vende, contado por separado para cada producto.',
  'terms.tiers.window.drop':
    'Su parte depende de lo que se vende, contado por separado para cada drop. Las ventas fuera de un drop dan la parte inicial.',
  'terms.tiers.window.month': 'Su parte depende de lo que se vende, contado de nuevo en cada mes natural.',
  'terms.tiers.window.quarter':
    'Su parte depende de lo que se vende, contado de nuevo en cada trimestre natural.',
  'terms.tiers.counts.net':
    'Cuenta el valor neto de las ventas. Lo que se devuelve cuenta como si nunca se hubiera vendido.',
  'terms.tiers.counts.units':
    'Cuenta el número de piezas vendidas. Lo que se devuelve cuenta como si nunca se hubiera vendido.',
  'terms.tiers.net.first': 'Hasta un valor neto de {to}, usted recibe el {share}.',
  'terms.tiers.net.between': 'Por la parte que supera {from} y hasta {to}, usted recibe el {share}.',
  'terms.tiers.net.above': 'Por la parte que supera {from}, usted recibe el {share}.',
  'terms.tiers.units.first': {
    one: 'Por la primera pieza, usted recibe el {share}.',
    other: 'Por las primeras {count} piezas, usted recibe el {share}.',
  },
  'terms.tiers.units.between': 'Por las piezas siguientes, hasta {to} en total, usted recibe el {share}.',
  'terms.tiers.units.above': {
    one: 'Por cada pieza después de la primera, usted recibe el {share}.',
    other: 'Por cada pieza después de las primeras {count}, usted recibe el {share}.',
  },
  'terms.tiers.whole.net':
    'Cuando se alcanza un valor neto de {from}, usted recibe el {share} de todo lo contado, desde la primera venta.',
  'terms.tiers.whole.units': {
    one: 'Cuando se vende una pieza, usted recibe el {share} de todo lo contado, desde la primera venta.',
    other:
      'Cuando se venden {count} piezas, usted recibe el {share} de todo lo contado, desde la primera venta.',
  },
  'terms.tiers.paid':
    'Lo que añaden los tramos se calcula por mes de venta, y su espera empieza al final de ese mes.',

  'terms.on.everything.promoter': 'Vale para cada producto comprado con su código o a través de su enlace.',
  'terms.on.everything.design_owner': 'Vale para cada producto.',
  'terms.on.products.promoter':
    'Vale para estos productos comprados con su código o a través de su enlace: {list}.',
  'terms.on.products.design_owner': 'Vale para estos productos: {list}.',
  'terms.on.collections.promoter':
    'Vale para los productos de estas colecciones comprados con su código o a través de su enlace: {list}.',
  'terms.on.collections.design_owner': 'Vale para los productos de estas colecciones: {list}.',

  'terms.net':
    'Neto es lo que los compradores pagaron por los artículos después de descuentos, sin impuestos, envío, propinas, tarjetas regalo, aranceles ni tasas, menos las devoluciones.',
  'terms.fee': 'De ello se deduce un {fee} fijo por costes de pago antes de calcular su parte.',
  'terms.returns':
    'Cuando un comprador devuelve algo, se retira lo que usted recibió por ello en la misma proporción: tras una devolución completa queda exactamente cero. Los reembolsos de cortesía que no corresponden a ningún artículo corren a cargo de la tienda.',
  'terms.shared':
    'Cuando varios creadores ganan con la misma pieza, la tienda puede limitar lo que reciben entre todos; cada parte se reduce entonces en proporción.',

  'terms.subscription': {
    one: 'Por una suscripción que usted aporta recibe su parte también de la primera renovación.',
    other:
      'Por una suscripción que usted aporta recibe su parte también de las primeras {count} renovaciones.',
  },
  'terms.subscription.decay': {
    one: 'Por una suscripción que usted aporta recibe su parte también de la primera renovación, reducida en un {decay} de su nivel.',
    other:
      'Por una suscripción que usted aporta recibe su parte también de las primeras {count} renovaciones, reducida cada vez en un {decay} de la parte anterior.',
  },
  'terms.retention.fixed': {
    one: 'Cuando un cliente que usted aportó vuelve a comprar en un día, por {minimum} netos o más, usted recibe una bonificación de {amount}, una sola vez por cliente.',
    other:
      'Cuando un cliente que usted aportó vuelve a comprar en un plazo de {count} días, por {minimum} netos o más, usted recibe una bonificación de {amount}, una sola vez por cliente.',
  },
  'terms.retention.share': {
    one: 'Cuando un cliente que usted aportó vuelve a comprar en un día, por {minimum} netos o más, usted recibe una bonificación del {share} del valor neto de ese pedido, una sola vez por cliente.',
    other:
      'Cuando un cliente que usted aportó vuelve a comprar en un plazo de {count} días, por {minimum} netos o más, usted recibe una bonificación del {share} del valor neto de ese pedido, una sola vez por cliente.',
  },
  'terms.retention.share.any': {
    one: 'Cuando un cliente que usted aportó vuelve a comprar en un día, usted recibe una bonificación del {share} del valor neto de ese pedido, una sola vez por cliente.',
    other:
      'Cuando un cliente que usted aportó vuelve a comprar en un plazo de {count} días, usted recibe una bonificación del {share} del valor neto de ese pedido, una sola vez por cliente.',
  },
  'terms.retention.returns':
    'Si de ese pedido se devuelve tanto que no habría dado derecho a la bonificación, esta se retira.',
  'terms.guarantee.month':
    'Se le garantizan {amount} por cada mes natural, en proporción por un mes incompleto: si ha ganado menos, la tienda añade la diferencia después del fin de mes.',
  'terms.guarantee.quarter':
    'Se le garantizan {amount} por cada trimestre natural, en proporción por un trimestre incompleto: si ha ganado menos, la tienda añade la diferencia después del fin del trimestre.',
  'terms.guarantee.running':
    'Ganancias y garantía se suman con el tiempo: lo que gane más tarde por encima de la garantía se compensa con lo que se añadió antes.',
  'terms.guarantee.agreement':
    'Se le garantizan {amount} por toda la vigencia de este acuerdo: si gana menos, la tienda añade la diferencia después de su último día.',
  'terms.guarantee.restock': {
    one: 'Se le garantizan {amount} si hasta el {date} se repone una pieza de lo siguiente: {list}.',
    other:
      'Se le garantizan {amount} por cada pieza de lo siguiente que se reponga hasta el {date}, hasta un máximo de {count} piezas: {list}.',
  },
  'terms.guarantee.higher':
    'Usted recibe lo mayor entre lo que ganó con estas piezas y lo garantizado, no ambas cosas. Una pieza cuenta como repuesta cuando lo muestran los registros de existencias de la tienda.',

  'terms.paid.monthly':
    'Usted recibe una liquidación después del final de cada mes. Los importes están en {currency}.',
  'terms.paid.quarterly':
    'Usted recibe una liquidación después del final de cada trimestre. Los importes están en {currency}.',
  'terms.hold.none': 'Lo que usted gana se puede pagar de inmediato.',
  'terms.hold': {
    one: 'Lo que usted gana se puede pagar un día después de la venta.',
    other:
      'Lo que usted gana se puede pagar {count} días después de la venta, cuando ya no se esperan devoluciones.',
  },
  'terms.reserve': {
    one: 'De ello se retiene el {share} un día más por devoluciones tardías, y después se puede pagar.',
    other:
      'De ello se retiene el {share} durante {count} días más por devoluciones tardías, y después se puede pagar.',
  },
  'terms.minimum.none': 'No hay un mínimo: se paga todo lo que se puede pagar.',
  'terms.minimum':
    'Los pagos empiezan en {amount}; lo que no llega a esa cantidad pasa a la liquidación siguiente.',
  'terms.duration.open':
    'Empieza el {start} y dura hasta que una de las partes lo termine. Las ventas anteriores conservan sus condiciones.',
  'terms.duration':
    'Dura del {start} al {end}, ambos días incluidos. Las ventas de ese tiempo conservan estas condiciones.',
  'terms.mark.new': 'Nuevo',
  'terms.retroactive':
    'Estas condiciones valen también para las ventas hechas desde el {start}, antes de que usted las acepte. Lo contabilizado por esas ventas se calcula de nuevo, y la diferencia se suma o se resta.',
}
