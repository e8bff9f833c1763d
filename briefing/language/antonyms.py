"""Opposites: words that turn a statement round when one is put for the other ("accepted" for "rejected").

Each row is two sides; every word of the one side is an opposite of every word of the other. Words are listed in the
forms that news uses, since a stem would throw "more" and "moral" together.
"""

# One row of words a line reads best.
# ruff: noqa: E501

from __future__ import annotations

from functools import cache

from briefing.language.words import fold

_ROWS = {
    "en": """
aware | unaware
eligible | ineligible
valid | invalid void
available | unavailable
complete completed | incomplete unfinished uncompleted
related linked connected | unrelated unconnected
armed | unarmed
employed | unemployed jobless
insured | uninsured
vaccinated | unvaccinated
conscious | unconscious
willing | unwilling reluctant
familiar | unfamiliar
appropriate | inappropriate
official | unofficial
licensed licenced | unlicensed unlicenced
authorised authorized | unauthorised unauthorized
intentional deliberate intentionally deliberately | accidental unintentional accidentally unintentionally inadvertently
appear appeared appears emerge emerged emerges | disappear disappeared disappears vanish vanished
reveal revealed reveals disclose disclosed discloses | conceal concealed conceals hide hid hidden withhold withheld
advance advanced advances | retreat retreated retreats
freeze froze frozen | thaw thawed melt melted unfreeze unfroze
comply complied complies obey obeyed | violate violated violates breach breached breaches flout flouted disobey disobeyed
qualify qualified qualifies | disqualify disqualified
connect connected | disconnect disconnected
peaceful peacefully nonviolent | violent violently
gradual gradually | sudden suddenly abrupt abruptly
demand | supply
employer employers | employee employees
landlord landlords | tenant tenants
liberal liberals progressive | conservative conservatives
upper | lower
vertical vertically | horizontal horizontally
entrance | exit
deposit deposited deposits | withdraw withdrew withdrawn withdrawal withdrawals
deter deterred deters | encourage encouraged attract attracted
promoted promotion | relegated relegation demoted demotion
asset assets | liability liabilities
inflow inflows | outflow outflows
ceasefire truce | fighting hostilities
praise praised praises hailed hails applauded applauds commended | condemn condemned condemns criticised criticized criticises criticizes slammed blasted denounced denounces
retain retained retains maintain maintained maintains | scrap scrapped scraps abolish abolished abolishes drop dropped
grant granted grants | deny denied denies revoke revoked revokes refuse refused
renew renewed renews | cancel cancelled canceled expire expired
reinstate reinstated reinstates | suspend suspended suspends
everyone everybody | nobody noone
agree agreed agrees | disagree disagreed disagrees
trust trusted trusts | distrust distrusted mistrust mistrusted
calm calmed | panic panicked
obsolete outdated | new modern current
solve solved resolved resolve | worsen worsened aggravate aggravated
unanimous unanimously | narrow narrowly split
fertile | infertile barren
innovative | conventional
reversible | irreversible
curable treatable | incurable untreatable
preventable avoidable | unavoidable inevitable
predictable | unpredictable
reliable | unreliable
credible | implausible incredible
realistic | unrealistic
justified | unjustified
necessary needed essential | unnecessary needless
consistent | inconsistent
controversial | uncontroversial
domestic | foreign overseas
native indigenous | invasive
toxic poisonous | harmless safe
lethal deadly fatal | harmless nonfatal
benign | malignant
acute | chronic
overweight obese | underweight
oversupply glut | shortage scarcity
overestimate overestimated | underestimate underestimated
overvalued | undervalued
outbound outgoing | inbound incoming
senior | junior
adult adults grownup | child children minor minors
human humans | animal animals
inaugurate inaugurated | close closed
exonerate exonerated vindicated cleared | incriminate incriminated implicated blamed
uphold upheld upholds | overturn overturned overturns quash quashed struck
ratify ratified | reject rejected
comfort comforted reassure reassured | alarm alarmed worried frighten frightened
prosperous prosperity | impoverished poverty
abundant plentiful | scarce
legitimate | illegitimate
ethical | unethical
fair fairly | unfair unfairly
just | unjust
equal equality | unequal inequality
favourable favorable | unfavourable unfavorable adverse
tolerant | intolerant
respect respected respectful | disrespect disrespected disrespectful contempt
obedient | disobedient
honest honestly | dishonest dishonestly
loyal loyalty | disloyal disloyalty traitor
experienced | inexperienced
mature | immature
heavy heavier heaviest | light lighter lightest
tight tighter | loose looser
sharp sharply steep steeply drastically dramatically | slight slightly marginally modestly
continue continued continues continuing | stop stopped stops stopping cease ceased abandon abandoned quit
complete completed completes completing completion finish finished | abort aborted aborts abandon abandoned interrupt interrupted
contest contested contests dispute disputed disputes deny denied | confirm confirmed confirms accept accepted admit admitted concede conceded
ease eased easing relax relaxed lift lifted | tighten tightened tightening impose imposed
extend extended lengthen prolong prolonged | shorten shortened curtail curtailed
unite united unity | divide divided split
surprising surprised unexpected unexpectedly | unsurprising expected unsurprisingly
glowing bright brighter luminous shining | dark darker dim
visible | invisible hidden
winner winners champion champions | loser losers
surplus | deficit shortfall shortage
victim victims | perpetrator perpetrators attacker attackers
mandatory compulsory | optional voluntary
join joined joins | quit left
secretly covertly privately quietly secret | publicly openly public
free | paid
clean | dirty polluted contaminated
shallow | deep
thick | thin
wide | narrow
dry | wet
crowded | deserted empty
popular | unpopular
sufficient enough adequate | insufficient inadequate
stable stability | unstable instability
accept accepted accepts accepting accepted acceptance approve approved approves approving approval agree agreed agrees agreement endorse endorsed welcome welcomed adopt adopted | reject rejected rejects rejecting rejection refuse refused refuses refusal decline declined disagree disagreed oppose opposed veto vetoed turned deny denied
rise rises rose risen rising increase increased increases increasing grow grew grown growing growth climb climbed climbs soar soared surge surged jump jumped gain gained gains up expand expanded higher boost boosted raise raised raises hike strengthen strengthened | fall falls fell fallen falling decrease decreased decreases decreasing decline declined declines drop dropped drops shrink shrank shrunk plunge plunged sink sank slump slumped down reduce reduced reduces reduction reducing cut cuts lower lowered contract contracted weaken weakened lost dip dipped loss
more | less fewer
most majority many | least minority few none
higher highest high above over | lower lowest low below under
win wins won winning victory triumph victorious beat beats | lose loses lost losing defeat defeated loss losses
support supports supported supporting supporter supporters back backs backed backing favour favor favoured favored for pro | oppose opposes opposed opposing opponent opponents against resist resisted anti criticise criticised criticize criticized
begin begins began begun beginning start starts started starting launch launched launches open opens opened opening resume resumed | end ends ended ending finish finished stop stops stopped stopping halt halted close closes closed closing conclude concluded suspend suspended cancel cancelled canceled quit
before prior ahead earlier previous previously preceding | after following later subsequently afterwards since
first opening earliest | last final latest
arrive arrived arrives arriving arrival enter entered enters come came coming return returned | leave leaves left leaving depart departed departure exit exited flee fled went
allow allowed allows allowing permit permitted permits legal legalise legalised authorise authorised authorize authorized enable enabled let | ban banned bans banning prohibit prohibited forbid forbidden block blocked blocks prevent prevented illegal outlaw outlawed barred
buy buys bought buying purchase purchased acquire acquired import imports imported | sell sells sold selling sale export exports exported
success successful successfully succeed succeeded succeeds | failure fail failed fails failing unsuccessful unsuccessfully
guilty convicted convict conviction | innocent acquitted acquit acquittal cleared
strong stronger strongest strength strengthen | weak weaker weakest weakness weaken
positive | negative
good better best great excellent improve improved improves improving improvement | bad worse worst poor terrible worsen worsened deteriorate deteriorated
large larger largest big bigger biggest huge great major massive significant | small smaller smallest tiny little minor slight insignificant
old older oldest elderly ancient | young younger youngest new newer newest
early earlier earliest | late later latest
alive living survive survived survives survivor survivors | dead died dies killed death deceased
safe safer safety secure | dangerous danger unsafe unsecured risky
rich richer richest wealthy | poor poorer poorest
inside within indoors internal domestic | outside outdoors external foreign
public publicly | private privately
always often frequently usually | never rarely seldom occasionally sometimes
possible likely certain sure | impossible unlikely uncertain unsure
include included includes including | exclude excluded excludes excluding
present | absent
true real genuine correct right accurate | false fake wrong incorrect inaccurate untrue
easy easier easily easiest | difficult hard harder hardest
north northern | south southern
east eastern | west western
man men male boy boys father husband brother son brothers sons fathers husbands gentleman | woman women female girl girls mother wife sister daughter sisters daughters mothers wives lady
happy happier pleased glad delighted satisfied | sad unhappy angry disappointed upset dissatisfied sorry
love loved loves like liked likes praise praised praises | hate hated hates dislike disliked dislikes criticise criticised criticize criticized
hire hired hires appoint appointed employ employed | fire fired sack sacked dismiss dismissed
confirm confirmed confirms | deny denied denies refute refuted
remember remembered | forget forgot forgotten
release released releases free freed | detain detained arrest arrested jail jailed imprison imprisoned capture captured
attack attacked attacks attacking | defend defended defends defending protect protected
war conflict | peace truce
increase | decrease
male | female
day daytime | night nighttime
hot warm warmer | cold cool colder
fast faster quick quickly rapid rapidly | slow slower slowly
full | empty
long longer | short shorter
left | right
top | bottom
maximum | minimum
advantage benefit | disadvantage drawback
optimistic hopeful | pessimistic
active | inactive passive
legal lawful | illegal unlawful
able | unable
clear | unclear
known | unknown
common | rare uncommon
expensive costly | cheap affordable
temporary temporarily | permanent permanently
voluntary voluntarily | compulsory mandatory forced
direct directly | indirect indirectly
increase | reduction
profit profits profitable surplus | loss losses deficit
ally allies friend friends friendly | enemy enemies foe hostile
simple | complex complicated
comfortable | uncomfortable
important | unimportant trivial
healthy | sick ill unhealthy
innocence | guilt
accelerate accelerated accelerating | slow slowed slowing
build built building construct constructed create created | destroy destroyed demolish demolished dismantle
remain remained remains stay stayed stays keep kept | change changed leave left
give gave given gives | take took taken takes receive received
send sent sends | receive received receives
teach taught | learn learned
borrow borrowed | lend lent
income revenue | expenditure spending
together jointly | separately apart alone
partial partially partly | complete completely fully total entirely
married | divorced single
murder murdered | manslaughter suicide
mild | severe serious
near nearby close | far distant
innocent | guilty
encourage encouraged encourages | discourage discouraged discourages
add added adds | remove removed removes
lead led leads | follow followed follows trail
quiet calm peaceful | loud noisy violent
ordinary normal usual | extraordinary unusual abnormal exceptional
traditional | modern
urban | rural
light | dark heavy
even | odd
hope hopes hoped | fear fears feared
""",
    "fr": """
autorise autorisent autorisée autorisés autorisées autoriser autorisation | interdit interdits interdites interdiction refuse refusé
respecte respecté respectent | viole violé violent enfreint bafoue
reconnaît reconnu avoue avoué | nie nié conteste contesté
révèle révélé dévoile dévoilé | cache caché dissimule dissimulé tait
loue loué salue salué saluent félicite félicité | condamne condamné dénonce dénoncé critique critiqué fustige
renforce renforcé renforcer | affaiblit affaibli affaiblir
élargit élargi | restreint réduit rétrécit
avance avancé | recule reculé
optimiste optimistes | pessimiste pessimistes
légal légale légaux | illégal illégale illégaux
légitime | illégitime
volontaire volontairement intentionnel intentionnellement délibéré délibérément | involontaire involontairement accidentel accidentellement
apparaît apparu | disparaît disparu
embauche embauché recrute recruté | licencie licencié renvoie renvoyé
maintient maintenu maintenue | annule annulé annulée supprime supprimé supprimée retire retiré
prolongé prolongée renouvelé | écourté interrompu suspendu
confirmé confirmée | infirmé infirmée annulé annulée
disponible | indisponible
efficace | inefficace
capable | incapable
heureux heureuse satisfait satisfaite | malheureux malheureuse mécontent mécontente déçu déçue
calme | agité agitée violent violente
sec sèche | humide mouillé
profond profonde | superficiel superficielle
nécessaire utile | inutile superflu
normal normale habituel | anormal anormale inhabituel exceptionnel
acheteur | vendeur
employeur | employé salarié
emploi | chômage
excédent | déficit
bénéfice bénéfices | perte pertes
hausses | baisses
plupart majorité | minorité poignée
majeur adulte adultes | mineur enfant enfants
vaccinés vacciné vaccinée | non-vacciné
armé armée | désarmé
cher chère chers coûteux | bon-marché abordable
accélère accéléré | ralentit ralenti
allume allumé | éteint éteindre
gagnant gagnante vainqueur | perdant perdante vaincu
meilleures meilleurs | pires
plein pleins comble | vide vides désert
utile utiles | inutile inutiles
connus connues célèbre célèbres | inconnus inconnues
attire attiré | repousse repoussé
continue continuer poursuit poursuivre maintient maintenir | arrête arrêter cesse cesser interrompt abandonne abandonner renonce
confirme confirment confirmé admet admettent reconnaît reconnaissent | conteste contestent contesté contestée dément démentent nie nient réfute
signe signé signer | refuse refusé
gratuit gratuite gratuitement | payant payante
obligatoire | facultatif facultative volontaire
lourd lourde lourds lourdes | léger légère légers légères
plein pleine | vide
sûr sûre | dangereux dangereuse
provisoire temporaire | définitif définitive permanent permanente
direct directement | indirect indirectement
connu connue | inconnu inconnue
présent présente | absent absente
allonge allongé prolonge prolongé | raccourcit raccourci écourté
suffisant suffisante | insuffisant insuffisante
soutient soutiennent soutenu appuie approuve approuvent | critique critiquent critiqué oppose opposent opposé dénonce dénoncent
accepte accepté acceptée acceptés accepter approuve approuvé approuvée adopté adoptée validé | refuse refusé refusée refuser rejette rejeté rejetée rejeter repoussé
augmente augmenté augmentée augmentation augmenter hausse monte monté croissance croît progresse progressé progression grimpe grimpé supérieur supérieure accru | diminue diminué diminution diminuer baisse baissé baisser recul recule reculé chute chuté réduit réduite réduction réduire inférieur inférieure
plus | moins
avant | après
premier première premiers premières | dernier dernière derniers dernières
gagne gagné gagner remporte remporté victoire vainqueur bat battu | perd perdu perdre défaite perdant
pour favorable favorables soutient soutenu soutien partisan partisans | contre opposé opposée opposés opposition hostile adversaire
ouvre ouvert ouverte ouverts ouverture ouvrir | ferme fermé fermée fermés fermeture fermer clos
commence commencé début débuté démarre lancé lance reprend repris | finit fini fin terminé termine arrête arrêté cesse cessé suspendu achevé
autorise autorisé autorisée permet permis légal légale | interdit interdite interdire empêche empêché illégal illégale
meilleur meilleure mieux bon bonne bien bons bonnes | pire pires pis mauvais mauvaise mal
grand grande grands grandes gros important importante majeur majeure | petit petite petits petites faible mineur mineure
fort forte forts fortes | faible faibles
nouveau nouvelle nouveaux nouvelles jeune jeunes récent récente | ancien ancienne anciens anciennes vieux vieille âgé âgés
vivant vivants survécu | mort morts morte décédé
succès réussite réussi réussit | échec échoué échoue
homme hommes garçon père mari frère fils | femme femmes fille mère épouse sœur
nord | sud
est | ouest
toujours souvent | jamais rarement
possible probable | impossible improbable
coupable condamné | innocent acquitté relaxé
achète acheté achat | vend vendu vente
haut haute hauts élevé élevée | bas basse bas
intérieur dedans | extérieur dehors
public publique | privé privée
facile facilement | difficile difficilement
riche riches | pauvre pauvres
arrive arrivé arrivée entré entre | part parti partie départ quitté sorti
positif positive | négatif négative
majorité | minorité
vrai vraie | faux fausse
rapide rapidement vite | lent lentement
paix | guerre
ami amis allié alliés | ennemi ennemis
inclus inclut compris | exclu exclut
jour | nuit
chaud chaude | froid froide
court courte | long longue
maximum | minimum
confirme confirmé | dément démenti
beaucoup nombreux nombreuses | peu rares
tous tout toutes | aucun aucune
dessus | dessous
gauche | droite
libéré libre | arrêté emprisonné détenu
construit construire | détruit détruire
tôt | tard
""",
    "es": """
respeta respetó respetan cumple cumplió cumplen | viola violó violan incumple incumplió incumplen
revela reveló revelado desvela desveló | oculta ocultó ocultado esconde
elogia elogió elogiado alaba celebra celebró felicita | condena condenó condenado denuncia denunció critica criticó
refuerza reforzó reforzar fortalece fortaleció | debilita debilitó debilitar
amplía amplió ampliar | reduce redujo recorta recortó restringe
avanza avanzó avanzado | retrocede retrocedió retrocedido
optimista optimistas | pesimista pesimistas
legal legales | ilegal ilegales
legítimo legítima | ilegítimo ilegítima
intencionado deliberado deliberadamente voluntario voluntariamente | accidental accidentalmente involuntario involuntariamente
aparece apareció aparecido | desaparece desapareció desaparecido
contrata contrató contratado ficha | despide despidió despedido
mantiene mantuvo mantenido | anula anuló anulado suprime suprimió cancela canceló retira retiró
aumentan aumentaron crecieron subieron suben crecen | disminuyen disminuyeron bajaron bajan cayeron caen
alza repunte subida ascenso | descenso caída bajada desplome retroceso
barato económica asequible | caro costosa costoso
más | menos
disponible disponibles | indisponible agotado
eficaz | ineficaz
capaz | incapaz
feliz contento contenta satisfecho satisfecha | triste descontento descontenta insatisfecho decepcionado decepcionada
necesario necesaria | innecesario innecesaria
normal habitual | anormal inusual excepcional
comprador | vendedor
empleo | paro desempleo
superávit | déficit
beneficio beneficios ganancia ganancias | pérdida pérdidas
mayoría | minoría
adulto adultos | niño niños menor
conocido conocidos conocida | desconocido desconocidos desconocida
acelera aceleró | frena frenó ralentiza ralentizó desacelera
ganador ganadora | perdedor perdedora
llenan lleno llenos | vacían vacío vacíos
atrae atrajo | repele ahuyenta
útil | inútil
profundo profunda | superficial
seco seca | húmedo húmeda mojado
norteño | sureño
aprobada aprobado aprobaron | rechazada rechazado rechazaron
recuerda recordó | olvida olvidó
une unió | divide dividió separa separó
apoyada apoyado apoyadas apoyados apoyan apoyaron apoyar respalda respaldó respaldada respaldado respaldan respaldaron | opone opuso oponen opusieron opuesta opuesto rechazada criticada criticado critican
continúa continuar continuó sigue siguió mantiene mantuvo | deja dejó abandona abandonó cesa cesó interrumpe interrumpió
confirma confirmó confirman admite admitió reconoce reconoció | niega negó desmiente desmintió cuestiona cuestionó
barato barata baratos baratas | caro cara caros caras
gratis gratuito gratuita | pago pagado
obligatorio obligatoria | voluntario voluntaria opcional
pesado pesada pesados pesadas | ligero ligera ligeros ligeras
lleno llena | vacío vacía
seguro segura | peligroso peligrosa inseguro
temporal provisional | definitivo definitiva permanente
directo directa | indirecto indirecta
conocido conocida | desconocido desconocida
presente | ausente
suficiente suficientes | insuficiente insuficientes
comenzado empezado iniciado | terminado acabado concluido
acepta aceptó aceptado aceptada aceptar aprueba aprobó aprobado aprobada aprobar | rechaza rechazó rechazado rechazada rechazar niega negó
aumenta aumentó aumentado aumento aumentar sube subió subido subida crece creció crecimiento crecer incremento incrementó incrementado superior | disminuye disminuyó disminuido disminución descenso desciende descendió baja bajó bajado bajar reduce redujo reducido reducción reducir cae cayó caída inferior
más mas | menos
antes | después tras
primer primero primera primeros primeras | último última últimos últimas
gana ganó ganado ganar victoria vence venció triunfo | pierde perdió perdido perder derrota
favor apoya apoyó apoyo partidario partidarios | contra opone opuso oposición rechazo detractores
abre abrió abierto abierta abiertos abrir apertura | cierra cerró cerrado cerrada cerrados cerrar cierre
empieza empezó comienza comenzó inicio inicia inició principio | termina terminó acaba acabó fin final finaliza finalizó
permite permitió permitido legal autoriza autorizó autorizado | prohíbe prohibió prohibido ilegal impide impidió
mejor mejores bien bueno buena buen buenos buenas | peor peores mal malo mala malos malas
mayor mayores grande grandes gran | menor menores pequeño pequeña pequeños pequeñas
fuerte fuertes | débil débiles
nuevo nueva nuevos nuevas joven jóvenes reciente | viejo vieja viejos viejas antiguo antigua antiguos antiguas anciano
vivo vivos | muerto muertos
éxito | fracaso
hombre hombres niño padre marido hermano hijo | mujer mujeres niña madre esposa hermana hija
norte | sur
este | oeste
siempre | nunca jamás
dentro interior | fuera exterior
público pública públicos públicas | privado privada privados privadas
fácil | difícil
rico rica ricos | pobre pobres
llega llegó llegada entra entró | sale salió salida parte partió marcha
positivo positiva | negativo negativa
mayoría | minoría
alto alta altos altas | bajo baja bajos bajas
posible | imposible
culpable | inocente
compra compró | vende vendió venta
muchos muchas mucho mucha | pocos pocas poco poca
todos todas todo toda | ningún ninguna nadie nada
paz | guerra
día | noche
largo larga | corto corta
máximo máxima | mínimo mínima
verdadero | falso
rápido | lento
amigo amigos aliado | enemigo enemigos
temprano pronto | tarde
encima | debajo
izquierda | derecha
""",
    "pt": """
aceita aceitou aceito aprova aprovou aprovado | rejeita rejeitou rejeitado recusou recusa
aumenta aumentou aumento aumentar sobe subiu cresce cresceu crescimento superior | diminui diminuiu redução reduz reduziu reduzir queda cai caiu diminuição inferior
mais | menos
antes | depois após
primeiro primeira primeiros primeiras | último última últimos últimas
ganha ganhou vitória vence venceu | perde perdeu derrota
favor apoia apoiou apoio | contra oposição opõe
abre abriu aberto aberta abertos | fecha fechou fechado fechada fechados
começa começou início inicia iniciou | termina terminou fim final acaba acabou
permite permitiu permitido legal | proíbe proibiu proibido ilegal impede
melhor melhores bem bom boa bons boas | pior piores mal mau má maus más ruim
maior maiores grande grandes | menor menores pequeno pequena pequenos pequenas
forte fortes | fraco fraca fracos
novo nova novos novas jovem jovens | velho velha velhos velhas antigo antiga antigos
dentro | fora
público pública | privado privada
fácil | difícil
rico rica | pobre pobres
alto alta altos | baixo baixa baixos
sempre | nunca jamais
possível | impossível
homem homens | mulher mulheres
norte | sul
leste | oeste
muito muitos muitas | pouco poucos poucas
todos todas | nenhum nenhuma
positivo positiva | negativo negativa
vivo vivos | morto mortos
paz | guerra
dia | noite
sucesso | fracasso
rápido | lento
máximo máxima | mínimo mínima
""",
    "ru": """
больше более много | меньше менее мало
до | после
лучше лучший лучшие хороший хорошие хорошо | хуже худший плохой плохо плохие
выше высокий высокая высокие высокой | ниже низкий низкая низкие низкой
первый первая первое первые первого первой | последний последняя последнее последние последнего последней
новый новая новое новые новых нового новой | старый старая старое старые старых старого старой
большой большая большое большие крупный крупная | маленький малый маленькая малая небольшой небольшая
увеличение увеличить увеличил увеличился увеличилось рост вырос выросла выросло выросли повышение повысил повысились | снижение снизить снизил снизился снизилось снизились падение упал упала упали уменьшение сократил сокращение
легко легкий легче просто | сложно трудно тяжело сложный
победа победил победила выиграл выиграла | поражение проиграл проиграла
принял приняла приняли одобрил одобрила поддержал поддержала | отклонил отклонила отверг отвергла отказался
открыл открыли открыт открыта открылся | закрыл закрыли закрыт закрыта закрылся
начал начала начали начался начало | закончил закончился конец завершил завершился прекратил
за | против
разрешил разрешили разрешено | запретил запретили запрещено
север северный | юг южный
восток восточный | запад западный
всегда часто | никогда редко
молодой молодые | пожилой пожилые старый
сильный сильная | слабый слабая
внутри | снаружи вне
мужчина мужчины | женщина женщины
богатый | бедный
быстро быстрый | медленно медленный
положительный | отрицательный
жив живой | мертв погиб умер
мир | война
день | ночь
все всё | никто ничто
""",
    "uk": """
більше більш багато | менше менш мало
до | після
краще кращий найкращий хороший добре | гірше гірший найгірший поганий погано
вище високий висока високі | нижче низький низька низькі
перший перша перше перші першого першої | останній остання останнє останні
новий нова нове нові нових нового нової | старий стара старе старі старих старого
великий велика велике великі | малий мала мале малі маленький невеликий
збільшення збільшив збільшився зростання зріс зросла зросли підвищення | зниження знизився зменшення зменшив падіння впав впала скорочення
легко легкий просто | важко складно
перемога переміг виграв | поразка програв
прийняв прийняла прийняли схвалив підтримав | відхилив відхилила відмовився
відкрив відкрили відкрито | закрив закрили закрито
почав почали початок розпочав | закінчив кінець завершив припинив
за | проти
дозволив дозволено | заборонив заборонено
північ північний | південь південний
схід східний | захід західний
завжди часто | ніколи рідко
сильний | слабкий
всередині | зовні поза
швидко | повільно
мир | війна
день | ніч
""",
    "ar": """
ثقيل ثقيلة الثقيل الثقيلة | خفيف خفيفة الخفيف الخفيفة
مكشوف مكشوفة المكشوفة المكشوف مفتوحة | مغلق مغلقة المغلقة المغلق
كبر كبير كبيرة | صغر صغير صغيرة بصغر
ضيق ضيقة الضيقة | واسع واسعة الواسعة
مؤقت مؤقتة | دائم دائمة
مجاني مجانية مجانا | مدفوع مدفوعة
آمن آمنة | خطير خطيرة
أرخص رخيص رخيصة | أغلى غالي غالية
استمر استمرت يستمر تستمر | توقف توقفت يتوقف تتوقف
أيد أيدت يؤيد تؤيد دعم دعمت | عارض عارضت يعارض تعارض انتقد
حاضر | غائب
قبل | بعد
أكثر اكثر | أقل اقل
زيادة ارتفاع ارتفع ارتفعت زاد زادت ازداد ازدادت نمو | انخفاض انخفض انخفضت تراجع تراجعت هبوط نقص تقليل
داخل | خارج
أول الأول أولى الأولى | آخر الأخير الأخيرة
جديد جديدة الجديد الجديدة حديث حديثة | قديم قديمة القديم القديمة
كبير كبيرة الكبير الكبيرة كبرى الكبرى | صغير صغيرة الصغير الصغيرة صغرى
قوي قوية القوي القوية | ضعيف ضعيفة الضعيف الضعيفة
أعلى الأعلى عالية عالي مرتفع مرتفعة | أدنى الأدنى منخفض منخفضة
قبل يقبل تقبل قبلت قبول وافق وافقت موافقة أيد أيدت | رفض رفضت رفضا عارض عارضت
فاز فازت فوز انتصار نصر | خسر خسرت خسارة هزيمة
بدأ بدأت بداية | انتهى انتهت نهاية توقف توقفت
فتح فتحت افتتاح مفتوح | أغلق أغلقت إغلاق مغلق
سمح سمحت يسمح | منع منعت يمنع حظر حظرت
شمال شمالي الشمال | جنوب جنوبي الجنوب
شرق شرقي الشرق | غرب غربي الغرب
رجل رجال الرجال | امرأة نساء النساء
نجاح نجح نجحت | فشل فشلت
سهل سهلة | صعب صعبة
دائما | أبدا
أفضل الأفضل أحسن جيد جيدة | أسوأ الأسوأ سيئ سيئة
سلام السلام | حرب الحرب
غني أغنياء | فقير فقراء
أكد أكدت | نفى نفت
وصل وصلت وصول دخل دخلت | غادر غادرت خرج خرجت مغادرة
إيجابي إيجابية | سلبي سلبية
معظم | بعض
كثير كثيرة الكثير | قليل قليلة القليل
طويل طويلة | قصير قصيرة
سريع سريعة | بطيء بطيئة
ليل الليل | نهار النهار
عام عامة | خاص خاصة
""",
    "he": """
לפני | אחרי לאחר
יותר | פחות
חדש חדשה חדשים חדשות החדש החדשה | ישן ישנה ישנים הישן הישנה
גדול גדולה גדולים הגדול הגדולה | קטן קטנה קטנים הקטן הקטנה
ראשון ראשונה הראשון הראשונה | אחרון אחרונה האחרון האחרונה
טוב טובה טובים הטוב | רע רעה רעים הרע גרוע
עלייה עלה עלתה עלו גידול גדל גדלה | ירידה ירד ירדה ירדו קיטון צמצום
בתוך | מחוץ
גבוה גבוהה גבוהים | נמוך נמוכה נמוכים
קיבל קיבלה אישר אישרה אישרו תמך | דחה דחתה סירב סירבה התנגד
ניצח ניצחה ניצחון | הפסיד הפסידה הפסד תבוסה
פתח נפתח פתוח פתיחה | סגר נסגר סגור סגירה
התחיל החל התחלה תחילת | הסתיים נגמר סוף סיום
מותר | אסור
צפון | דרום
מזרח | מערב
תמיד | מעולם לעולם
קל קלה | קשה קשים
חזק חזקה | חלש חלשה
בעד | נגד
מהיר מהירה | איטי איטית
רבים הרבה | מעטים מעט
שלום | מלחמה
יום | לילה
""",
    "vi": """
tăng | giảm
trước | sau
nhiều | ít
lớn to | nhỏ bé
mới | cũ
cao | thấp
trong | ngoài
tốt | xấu kém tệ
nhanh | chậm
thắng | thua
mở | đóng
mạnh | yếu
đầu | cuối
dài | ngắn
dễ | khó
giàu | nghèo
hơn | kém
trên | dưới
nóng | lạnh
bắc | nam
đông | tây
sống | chết
""",
}
_CJK = tuple(
    tuple(pair.split("/"))
    for pair in "増加/減少 増え/減っ 増える/減る 以上/以下 最大/最小 最高/最低 上昇/下落 上昇/低下 成功/失敗 多い/少ない 多く/少なく 高い/低い 高く/低く "
    "新しい/古い 大きな/小さな 大きい/小さい 可能/不可能 賛成/反対 勝利/敗北 勝っ/負け 前/後 以前/以後 開始/終了 肯定/否定 拡大/縮小 強い/弱い 安全/危険 "
    "長い/短い 早い/遅い 北/南 東/西 男性/女性 国内/国外 国内/海外 増税/減税 黒字/赤字 許可/禁止 受け入れ/拒否 承認/却下 最初/最後 内/外 上/下 "
    "增加/减少 上升/下降 赞成/反对 胜利/失败 接受/拒绝".split()
)


@cache
def _opposites(language: str) -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for row in _ROWS.get(language, "").strip().splitlines():
        one, _, other = row.partition("|")
        left, right = [[fold(word) for word in side.split()] for side in (one, other)]
        for word in left:
            table.setdefault(word, set()).update(right)
        for word in right:
            table.setdefault(word, set()).update(left)
    return {word: frozenset(others) for word, others in table.items()}


def opposites(key: str, language: str) -> frozenset[str]:
    """The folded words that say the opposite of a folded word; an empty set where none is known."""
    return _opposites(language).get(key, frozenset())


# A claim that says the first of what its sentence says of the others only says too much.
_OVERSTATED = {
    "en": "all every each : some several many few most numerous certain / most : some several few / always : often sometimes usually rarely / nobody none : few",
    "fr": "tous toutes chaque : certains certaines plusieurs quelques / toujours : souvent parfois / aucun aucune : peu",
    "es": "todos todas cada : algunos algunas varios varias ciertos / siempre : menudo veces / ninguno ninguna ningun : pocos pocas",
    "pt": "todos todas cada : alguns algumas vários várias certos / sempre : vezes",
}


@cache
def _overstated(language: str) -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for row in filter(str.strip, _OVERSTATED.get(language, "").split("/")):
        strong, _, weak = row.partition(":")
        table.update({fold(word): frozenset(map(fold, weak.split())) for word in strong.split()})
    return table


def understated(key: str, language: str) -> frozenset[str]:
    """The folded words that say less than a folded quantifier ("some" of "all"); putting it for them says too much."""
    return _overstated(language).get(key, frozenset())


_RISE = {
    "en": "rose",
    "fr": "augmente",
    "es": "aumenta",
    "pt": "aumenta",
    "ru": "рост",
    "uk": "зростання",
    "ar": "ارتفع",
    "he": "עלה",
}
_MORE = {
    "en": "more",
    "fr": "plus",
    "es": "mas",
    "pt": "mais",
    "ru": "больше",
    "uk": "більше",
    "ar": "اكثر",
    "he": "יותר",
}


@cache
def rises_and_falls(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words for going up, and for going down, "more" and "less" among them; empty where none is known."""
    rise, more = fold(_RISE.get(language, "")), fold(_MORE.get(language, ""))
    falls = opposites(rise, language) | opposites(more, language)
    rises = {word for fall in opposites(rise, language) for word in opposites(fall, language)} | {rise, more}
    return frozenset(rises - falls), frozenset(falls - rises)


def pairs_without_spaces() -> tuple[tuple[str, ...], ...]:
    """Opposites in Chinese characters, to be looked for as substrings."""
    return _CJK
