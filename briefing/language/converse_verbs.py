"""Verbs that tell one event from its two sides: who wins and who loses, who sells and who buys, who gives and who gets.

Each row is one event; the first side's subject is its first actor, the second side's subject its other one. Behind a
colon stand the prepositions that lead to the other actor; "-" means that none is needed.
"""

# One row of words a line reads best.
# ruff: noqa: E501

from __future__ import annotations

from functools import cache

from briefing.language.words import fold

_ROWS = {
    "en": """
beat beats beaten beating defeat defeats defeated defeating overcame thrashed edged eliminated outscored outplayed knocked trounced upset : - | won win wins winning triumphed prevailed victory : against over | / lost lose loses losing fell falls dropped succumbed surrendered loss : to against
sold sell sells selling sale : to | / bought buy buys buying acquired acquires acquire purchased purchases : from | / paid pay pays paying : to
gave give gives given giving granted grants awarded handed donated lent lend lends loaned sent sends delivered supplied supplies offered transferred provided : to - | / received receive receives receiving got obtained borrowed borrows accepted : from
taught teaches teach : - to | / learned learnt learns studied : from under
succeeded succeeds replaced replaces replacing succeeding : - | / preceded precedes : -
sued sues suing accused accuses accusing : -
led leads : - | / followed follows trailed trails : - behind
inherited : from | / bequeathed left : to
outnumbered outnumber exceeded exceeds surpassed surpasses overtook : - | / trailed lagged : - behind
owns own owned : - | / belongs belong belonged : to
employs employed hired hires : - | / worked works working : for
""",
    "fr": """
bat battu battue battus battent battre vaincu élimine éliminé domine dominé surclasse devance : - | gagne gagné remporte imposé impose victoire : contre face devant sur | / perd perdu perdent incline incliné inclinés défaite : contre face devant
vend vendu vendue vendent vendre cède cédé vente cession : à aux au | / achète acheté achètent rachète racheté acquiert acquis achat rachat : à aux au auprès | / paie paye payé verse versé : à au aux
donne donné donnée accorde accordé accordée offre offert offerte remet remis prête prêté fournit fourni transmet envoie envoyé livre livré octroie octroyé : à au aux | / reçoit reçu reçue recevoir obtient obtenu emprunte emprunté : de du des d
succède succédé : à au | remplace remplacé : - | / précède précédé : -
possède détient : - | / appartient appartenait : à au
emploie embauche embauché : - | / travaille travaillait : pour
""",
    "es": """
vence venció vencido derrota derrotó derrotado elimina eliminó superó supera : a al | gana ganó ganado impuso victoria triunfo : a al contra ante sobre | / pierde perdió perdido perdieron cayó cae derrota : ante contra con frente
vende vendió vendido venden vender venta : a al | / compra compró comprado adquiere adquirió adquirido compran : a al de | / paga pagará pagó pagado abona abonó abonará : a al
da dio dado otorga otorgó otorgado concede concedió concedido presta prestó entrega entregó entregado dona donó ofrece ofreció envía envió suministra : a al | / recibe recibió recibido obtiene obtuvo obtenido recibirá : de del
sucede sucedió : a al | reemplaza sustituye sustituyó : a al | / precede precedió : a al
posee : - | / pertenece pertenecía : a al
contrata contrató emplea : a al | / trabaja trabajaba : para
""",
    "pt": """
vence venceu derrota derrotou elimina eliminou superou bateu : - o a | ganhou vitória : contra sobre do da | / perde perdeu derrotado : para contra
vende vendeu vendido venda : a à ao para | / compra comprou adquiriu : de da do
deu dá concede concedeu doou emprestou entregou enviou : a à ao para | / recebe recebeu obteve : de da do
""",
    "ar": """
منح منحت يمنح تمنح أعطى أعطت أقرض أقرضت قدم قدمت سلم سلمت : - ل | / حصل حصلت تلقى تلقت تسلم تسلمت اقترض اقترضت نال نالت : من على
هزم هزمت تغلب تغلبت فاز فازت : - على | / خسر خسرت انهزم انهزمت : أمام من
باع باعت يبيع تبيع : ل إلى | / اشترى اشترت يشتري تشتري : من
""",
}


@cache
def _table(language: str) -> dict[str, tuple[tuple[int, bool, frozenset[str]], ...]]:
    """Folded verb → (event, whether its subject is the other actor, what leads to the one who is not its subject)."""
    table: dict[str, tuple[tuple[int, bool, frozenset[str]], ...]] = {}
    for event, row in enumerate(_ROWS.get(language, "").strip().splitlines()):
        for side in row.split("|"):
            verbs, _, leads = side.partition(":")
            is_turned = "/" in verbs
            for verb in verbs.replace("/", " ").split():
                sense = (event, is_turned, frozenset(fold(lead) for lead in leads.split()))
                table[fold(verb)] = (*table.get(fold(verb), ()), sense)
    return table


def sides(key: str, language: str) -> tuple[tuple[int, bool, frozenset[str]], ...]:
    """Of a folded verb: (event, whether its subject is the other actor, prepositions to the one who is not its subject)."""
    return _table(language).get(key, ())
