"""Words of one sort that exclude each other: gold or iron, a school or a mosque, the father or the uncle.

Each row is one sort; between bars stand words for the same thing. A word that can stand for a whole sort ("building",
"worker") is left out: putting it for one of them is a fair way to tell it.
"""

# One row of words a line reads best.
# ruff: noqa: E501

from __future__ import annotations

from functools import cache

from briefing.language.words import fold, stem

_ROWS = {
    "en": """
human person people | animal | bird poultry | livestock
worker employee staff | customer client consumer | shareholder investor
vehicle | building | bridge | road
uncle | aunt | cousin | grandfather | grandmother | nephew | niece
semi-final semifinal | quarter-final quarterfinal
arrest detain custody | convict conviction imprison | acquit acquittal
sick ill illness unwell | dead kill die | injure wound hurt
merger merge | acquisition acquire takeover
revenue turnover | profit earnings
election | referendum
strike walkout | boycott
drone | missile | rocket | tank
hand | foot | finger | neck | wrist
fish | frog | rabbit | fox | deer | camel | crocodile alligator | turtle | dolphin | penguin | eagle | parrot | panda | rhino rhinoceros | giraffe | leopard | mosquito | ant
wheat | corn maize | soybean soy | barley | cotton | tobacco
banker | baker | barber | butcher | electrician | plumber | waiter | photographer | poet | novelist
castle | palace | tower
republican | democrat democratic | labour | tory
planting plant | harvest
rent | mortgage
passport | visa
email | phone | fax
parent | grandparent
kindergarten | university college
bachelor | master | doctorate phd
atlantic | pacific | arctic | mediterranean | caribbean
helium | carbon | sulphur sulfur | ammonia
january | february | april | june | july | august | september | october | november | december
monday | tuesday | wednesday | thursday | friday | saturday | sunday
battery | engine | wheel | brake
keyboard | screen | microphone
hacker | pirate
cocaine | heroin | cannabis marijuana | fentanyl | methamphetamine
arthritis | migraine | obesity | anaemia anemia | epilepsy
leather | silk | wool | denim
copyright | patent | trademark
singer | drummer | guitarist | pianist
gardener | carpenter | mechanic | welder
microwave | refrigerator fridge | oven | dishwasher
chess | poker | snooker | darts
marathon | triathlon | sprint
sculpture statue | mural | fresco
opera | ballet | musical
tenor | soprano
orchestra | choir
mayor | sheriff | bishop | pope | rabbi | imam
gold golden | silver | iron | copper | coal | jade | diamond | oil petroleum | uranium | lithium | zinc | nickel | salt | marble | timber wood wooden | steel | cement | plastic | glass
mine | quarry | cave cavern | tunnel | rig | dam | bridge | factory | warehouse | farm | well | reservoir | pipeline
school schoolgirl college university | mosque | church cathedral | synagogue | temple | home house | hospital clinic | hotel | restaurant cafe | prison jail | museum | library | stadium | airport | station | supermarket | theatre theater cinema | embassy | kindergarten nursery | monastery
river | lake | sea ocean | mountain | hill hilltop | cliff clifftop | valley | desert | forest woods | island | beach | volcano
landslide rockslide mudslide | flooding | earthquake quake | fire blaze | explosion blast | storm hurricane typhoon cyclone tornado | drought | avalanche | tsunami | eruption | shooting | stabbing | heatwave
dog | cat | horse | cow cattle | sheep | pig | goat | bird | shark | whale | elephant | lion | tiger | bear | wolf | monkey | snake | spider | bee | chicken | mouse | rat
student pupil schoolchild | teacher | doctor physician | nurse | patient | miner | farmer | soldier troop | firefighter fireman | lawyer attorney | judge | journalist reporter | scientist researcher | engineer | pilot | driver | passenger | tourist | actor | singer | priest | musician | architect | chef | artist painter | dancer | builder
president | mayor | king | queen | prince | princess | chancellor | governor | senator | ambassador
arm | leg | eye | ear | heart | lung | brain | liver | kidney | stomach | skin | spine | nose | knee | shoulder | ankle
cancer | malaria | measles | flu influenza | covid coronavirus | ebola | cholera | tuberculosis | diabetes | asthma | polio | pneumonia | hepatitis | stroke | dementia alzheimer
car | bus | truck lorry | train | plane aircraft jet airliner airplane | helicopter | ship boat vessel ferry | bicycle bike | motorcycle motorbike | tram | submarine | rocket | van
knife | gun pistol handgun | rifle | bomb | grenade | missile | sword | axe | hammer
murder homicide | manslaughter | robbery | theft | fraud | rape | arson | kidnapping abduction | blackmail | bribery | smuggling | espionage spying | treason | perjury | burglary | hacking | vandalism
poison | infect | drown | burn | stab | strangle | electrocute
red | blue | green | yellow | black | white | purple | pink | brown | grey gray
summer | winter | autumn
morning | afternoon | evening | midnight
planet | star | moon lunar | galaxy | comet | asteroid | nebula
spiral | elliptical oval | circular round | square | triangular
football soccer | rugby | cricket | tennis | basketball | baseball | golf | hockey | boxing | swimming | cycling | volleyball
christian christianity | muslim islamic islam | jewish judaism | hindu hinduism | buddhist buddhism | sikh
gay | lesbian | bisexual | transgender
milk | beer | wine | coffee | tea | rice | bread | beef | pork | sugar | cheese
film movie | book novel | album | song | painting | podcast
local | national | international global worldwide
daily | weekly | monthly | yearly annual annually
secretly covertly quietly silently clandestinely discreetly surreptitiously | publicly openly
economic | military | religious | scientific | medical | cultural
physics | chemistry | biology | mathematics math | medicine | literature | economics
bronze | platinum
police | army military | navy
suspect | victim | witness
buyer | seller
defendant | plaintiff | prosecutor
goalkeeper | striker | midfielder | defender | referee
smartphone phone | laptop computer | tablet | camera | television tv | radio
breakfast | lunch | dinner
tax | tariff | subsidy
inflation | unemployment | recession
loan | grant | donation
bond | cryptocurrency | commodity
vaccine | antibiotic | vitamin | painkiller
virus | bacteria bacterium | fungus | parasite
oxygen | hydrogen | nitrogen | methane | helium
wind | rain | snow | fog | hail
tooth teeth | bone | blood | hair | muscle
tree | grass | flower | mushroom
roof | wall | floor | window | door | basement
shirt | hat | dress | jacket coat | shoe | trousers
guitar | piano | violin | drum
speed | weight | height | temperature
dollar | euro | pound | yen | ruble rouble | rupee | yuan | franc
missing | injured wounded injure wound | trapped trap | rescued rescue
collapse subsidence | explosion blast
bank | fund | insurer
""",
    "fr": """
or doré | argent | bronze | fer | cuivre | charbon | pétrole | diamant | uranium | lithium | bois | acier | plastique | verre
mine | carrière | tunnel | barrage | pont | usine | ferme | puits
école lycée collège université | mosquée | église cathédrale | synagogue | temple | hôpital clinique | hôtel | restaurant | prison | musée | bibliothèque | stade | aéroport | gare | supermarché | théâtre | ambassade | crèche
rivière fleuve | lac | océan | montagne | colline | falaise | vallée | désert | forêt | île | plage | volcan
glissement | inondation | séisme tremblement | incendie | explosion | tempête ouragan cyclone tornade | sécheresse | avalanche | tsunami | éruption | fusillade
chien | chat | cheval | vache | mouton | cochon porc | chèvre | oiseau | requin | baleine | éléphant | lion | tigre | ours | loup | singe | serpent | araignée | abeille | poulet | souris
élève étudiant | enseignant professeur instituteur | médecin docteur | infirmier infirmière | mineur | agriculteur paysan | soldat militaire | pompier | avocat | juge | journaliste | chercheur scientifique | ingénieur | pilote | chauffeur | passager | touriste | acteur comédien | chanteur | prêtre | musicien | architecte | cuisinier | peintre | danseur
président | maire | roi | reine | prince | princesse | chancelier | gouverneur | sénateur | ambassadeur | député
bras | jambe | œil | oreille | cœur | poumon | cerveau | foie | rein | estomac | peau | nez | genou | épaule
cancer | paludisme | rougeole | grippe | covid | ebola | choléra | tuberculose | diabète | asthme
voiture automobile | autobus bus | train | avion | hélicoptère | bateau navire | vélo bicyclette | moto | tramway | camion
couteau | pistolet | fusil | bombe | grenade | missile | épée
meurtre homicide | vol | fraude | viol | enlèvement | chantage | corruption | espionnage | contrebande
rouge | bleu | vert | jaune | noir | blanc | violet | gris | marron
été | hiver | automne | printemps
matin matinée | après-midi | soirée
football | rugby | cricket | tennis | basketball | handball | golf | boxe | natation | cyclisme
chrétien christianisme | musulman islam | juif judaïsme | hindou | bouddhiste
lait | bière | vin | café | thé | riz | pain | bœuf | porc | sucre | fromage
oncle | tante | cousin | grand-père | grand-mère | neveu | nièce
quotidien | hebdomadaire | mensuel | annuel
malade | mort tué | blessé
salarié employé | client consommateur | actionnaire investisseur
gardien | attaquant | milieu | défenseur | arbitre
""",
    "es": """
oro | plata | bronce | hierro | cobre | carbón | petróleo | diamante | uranio | litio | madera | acero | plástico | vidrio
mina | cantera | túnel | presa | puente | fábrica | granja | pozo
escuela colegio instituto universidad | mezquita | iglesia catedral | sinagoga | templo | hospital clínica | hotel | restaurante | cárcel prisión | museo | biblioteca | estadio | aeropuerto | estación | supermercado | teatro | embajada | guardería
río | lago | océano | montaña | colina | acantilado | valle | desierto | bosque | isla | playa | volcán
inundación | terremoto sismo | incendio | explosión | tormenta huracán ciclón tornado | sequía | avalancha | tsunami | erupción | tiroteo
perro | gato | caballo | vaca | oveja | cerdo | cabra | pájaro | tiburón | ballena | elefante | león | tigre | oso | lobo | mono | serpiente | araña | abeja | ratón
alumno estudiante | profesor maestro | médico doctor | enfermero enfermera | minero | agricultor | soldado militar | bombero | abogado | juez | periodista | investigador científico | ingeniero | piloto | conductor | pasajero | turista | actor | cantante | sacerdote | músico | arquitecto | cocinero | pintor | bailarín
presidente | alcalde | rey | reina | príncipe | princesa | canciller | gobernador | senador | embajador | diputado
brazo | pierna | ojo | oreja oído | corazón | pulmón | cerebro | hígado | riñón | estómago | piel | nariz | rodilla | hombro
cáncer | malaria | sarampión | gripe | covid | ébola | cólera | tuberculosis | diabetes | asma
coche automóvil | autobús | tren | avión | helicóptero | barco buque | bicicleta | moto motocicleta | tranvía | camión
cuchillo | pistola | rifle fusil | bomba | granada | misil | espada
asesinato homicidio | robo | fraude | violación | secuestro | chantaje | soborno | espionaje | contrabando
rojo | azul | verde | amarillo | negro | blanco | morado | gris | marrón
verano | invierno | otoño | primavera
fútbol | rugby | tenis | baloncesto | balonmano | golf | boxeo | natación | ciclismo
cristiano cristianismo | musulmán islam | judío judaísmo | hindú | budista
leche | cerveza | vino | café | arroz | trigo | pan | azúcar | queso
tío | tía | primo | abuelo | abuela | sobrino | sobrina | nuera | yerno | suegra | suegro
diario | semanal | mensual | anual
enfermo | muerto fallecido | herido
empleado trabajador | cliente consumidor | accionista inversor
portero | delantero | centrocampista | defensa | árbitro
""",
}


@cache
def _sorts(language: str) -> dict[str, tuple[tuple[int, int], ...]]:
    """Form → the sorts it belongs to, each with the thing it names."""
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    for sort, row in enumerate(_ROWS.get(language, "").strip().splitlines()):
        for thing, named in enumerate(row.split("|")):
            for form in {_form(fold(word), language) for word in named.split()}:
                found[form] = (*found.get(form, ()), (sort, thing))
    return found


def _form(key: str, language: str) -> str:
    """What two forms of a word share: its stem in English; elsewhere, where stems are short, all but a plural's end."""
    return stem(key, language) if language == "en" else key[:-1] if len(key) > 3 and key[-1] in "sx" else key


def sorts(key: str, language: str) -> tuple[tuple[int, int], ...]:
    """Of a folded word: (sort, thing) for each sort it belongs to; different things of one sort exclude each other."""
    return _sorts(language).get(_form(key, language), ())
