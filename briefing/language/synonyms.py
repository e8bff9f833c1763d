"""Words of news that stand for one another in a question and its answer: a deal that was "bought" or "acquired".

Each row is one sense; only pairs that hold in most texts are listed, for what they match is a hint and no proof.
"""

from __future__ import annotations

from functools import cache

from briefing.language.words import fold, stem

_ROWS = {
    "en": """
acquire buy purchase takeover
agree accept approve
aid assist help support
aim goal objective purpose target
allege accuse claim
allow permit enable let
announce reveal unveil disclose
annual yearly
appoint name hire nominate
arrest detain custody
ask request demand urge call
attack assault strike
attend participate join
author writer wrote write
ban forbid prohibit outlaw
beat defeat win victory overcome
begin start launch open
boss chief head executive ceo leader chairman
build construct construction
businessman entrepreneur tycoon
car vehicle auto
cause lead reason trigger because
change alter amend
child kid son daughter
close shut
collapse fall drop plunge decline decrease
collaborate cooperate partner together
company firm business
compensation damages payout
complete finish conclude
concern worry fear
consume drink
contain include comprise
cooperate collaborate
cost price worth
country nation state
create make produce develop
criticise criticize slam condemn blast
cut reduce lower slash
damage harm hurt injure
dead die death kill pass
decide rule ruling decision
deny reject refuse dismiss
describe call
destroy ruin wreck
director boss head
discover find found detect
dismiss fire sack
doctor physician medic surgeon
earn salary wage pay
elect vote election
employ work worker staff employee job
end finish close
establish found set create
excuse apologise apologize sorry apology
expect forecast predict
explain reason
film movie
fight battle
finance fund pay
former ex previous
free release
gather assemble meet rally
get receive obtain gain
give grant award provide donate
goal target
grow increase rise expand climb
happen occur
house home live
husband wife spouse married marry
hurt injure wound
idea plan proposal
illness disease sickness
important significant key
inhabitant resident people live population
invest investment
judge court
keep retain hold
large big biggest huge major
last final
lawyer attorney solicitor
leave quit resign depart
locate situate
meet encounter
money fund cash
mother father parent
murder kill
new recent
obtain receive
occupation job profession
offer propose
organise organize arrange host
own owner belong possess
part role play
photo photograph picture image
plan intend propose
post position job
praise applaud welcome
prevent stop block avoid
prize award medal
problem issue difficulty trouble
protest demonstrate demonstration rally march
publish release
recover regain
reply answer respond response
responsible blame
result outcome
sell sale
send dispatch deploy
show demonstrate display
spokesman spokeswoman spokesperson
star actor play
steal rob theft
study research survey university student
suffer undergo
suspect accuse
talk discuss speak
teach train coach
threat threaten danger
try attempt
use employ
view opinion
visit trip travel
warn alert caution
weapon arm gun
win gain
worker employee staff
""",
    "fr": """
acheter acquérir rachat
mourir mort décès décéder tuer
commencer débuter lancer
augmenter hausse croître
baisser diminuer chute recul
voiture véhicule
entreprise société groupe
travail emploi poste
salarié employé travailleur
patron dirigeant directeur président pdg
blesser blessé
interdire interdiction
gagner remporter victoire
créer fonder lancer
coûter prix coût
film long-métrage
manifestation rassemblement mobilisation défilé
rassembler réunir
arrêter interpeller interpellation
gérer diriger gestion
expliquer raison
pays nation état
""",
    "es": """
comprar adquirir compra
morir muerte fallecer muerto matar
comenzar empezar iniciar
aumentar subir crecer aumento
bajar caer reducir descenso
coche auto vehículo
empresa compañía firma
trabajo empleo puesto
trabajador empleado
jefe director presidente
herir herido
ganar vencer victoria
crear fundar nacer
costar precio costo
manifestación marcha movilización
manifestar marchar
detener arrestar detenido
exigir reivindicar reclamar pedir
decir declarar afirmar
""",
    "de": """
kaufen erwerben übernehmen
sterben tod tot töten
beginnen starten
steigen wachsen zunehmen
fallen sinken abnehmen
auto wagen fahrzeug
firma unternehmen konzern
arbeit job stelle
mitarbeiter angestellte beschäftigte
chef leiter vorstand
verletzen verletzt
gewinnen siegen sieg
gründen schaffen
kosten preis
demonstration protest kundgebung
festnehmen verhaften
""",
}


@cache
def _senses(language: str) -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for row in _ROWS.get(language, "").split("\n"):
        stems = {stem(fold(word), language) for word in row.split()}
        for one in stems:
            table.setdefault(one, set()).update(stems - {one})
    return {one: frozenset(others) for one, others in table.items()}


def synonyms(stem_: str, language: str) -> frozenset[str]:
    """The stems that can stand for a stem of this language; an empty set where none is known."""
    return _senses(language).get(stem_, frozenset())
