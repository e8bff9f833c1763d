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
}


@cache
def _sorts(language: str) -> dict[str, tuple[tuple[int, int], ...]]:
    """Stem → the sorts it belongs to, each with the thing it names."""
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    for sort, row in enumerate(_ROWS.get(language, "").strip().splitlines()):
        for thing, named in enumerate(row.split("|")):
            for word in named.split():
                found.setdefault(stem(fold(word), language), ())
                found[stem(fold(word), language)] += ((sort, thing),)
    return found


def sorts(stem_: str, language: str) -> tuple[tuple[int, int], ...]:
    """Of a stem: (sort, thing) for each sort it belongs to; two stems of one sort and different things exclude each other."""
    return _sorts(language).get(stem_, ())
