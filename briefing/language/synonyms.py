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


# Looser: what a question may call what its answer tells ("Who quit?" — "is leaving"). The first word of a row is the
# other words' relative, they are not one another's.
_KIN = {
    "en": """
abandon leave quit drop scrap
accident crash collision wreck
accuse charge allege blame suspect indict
admit confess acknowledge concede
age old young birthday born
aim want hope plan intend goal
aircraft plane jet flight airline
airport terminal runway flight
album record song single music release
amount sum money total
anger outrage upset furious angry protest
announce say tell declare reveal state confirm
approve pass adopt sign agree back vote
arrest detain hold custody jail capture seize
attack bombing blast explosion bomb raid shooting assault strike
attend go visit join come
author writer wrote write novelist book
ban outlaw forbid prohibit bar illegal
battle fight war combat clash
become turn
begin start open launch commence kick
bill law legislation act measure
birth born baby bear
body corpse dead
book novel ticket reserve
boss chief head leader director manager owner chairman ceo president run
break violate breach
building house premises tower block office
business company firm restaurant shop store bakery
buy purchase acquire take
cancel suspend scrap drop postpone halt
capacity seat hold
car vehicle auto driver drive
carry transport bring
cause reason blame due because result factor
celebrate mark festival party
change alter shift reform switch
charity foundation donation
child kid son daughter boy girl baby
choose pick select elect appoint
city town capital
claim say argue insist maintain responsibility
close shut closure seal end
college university school student campus
colour color red blue
come arrive reach land
compare unlike than
compete race match tournament contest
condemn criticise criticize slam denounce blast
conflict dispute quarrel row argument feud war
contain hold include
convict sentence guilty jail prison
cost price expensive pay worth spend
country nation state
couple marry married wife husband
create found form establish make launch
creator founder founded
crime offence murder theft robbery
cure treat treatment heal therapy
damage destroy ruin harm hit wreck
danger risk threat hazard unsafe
daughter child girl
deal agreement contract pact accord treaty
death die dead kill fatal perish victim toll
debt owe loan
decide rule choose vote judge
defeat beat win lose
delay postpone late hold
demand want ask call urge seek claim
describe call say
design plan architect
destination head travel
develop build create
dig excavate
disappear missing vanish lost
discover find detect spot
disease illness virus sick infection
dismiss fire sack oust
donate give donation contribute
doubt question sceptical
drink alcohol beer wine
drop fall decline decrease plunge cut
earn make gross income salary revenue wage take
effect impact consequence influence
election vote poll ballot
employee worker staff job work employ
encourage urge support
enemy rival foe
energy power electricity
enter join break
equipment machine tool device
escape flee run
evacuate leave flee
event happen incident
exception unless except allow
execute execution penalty death
expect forecast predict likely
expel deport oust
expert specialist researcher scientist
explain say reason
factory plant mill
fail failure collapse
fame famous known
family relative parent
fan supporter
farm farmer agriculture
fast speed quick mph
fat weight obese
fear worry concern afraid
feel emotional emotion proud happy sad angry
fight battle combat
film movie picture feature
find discover locate
fine penalty pay
finish end complete
fire blaze burn flame
first earliest initial start begin
fix repair mend
follow follower
food eat meal restaurant
force troop army soldier military
forecast expect predict
forest tree wood
found establish start create
founder start found establish
free release
friend colleague pal
fund finance money pay invest
funeral bury burial
future plan next
game match play
gift present give
girlfriend fiancee partner
goal score target
government state minister administration
group band team organisation organization gang
grow increase rise expand
gun weapon pistol rifle shoot
guilty convict plead
hair beard
happen occur place
harbour harbor port
hate hatred
head lead run chief president director chair boss principal
health medical hospital
hero heroic
hide conceal
hire employ recruit appoint
hit strike shoot injure wound
home house live residence
honour honor medal award order prize
hope want aim
hospital clinic doctor
host organise organize presenter
hunt search chase
husband wife spouse
ill sick illness
illegal ban unlawful
improve better upgrade
increase rise grow up climb
influence affect impact
injure hurt wound injury
inspire idea
instrument guitar
insurance insure insurer
invent create inventor
invest spend put money investment
investigate probe inquiry investigation examine
island isle
jail prison sentence
job work position post role occupation profession
join enter participate
judge court rule
kidnap abduct
kill murder slay die death shoot
killer murderer gunman assailant shooter attacker
king monarch queen royal
know aware
language speak
last final latest
launch start open begin
law legislation rule ban bill
lawyer attorney solicitor represent counsel
lead head chief
leader head chief president
leak spill
learn study find
leave quit depart exit go
length long
letter note write
limit cap maximum
live reside home
location place site locate
lose loss
favourite favorite love prefer
machine device
maker manufacturer make
march protest rally demonstrate
mark celebrate
market sell
match game
medal award honour order
media press newspaper
medicine drug treatment
meet encounter talk meeting
member belong
mistake error accidentally accident wrong
model version
money cash fund dollar
mother mum mom
motive reason
move relocate leave step
movie film picture
murder kill slay shoot death
museum gallery exhibition
music song
name call title
nation country
need require want
neighbour neighbor
new latest recent
newest latest new
newspaper paper daily
nickname known call
nominate name choose
note message letter
number total
object oppose against
obtain get win
occupation job work profession
offer propose give
office post position
open begin start launch inaugurate
operate run manage
operation surgery
opinion view think
oppose against reject object critic opponent protest
opponent rival critic
order instruct
organise organize host hold
origin come begin
owner own belong
painting picture art
part role
partner team join together
party belong member
passenger traveller ride
patient sick
pay money cost salary
peace truce ceasefire
penalty fine punish sentence
perform play sing
photo picture image
pilot captain
place site
plan intend propose will
plane aircraft jet
plant factory
player star
police officer cop
pollution pollute dirty
poor poverty
population people resident inhabitant
power electricity
praise applaud thank
pregnant pregnancy
prepare ready
presenter host
president leader head
prevent stop avoid
price cost worth
prison jail year sentence
prize award
produce make
profession job work
profit earn income
project scheme plan
promise pledge vow commit agree undertake
propose suggest offer plan
protect safe guard conserve
protest demonstrate rally strike
provide give supply
publish release
punish penalty sentence fine
purchase buy
put place drop
quarrel dispute row argument
quit leave resign
race run compete
rain storm flood
raise increase
reach arrive
react respond say
receive get given award
record album
reduce cut lower
reform change
refuse reject decline deny
reject oppose refuse deny
relationship date couple
release free publish
religion faith
remain stay
remove take
rent lease
repair fix maintenance
replace succeed successor substitute
report say
representative spokesman spokesperson spokeswoman
rescue save
research study
resident people live inhabitant
resign quit leave
responsible blame
restaurant eat
restriction measure limit rule curb
result outcome
return back
reveal disclose tell
reward award prize
rich wealthy
rise increase
risk danger face could
road street highway
rob steal
role part play task contribute participate participation position
rule law
run operate own manage head
salary pay wage earn
sale sell
save rescue
scandal controversy row
scientist researcher professor
score goal
search look hunt
secret hidden
seek want ask
sell sale
sentence jail prison
shop store
shoot fire gun shot hit
show programme program series
sick ill
sign agree
singer sing vocalist
site place location
size big large
skill ability
sleep bed
soldier troop army
solution solve
song single track
speak talk say
spend cost pay
sponsor fund
spread expand
star actor
start begin open launch
state say
steal rob theft
stop halt end
storm hurricane cyclone
stress pressure
strike walkout protest
student pupil
study research survey
success successful
suggest propose
suicide kill
sum amount
support back help
survive survivor alive
suspect accused
talk speak
target aim
tax levy
teach teacher
team squad
term condition
theft steal
threat threaten
title name
tool device
tour concert
train rail
travel trip journey
treat treatment
trial court charge
troop soldier
try attempt
type kind
unemployed jobless
university college
vehicle car
victim dead
view opinion
village town
violence clash
visit trip
vote election
wage pay
want demand
war conflict
warn caution
watch view
weapon gun bomb
wear dress
website site
wedding marry
weight pound kilo
win victory
winner win
wish want hope
work job
worker employee
worth cost value
wound injure hurt
write author
wrong mistake
""",
    "fr": """
accident collision crash
accuser reprocher dénoncer critiquer
acheter acquérir rachat achat
aider aide soutien soutenir
aller rendre visite
annoncer déclarer dire affirmer indiquer préciser
arrêter interpeller arrestation détenir garde
attaque attentat agression
augmenter hausse croître relever
auteur écrire écrivain
autoriser permettre
avocat défendre défense représenter
baisser diminuer chute recul réduire
blesser blessure blessé
bâtiment immeuble
but objectif
cadeau offrir présent
cause raison parce dû
changer modifier réforme
chef dirigeant patron directeur président tête diriger
commencer débuter lancer ouvrir démarrer
construire construction bâtir
coupable condamner
coûter prix coût montant
craindre peur crainte redouter inquiéter
créer fonder lancer fondateur
critiquer dénoncer reprocher
dangereux danger risque
demander exiger réclamer vouloir appeler
découvrir trouver
défilé manifestation marche
démissionner quitter départ
diriger mener
élection vote scrutin élire
émission programme télé
emploi travail poste métier profession chauffeur
employé salarié travailleur
enfant fils fille
enquête investigation
entreprise société groupe firme
expliquer dire
fermer fermeture
fin terminer achever cesser arrêter
film long-métrage
gagner remporter victoire
gouvernement ministre exécutif
grève débrayage
habiter vivre résider
incendie feu
interdire interdiction
interroger demander question
journal quotidien hebdomadaire
journaliste présentateur
livre roman ouvrage
loi texte
lutter lutte combattre
maladie virus
manifestant manifester
mari épouse femme époux
mesure restriction
métier profession chauffeur travail
mort mourir décès décéder tuer
mosquée culte
nouveau récent
offrir donner cadeau
opposer contre refuser
origine venir envoyer
ouvrir inaugurer
partir quitter
payer financer
plainte porter
polémique controverse
proposer proposition
propos parole mot
protester manifester
publier sortir
refuser rejeter
rencontrer visite réunir voir
réagir répondre
recevoir accueillir
restriction mesure
roman livre
réunion rassemblement
sauver secourir
soldat militaire armée
supprimer suppression
titre nom appeler rebaptiser
trouver déplacement
tuer assassiner meurtre
virus épidémie
voiture véhicule
voler vol
vouloir souhaiter
école élève
élève étudiant
événement rassemblement
""",
    "es": """
abrir inaugurar
aceptar aprobar
acusar denunciar
acuerdo pacto
afectar afectado perjudicar
agricultor campesino regante
alcalde intendente municipio
anunciar decir declarar afirmar asegurar
apoyar respaldar ayudar
aprobar autorizar
asesinar matar muerte
aumentar subir crecer
ayuda apoyo
beneficiar dar ayudar recibir
buscar querer
cancelar suspender
cárcel prisión preso
casa vivienda hogar
causa razón porque debido motivo
cerrar cierre
coche auto vehículo
comenzar empezar iniciar inicio
comprar adquirir
construir construcción obra
crear fundar
criticar rechazar calificar
costar costo precio presupuesto inversión
crimen delito
dañar daño destruir
dejar abandonar
deportista jugador
desaparecer desaparecido
despedir despido
detener arrestar
dinero fondo
dirigir encabezar presidir director jefe presidente líder presidenta directora
durar tiempo
edificio inmueble
elegir elección votar
empleo trabajo puesto
empresa compañía firma
empleado trabajador
encabezar presidir dirigir presidenta presidente
enfermedad virus
escuela colegio
estudiante alumno
exigir pedir reclamar reivindicar demandar querer
explicar decir
fábrica planta
fin terminar acabar
ganar salario sueldo
gobierno ministro ejecutivo
guerra conflicto
herir herido
hijo niño hija
huelga paro protesta
hospital médico
impedir evitar
incendio fuego
inundación lluvia
inversión invertir
juez tribunal
ley norma
libro novela
lugar sitio
manifestar manifestación marcha
matar morir muerte fallecer
miedo temer temor
mujer esposa
multa sanción infracción
negar rechazar
nombre llamar
nuevo reciente
obra trabajo construcción
oponer rechazar contra
opinar calificar decir considerar
pagar abonar pago
participar sumar asistir
país nación
película film filme
pedir exigir solicitar
policía agente
portavoz vocero
precio costo
prohibir prohibición
prometer promesa comprometer
protagonizar protagonista
protestar protesta
proyecto plan obra
quejar queja
reaccionar responder
realizar celebrar organizar
reducir bajar
reunir reunión
robar robo
salario sueldo
soldado militar
solicitar pedir
suspender cancelar
temer miedo
terminar acabar
trabajo obra empleo
triunfo ganar
usar utilizar
víctima muerto
viajar viaje
visitar visita
vivir residir
volver regresar
""",
    "pt": """
abrir inaugurar reabrir recomeçar
acordo pacto
acusar denunciar culpa
ajuda apoio
anunciar dizer afirmar informar
aprovar autorizar
aula escola
aumentar subir crescer
carro veículo
causa razão porque motivo
cheia inundação enchente temporal chuva
comprar adquirir
começar iniciar início recomeçar
construir construção obra
criar gerar fundar
culpa responsável causa
custar custo preço valor
demitir despedir
diretor chefe presidente líder
dinheiro verba
desaparecer desaparecido
emprego trabalho posto vaga
empresa companhia firma
escola aula aluno
exigir pedir reclamar querer
fechar encerrar
ferir ferido
filme película
ganhar vencer
governo ministro
greve paralisação
investir investimento
juiz tribunal
lei norma
matar morrer morte morto vítima falecer
medo recear temer
morador habitante residente
opor contestar contra rejeitar
pagar pagamento
polícia agente
pronunciar decidir decisão
prometer promessa
protestar protesto
projeto plano
reduzir baixar
responsável culpa
reunir reunião
roubar roubo golpe
salário ordenado
salvar resgatar
sair deixar
suspender cancelar
terminar acabar
trabalhador funcionário empregado
vencer ganhar
viver morar
""",
    "ru": """
автомобиль машина
арестовать задержать
больной пациент
больница врач
бояться опасаться
взрыв теракт
вид тип
виновный виноват
возраст лет
война конфликт
выборы голосование
глава руководитель директор начальник председатель мэр губернатор возглавлять
город мэр
дать вручить
деньги средства рубль
договор соглашение
дом здание
закон законопроект
закрыть закрытие
запретить запрет
заявить сказать сообщить утверждать рассказать
здание дом
зарплата оклад
компания предприятие фирма завод
конец завершить закончить
критиковать осудить
купить приобрести покупка
начать начаться открыть старт пойти
обещать пообещать обязаться
обойтись стоить стоимость цена потратить
основать создать
отказ отказаться
открыть открытие начать
пожар огонь
помощь поддержка помогать
построить строить строительство возвести
потерять лишиться уволить
погибнуть умереть смерть убить гибель
предприятие завод
причина из-за
провести пройти
работник сотрудник рабочий человек
рост увеличить вырасти
сократить уволить сокращение увольнение снизить
собрание встреча
солдат военный
стоить стоимость обойтись
суд судья
увольнение уволить
ученик школьник
участник участвовать
человек сотрудник житель
цель задача
школа ученик
""",
    "ar": """
أعلن قال صرح ذكر أكد
أغلق إغلاق أقفل
افتتح افتتاح فتح دشن
بدأ انطلق بداية
تكلفة كلفة سعر ثمن كلف أنفق إنفاق
مات قتل توفي وفاة ضحية
جرح أصيب إصابة مصاب
رئيس مدير رئيسة مديرة قائد زعيم
طالب دعا طلب
سبب بسبب
شركة مؤسسة
عامل موظف
عقد اتفاق
بنى بناء شيد إنشاء
انتقد رفض عارض
وصل وصول
اعتقل أوقف اعتقال
وعد تعهد التزم وافق
زاد ارتفع ارتفاع
انخفض تراجع
حرب صراع
مدرسة تلميذ
سكان أهالي
مشروع أشغال مبنى
اشترى شراء
استمر مدة
جندي قوات جيش
""",
    "he": """
אמר הודיע מסר
נסגר סגור סגירה
נפתח פתיחה יפתח
עלות מחיר עלה עולה יעלה
מת נהרג מוות נרצח
פצוע נפצע
מנהל מנהלת ראש יושב
דרש דורש דורשים
סיבה בגלל
חברה עסק
עובד עובדים
בנה נבנה בנייה
תלמיד ילד
עבר עברו
הקציב הקצתה תקציב
פרויקט עבודות
""",
    "de": """
anfangen beginnen starten
ankündigen sagen erklären mitteilen
arbeitsplatz stelle job arbeit
ablehnen gegen kritisieren
bauen errichten bau
chef leiter präsident direktor vorsitzende
eröffnen öffnen
fordern verlangen wollen
grund wegen weil ursache
kosten preis teuer
schließen schließung
sterben tod tot töten
versprechen zusagen
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


@cache
def _kin(language: str) -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for row in _KIN.get(language, "").split("\n"):
        first, *others = [stem(fold(word), language) for word in row.split()] or [""]
        table.setdefault(first, set()).update(others)
        for other in others:
            table.setdefault(other, set()).add(first)
    return {one: frozenset(others - {one}) for one, others in table.items()}


def synonyms(stem_: str, language: str) -> frozenset[str]:
    """The stems that can stand for a stem of this language; an empty set where none is known."""
    return _senses(language).get(stem_, frozenset())


def related(stem_: str, language: str) -> frozenset[str]:
    """The stems with which a text may answer what a question asks by a stem of this language: a wider circle."""
    return _kin(language).get(stem_, frozenset()) - synonyms(stem_, language)
