"""Abbreviations and common sentence openers of each language: what the sentence splitter looks up around a full stop.

Words are written without their last full stop and in the case they are used in. Every language inherits the English
row, since names, firms and titles travel. Three classes, by what a capital letter after the full stop means:

- `never`: something always follows (a title before a name, "vs."), so it is no end;
- `number`: no end before a digit ("p. 5"), an ordinary word elsewhere ("No.", "art.");
- `sometimes`: an end only before a word that often opens a sentence ("Inc. The", but not "Inc. Chairman").

The lists are of common use; months and weekdays follow the abbreviated forms of CLDR. An abbreviation that mostly
stands before lower case needs no entry: no sentence begins there anyway.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Words:
    """What is known of one language: see the module's docstring.

    `starters` are words that often open a sentence; `known` is the union of the first three.
    """

    never: frozenset[str]
    number: frozenset[str]
    sometimes: frozenset[str]
    starters: frozenset[str]
    known: frozenset[str]


# language: (never, number, sometimes, starters)
_LISTS: dict[str, tuple[str, str, str, str]] = {
    "en": (
        "Mr Mrs Ms Mx Messrs Mmes Dr Drs Prof Profs Rev Revd Fr Hon Rt Gen Lt Col Maj Capt Cpt Cmdr "
        "Cdr Adm Brig Sgt Cpl Pvt Pfc Sen Sens Rep Reps Gov Govs Pres Supt Insp Det Amb Atty Treas "
        "Ald Msgr Bro Sr Mt Mts Ft St Ste Sts vs viz cf eg ie i.e e.g ca approx Spc Lieut Dept Univ "
        "Assn Assoc Bros Intl Natl al Hr Frl Mme Mlle Mgr",
        "No no Nos nos p pp P pg para par art Art arts Arts sec Sec Sect sect ch Ch chap Chap vol Vol "
        "vols Vols fig Fig figs Figs eq Eq ed eds ex Ex n nn l ll v vv c col cl app App bk Bk pt Pt "
        "tab Tab N° n° Nº nº Nr nr № ver Ver op Op Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec "
        "Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun est Ext ext",
        "Inc Corp Co Ltd Cos LLC Plc Jr Sr Esq Bros Ave Blvd Rd Dr Ln Sq Bldg Apt Ste Mfg Ph.D PhD "
        "M.D B.A M.A a.m p.m A.M P.M U.S U.K U.N E.U U.S.A D.C ft oz lb lbs hr hrs yr yrs st dist "
        "Ariz Ark Calif Colo Conn Del Fla Ill Kan Ky Md Mich Minn Mont Neb Nev Okla Tenn Tex Va Vt "
        "Wash Wis Wyo Ont Que co corp inc ltd",
        "The A An He She It They We I You This That These Those There Here But And Or Nor So Yet If "
        "When While Where Why Who What Which Whose How However Although Though Because Since After "
        "Before Until Unless As At By For From In Into On Of Over Under To With Without During "
        "Despite Among Between His Her Its Their Our My Your Some Many Most All Any Both Each Every "
        "Few Several Such Other Others Another One Two Three No Not Now Then Thus Once Only Also Even "
        "Just Still Is Are Was Were Do Does Did Has Have Had Can Could Will Would Should May Might "
        "Must Let It's He's She's They're We're I'm I've That's There's What's Don't Meanwhile "
        "Moreover Instead Perhaps Today Yesterday Please According Last Next More",
    ),
    "fr": (
        "M MM Mme Mmes Mlle Mlles Me Mes Mgr Dr Drs Pr Prs Vve St Ste Sts Stes Cie cf Cf p.ex ex Gal "
        "Cdt Cne Lt Cel Col av bd Bd boul all fbg R.P S.A.R S.E S.M env Ets Éts",
        "p pp n no nos N n° art Art al chap Chap fig Fig vol Vol t éd ill ms tél Tél réf Réf janv "
        "févr mars avr juin juil août sept oct nov déc lun mar mer jeu ven sam dim v",
        "etc apr J.-C ap é.-u É.-U É.U hab min sec dr bibl coll dir Cie",
        "Le La Les L’ L' Un Une Des Du De Il Elle Ils Elles On Nous Vous Je Tu Ce Cet Cette Ces C’est "
        "C'est Mais Et Ou Or Donc Car Si Quand Lorsque Comme Dans En Au Aux Par Pour Avec Sans Sur "
        "Sous Selon Après Avant Depuis Pendant Plus Son Sa Ses Leur Leurs Notre Nos Votre Vos Mon Ma "
        "Mes Tout Tous Toute Toutes Chaque Qui Que Quoi Où Comment Pourquoi Cela Ceci Ainsi Alors "
        "Aussi Enfin Ensuite Puis Est Aucun Certains À A Y Ne Pas Malgré Hier Aujourd’hui",
    ),
    "es": (
        "Sr Sra Sres Sras Srta Srtas D Dª Dña Dn Dr Dra Dres Dras Prof Profa Ing Lic Licda Arq Abg "
        "Mtro Mtra Gral Cnel Cap Tte Sgto Cmte Alte Pbro Fr Sto Sta Mons Excmo Excma Ilmo Ilma Rvdo "
        "Av Avda Avd Bvar Pte Pdte Ud Uds Vd Vds EE CC FF JJ RR DD VV Cía Hnos Dpto Depto Prov Ntra "
        "p.ej ej Ej c/ Pza Ctra",
        "p pp pág págs Pág Págs párr párrf art Art arts Arts cap Cap núm Núm núms Núms nro Nro nº n.º "
        "no No vol Vol tel Tel tfno t ed fig Fig inc ley Ene ene Feb feb Mar mar Abr abr May may Jun "
        "jun Jul jul Ago ago Sep sep Sept sept Oct oct Nov nov Dic dic Lun Mié Jue Vie Sáb Dom aprox "
        "máx mín",
        "etc a.C d.C a.m p.m S.A Hs hs min seg UU EE.UU Cía izq der km Ltda",
        "El La Los Las Lo Un Una Unos Unas Él Ella Ellos Ellas Yo Tú Nosotros Usted Ustedes Se Le Les "
        "Me Te Nos Su Sus Mi Mis Tu Tus Nuestro Nuestra Este Esta Estos Estas Ese Esa Esos Eso Esto "
        "Aquel Aquella Pero Y O Ni Sino Aunque Si Cuando Mientras Como Donde Porque Pues Que Qué "
        "Quién Quien Cómo Cuándo Dónde Cuál En De Del Al A Ante Bajo Con Contra Desde Durante Entre "
        "Hacia Hasta Para Por Según Sin Sobre Tras Además Así También Entonces Luego Después Antes "
        "Ahora Ya Hoy Ayer Todo Todos Toda Todas Cada Algunos Algunas Muchos Otro Otra Otros No Sí Es "
        "Son Era Fue Hay Está Más Envíe",
    ),
    "pt": (
        "Sr Sra Srs Sras Srta Dr Dra Drs Dras D Prof Profa Profª Eng Engª Arq Adv Gen Cel Cap Ten Sgt "
        "Maj Alm Pe Fr Exmo Exma Ilmo Ilma Av Al Pça Pç Rod Trav Tv R Sto Sta S Vsa V.Exa Des Min Gov "
        "Dep Sen Ver Pres p.ex ex Ex Cia Jd Vl",
        "p pp pág págs art Art arts cap Cap núm n nº n.º No vol Vol tel Tel t ed fig Fig inc jan fev "
        "mar abr mai jun jul ago set out nov dez seg ter qua qui sex sáb dom aprox máx mín",
        "etc a.C d.C S.A Ltda Cia min seg km hab",
        "O A Os As Um Uma Uns Umas Ele Ela Eles Elas Eu Nós Você Vocês Se Seu Sua Seus Suas Meu Minha "
        "Nosso Nossa Este Esta Estes Estas Esse Essa Esses Essas Isso Isto Aquele Aquela Mas E Ou Nem "
        "Embora Quando Enquanto Como Onde Porque Pois Que Quem Qual Por Para Com Sem Sob Sobre Até "
        "Desde Durante Entre Após Ante Contra Segundo Em No Na Nos Nas De Do Da Dos Das Ao Aos À Às "
        "Pelo Pela Além Assim Também Então Depois Antes Agora Já Hoje Ontem Todo Todos Toda Todas "
        "Cada Alguns Algumas Muitos Outro Outra Outros Não Sim É São Era Foi Há Está Mais Só",
    ),
    "de": (
        "Hr Hrn Fr Frl Dr Dres Prof Dipl Ing Mag Hl St Sr Sen Jr Gebr Fa Bf Hbf Abt Abg Bgm Hptm Obst "
        "Oblt Lt Kfm bzw bspw ca evtl ggf inkl exkl insb insbes einschl zzgl vgl Vgl sog z u d o i a "
        "s S.o vs Bez Kap Mio Mrd Tsd Str str Univ Red Verf Hrsg hrsg geb gest gem gez lt max min "
        "mind phil med rer nat jur dipl habil z.B d.h u.a o.ä u.ä o.g s.o s.u i.d.R i.S a.d b.a",
        "S s Nr Nrn nr Art Abs Ziff Kap Bd Bde Aufl Abb Tab Anm Rn Rdnr Tel Tel.-Nr H Jg Jh Lfg Pkt "
        "Vers v V Jän Jan Feb Mär Apr Mai Jun Jul Aug Sep Sept Okt Nov Dez Mo Di Mi Do Fr Sa So",
        "usw etc u.s.w usf Chr v.Chr n.Chr dgl AG Co Std Min Sek",
        "Der Die Das Den Dem Des Ein Eine Einen Einem Einer Er Sie Es Wir Ihr Ich Du Man Dies Diese "
        "Dieser Dieses Diesen Jener Aber Und Oder Denn Doch Sondern Wenn Als Während Weil Da Dass "
        "Obwohl Wer Was Wo Wie Wann Warum Wieso Im In An Am Auf Aus Bei Beim Mit Nach Von Vom Zu Zum "
        "Zur Für Durch Gegen Ohne Um Über Unter Vor Zwischen Seit Trotz Wegen Laut Sein Seine Seinen "
        "Ihre Ihren Unser Unsere Mein Meine Alle Viele Einige Manche Jeder Jede Jedes Kein Keine "
        "Nicht Noch Nun Nur Auch So Sogar Dann Danach Damals Dabei Dadurch Dafür Daher Damit Darauf "
        "Darum Dazu Deshalb Dort Hier Heute Gestern Morgen Jetzt Zudem Außerdem Zuvor Ist Sind War "
        "Waren Hat Haben Hatte Wird Werden Kann Können Soll Bis Ab Zwar Schon Mehr Ob Allerdings",
    ),
    "it": (
        "Sig Sigg Sig.ra Sig.na Sig.re Sigra Sigri Dott Dott.ssa Dr Prof Prof.ssa Ing Avv Arch Geom "
        "Rag On Sen Gen Col Cap Ten Magg Mar Serg Amm Card Mons Don S Ss Spett Egr Gent Gent.ma Ill "
        "Preg Dir Pres Min cfr Cfr es Es p.es P.es V.le v.le P.zza p.zza C.so c.so L.go Rev S.E",
        "p pp pag pagg Pag art Art artt cap Cap n nn N nr num Num vol Vol tel Tel fig Fig ed t v sez "
        "Sez tav gen feb mar apr mag giu lug ago set ott nov dic lun mer gio ven sab dom ca circa max "
        "min",
        "ecc etc a.C d.C S.p.A s.p.a S.r.l s.r.l c.a sec sg seg",
        "Il Lo La I Gli Le L’ L' Un Uno Una Egli Lui Lei Noi Voi Loro Io Tu Si Ci Mi Ti Vi Se Suo Sua "
        "Suoi Sue Mio Mia Nostro Nostra Questo Questa Questi Queste Quello Quella Quelli Ma E Ed O "
        "Oppure Però Anche Quando Mentre Come Dove Perché Che Chi Cosa Quale In Nel Nella Nei Nelle "
        "Di Del Della Dei Delle A Al Alla Ai Alle Da Dal Dalla Con Su Sul Sulla Per Tra Fra Secondo "
        "Dopo Prima Durante Senza Contro Poi Così Allora Ora Oggi Ieri Già Non Sì È Sono Era Ha Hanno "
        "C’è C'è Tutto Tutti Tutte Ogni Alcuni Alcune Molti Altri Altre Più",
    ),
    "nl": (
        "Dhr dhr Mevr mevr Mw mw Dr dr Drs drs Ir ir Ing ing Mr mr Prof prof Ds ds Mgr St Sint Gebr "
        "Lt Kol Gen bijv Bijv bv ca evt incl excl resp o.a m.b.t t.a.v d.w.z vgl zgn jhr Jhr burg",
        "blz p pp nr Nr nrs art Art par hfdst dl jg afb fig tel Tel jan feb mrt apr mei jun jul aug "
        "sep sept okt nov dec ma di wo do vr za zo max min",
        "enz etc e.d v.Chr n.Chr B.V N.V m.n",
        "De Het Een Hij Zij Ze Wij We Ik Jij Je U Men Dit Dat Deze Die Er Maar En Of Want Als Toen "
        "Terwijl Omdat Hoewel Wie Wat Waar Waarom Hoe Wanneer In Op Aan Bij Met Naar Van Voor Door "
        "Tegen Zonder Om Over Onder Uit Tot Tussen Sinds Volgens Zijn Haar Hun Ons Onze Mijn Alle "
        "Veel Sommige Elke Geen Niet Nog Nu Ook Zo Dan Daarna Daar Daarom Dus Hier Vandaag Gisteren "
        "Is Was Waren Heeft Had Wordt Kan Na Toch",
    ),
    "ru": (
        "им Им ул Ул пр-т просп Просп пр-д пер Пер пл Пл наб бул б-р ш пгт Пгт пос Пос дер с д г р оз "
        "обл р-н респ проф Проф акад Акад доц Доц чл-кор канд ген Ген полк подп майор кап Кап лейт "
        "серж адм гр гр-н гр-ка тов Тов св Св г-н г-жа Г-н Г-жа д-р Д-р о м-р архиеп еп митр зам Зам "
        "ред Ред изд сост авт Гл англ фр нем итал лат греч исп рус т.е т.н т.к напр см См ср Ср ок St "
        "Mr Mrs Dr рожд урожд и.о врио",
        "стр Стр рис Рис табл Табл гл Гл п пп ст Ст ч т тт вып кв Кв д корп оф эт тел Тел № N абз пар "
        "с сс янв февр мар апр мая июн июл авг сент окт нояб дек пн вт ср чт пт сб вс н кн",
        "г гг в вв н.э т.д т.п др пр руб коп тыс млн млрд трлн долл у.е экз чел мин сек час га км кг "
        "см мм кв.м кв куб ООО ОАО",
        "В На С К По За Из От До О Об Но А И Или Он Она Оно Они Мы Вы Я Ты Это Этот Эта Эти Тот Та Те "
        "Если Когда Пока Как Где Куда Почему Что Кто Чтобы Так Также Тоже При Для Без Под Над Между "
        "После Перед Через Во Со Не Ни Нет Да Его Её Ее Их Наш Наша Наши Мой Моя Ваш Все Всё Весь "
        "Каждый Многие Некоторые Однако Поэтому Потом Затем Теперь Сейчас Сегодня Вчера Уже Ещё Еще "
        "Даже Только Там Тут Здесь Хотя Кроме Среди Просьба Согласно",
    ),
    "uk": (
        "ім вул Вул просп пров пл наб бул б-р смт пос с м р оз обл р-н проф Проф акад доц канд ген "
        "полк св Св п пп гр тов д-р Д-р о ред вид упоряд пер англ фр нім лат див Див пор напр т.зв",
        "стор рис Рис табл гл п пп ст Ст ч т вип кв д корп тел Тел № с січ лют бер квіт трав черв лип "
        "серп верес жовт лист груд",
        "р рр ст н.е т.д т.п ін тис млн млрд грн коп дол хв сек га км кг см мм",
        "У В На З Із Зі До По За Від Про Але А І Й Та Або Він Вона Воно Вони Ми Ви Я Ти Це Цей Ця Ці "
        "Той Те Якщо Коли Поки Як Де Куди Чому Що Хто Щоб Так Також Теж При Для Без Під Над Між Після "
        "Перед Через Не Ні Його Її Їх Наш Наша Наші Мій Ваш Усі Всі Все Кожен Багато Деякі Однак Тому "
        "Потім Тепер Зараз Сьогодні Вчора Вже Ще Навіть Тільки Там Тут Хоча Крім Серед",
    ),
    "bg": (
        "ул Ул бул Бул пл гр с кв ж.к общ обл проф Проф доц Доц д-р Д-р инж Инж арх адв г-н г-жа Г-н "
        "Г-жа св Св ген полк акад вкл Вкл напр т.е т.нар срв вж англ фр нем лат",
        "стр рис табл гл чл ал т тел Тел бр № ян февр апр авг септ окт ноем дек",
        "г гг в пр.н.е н.е т.н др и.др лв ст хил млн млрд мин сек ч км кг см",
        "В Във На С Със От До По За Из Но А И Или Той Тя То Те Ние Вие Аз Ти Това Този Тази Тези Ако "
        "Когато Докато Как Къде Защо Какво Кой Че Така Също При Без Под Над Между След Преди През Не "
        "Ни Да Има Няма Неговата Всички Всеки Много Някои Обаче Затова После Сега Днес Вчера Вече Още "
        "Дори Само Там Тук",
    ),
    "kk": (
        "т б з проф Проф акад доц қ ә обл ауд көш пр англ лат қаз мыс",
        "б бб сур кест тел № т қаң ақп нау сәу мам мау шіл там қыр қаз қар жел",
        "ж жж ғ ғғ т.б т.с.с б.з.б млн млрд мың теңге тг км кг см",
        "Бұл Ол Олар Біз Мен Сен Сіз Осы Сол Бірақ Және Егер Қазір Бүгін Кеше Оның Сондықтан Мұнда Онда Не Кім Қалай",
    ),
    "pl": (
        "dr Dr hab prof Prof mgr Mgr inż Inż lek ks Ks bp abp kard św Św p P pp Pan płk Płk gen Gen "
        "mjr kpt por sierż ul Ul al Al pl os tj tzn tzw np m.in ok ds dot zob red im ang łac franc "
        "niem ros woj gm pow pok",
        "s str t nr Nr art Art ust pkt poz rozdz rys tab tel Tel godz r w z zm sty lut mar kwi maj "
        "cze lip sie wrz paź lis gru",
        "itd itp r w n.e p.n.e tys mln mld zł gr min sek godz Sp S.A",
        "W We Na Z Ze Do Po Za Od O Ale A I Oraz Lub On Ona Ono Oni One My Wy Ja Ty To Ten Ta Te Ci "
        "Tamten Jeśli Jeżeli Kiedy Gdy Jak Gdzie Dlaczego Co Kto Czy Że Tak Także Też Przy Dla Bez "
        "Pod Nad Między Przed Przez Nie Jego Jej Ich Nasz Mój Wszyscy Wszystkie Każdy Wiele Niektórzy "
        "Jednak Dlatego Potem Teraz Dziś Dzisiaj Wczoraj Już Jeszcze Tylko Tam Tu Tutaj Jest Są Był "
        "Była Było",
    ),
    "cs": (
        "Dr dr Ing ing Mgr mgr Bc MUDr JUDr PhDr RNDr PaedDr ThDr doc Doc prof Prof sv Sv p pí sl gen "
        "plk mjr kpt npor ul nám tř tzv tj např resp popř atp cca ca zn max min angl lat něm",
        "s str č čís obr tab kap odst písm r tel Tel roč sv led úno bře dub kvě čvn čvc srp zář říj lis pro",
        "atd apod aj př.n.l n.l r tis mil mld Kč hod min s.r.o a.s",
        "V Ve Na S Se Z Ze Do Po Za Od O Ale A I Nebo On Ona Ono Oni My Vy Já Ty To Ten Ta Ti Tento "
        "Tato Toto Pokud Když Kdy Jak Kde Proč Co Kdo Že Tak Také Při Pro Bez Pod Nad Mezi Před Přes "
        "Ne Jeho Její Jejich Náš Můj Všichni Každý Mnoho Někteří Však Proto Pak Teď Nyní Dnes Včera "
        "Již Už Ještě Jen Tam Tady Je Jsou Byl Byla Bylo",
    ),
    "sk": (
        "Dr dr Ing ing Mgr mgr Bc MUDr JUDr PhDr RNDr doc Doc prof Prof sv Sv p pí gen plk mjr kpt ul "
        "nám tr tzv tj napr resp príp cca ca zn max min angl lat nem",
        "s str č čís obr tab kap ods písm r tel Tel roč zv jan feb mar apr máj jún júl aug sep okt nov dec",
        "atď a.i pod pr.n.l n.l r tis mil mld Sk hod min s.r.o a.s",
        "V Vo Na S So Z Zo Do Po Za Od O Ale A I Alebo On Ona Ono Oni My Vy Ja Ty To Ten Tá Tí Tento "
        "Táto Toto Ak Keď Kedy Ako Kde Prečo Čo Kto Že Tak Tiež Pri Pre Bez Pod Nad Medzi Pred Cez "
        "Nie Jeho Jej Ich Náš Môj Všetci Každý Mnohí Niektorí Však Preto Potom Teraz Dnes Včera Už "
        "Ešte Len Tam Tu Je Sú Bol Bola Bolo",
    ),
    "el": (
        "κ κα κος κκ Κ Κα δρ Δρ καθ Καθ αρ Αρ π.χ Π.χ λ.χ δηλ βλ Βλ πρβλ Αγ αγ οδ Λεωφ λεωφ Πλ πλ αντιστρ υποστρ",
        "σελ Σελ σ σσ αρ αριθ Αριθ εδ παρ κεφ τόμ τ εικ πίν τηλ Τηλ Ιαν Φεβ Μαρ Απρ Μαΐ Ιουν Ιουλ Αυγ Σεπ Οκτ Νοε Δεκ",
        "κ.λπ κλπ κ.ά κ.τ.λ κτλ π.Χ μ.Χ π.μ μ.μ χλμ εκ χιλ εκατ δισ λ.π Α.Ε Ε.Π.Ε",
        "Ο Η Το Οι Τα Τον Την Του Της Των Τις Τους Ένας Μια Μία Ένα Αυτός Αυτή Αυτό Αυτοί Εγώ Εσύ "
        "Εμείς Εσείς Αλλά Και Ή Όμως Αν Όταν Ενώ Όπως Πού Που Πώς Πως Γιατί Τι Ποιος Ποια Ότι Να Θα "
        "Με Σε Στο Στη Στην Στον Στις Στα Από Για Χωρίς Μετά Πριν Κατά Προς Δεν Μη Όλοι Όλα Κάθε "
        "Πολλοί Μερικοί Επίσης Έτσι Τότε Τώρα Σήμερα Χθες Ήδη Ακόμη Μόνο Εδώ Εκεί Είναι Ήταν",
    ),
    "da": (
        "Hr hr Fr fr Frk frk Dr dr Prof prof Skt skt Sct Sdr Ndr Vester Kapt Gen Lt Pastor bl.a f.eks "
        "Bl.a F.eks ca Ca evt inkl ekskl dvs jf Jf kl Kl tlf Tlf vedr pga m.h.t hhv stk ing cand mag "
        "adv dir red udg Chr Kgl kgl Nr",
        "s S nr Nr kap art fig bd afsn pkt stk side § jan feb mar apr jun jul aug sep sept okt nov "
        "dec man tir ons tor fre lør søn min max",
        "osv etc m.m m.v m.fl f.Kr e.Kr mio mia kr øre A/S co",
        "Den Det De En Et Han Hun Vi I Jeg Du Man Der Her Dette Denne Disse Men Og Eller For Hvis Når "
        "Da Mens Fordi Hvem Hvad Hvor Hvorfor Hvordan Hvornår På Ved Med Fra Af Til Om Over Under "
        "Efter Før Uden Siden Mellem Ifølge Hans Hendes Deres Vores Min Din Alle Mange Nogle Hver "
        "Ingen Ikke Nu Også Så Derfor Dog Derefter Dér Er Var Har Havde Bliver Kan Skal Vil",
    ),
    "nb": (
        "Hr hr Fru Frk Dr dr Prof prof St Kapt Gen Lt bl.a f.eks Bl.a F.eks ca Ca ev evt inkl ekskl "
        "dvs jf Jf kl Kl tlf Tlf vedr pga mht hhv ing cand mag adv dir red Chr",
        "s S nr Nr kap art fig bd avsn pkt side jan feb mar apr jun jul aug sep sept okt nov des man "
        "tir ons tor fre lør søn min max",
        "osv etc m.m m.v m.fl f.Kr e.Kr mill mrd kr",
        "Den Det De En Et Ei Han Hun Vi Jeg Du Man Der Her Dette Denne Disse Men Og Eller For Hvis "
        "Når Da Mens Fordi Hvem Hva Hvor Hvorfor Hvordan På Ved Med Fra Av Til Om Over Under Etter "
        "Før Uten Siden Mellom Ifølge Hans Hennes Deres Vår Min Din Alle Mange Noen Hver Ingen Ikke "
        "Nå Også Så Derfor I Er Var Har Hadde Blir Kan Skal Vil",
    ),
    "sv": (
        "Hr hr Fru Dr dr Prof prof S:t S:ta St Kapt Gen Lt bl.a t.ex Bl.a T.ex ca Ca ev inkl exkl dvs "
        "d.v.s jfr kl Kl tel resp s.k fil ing dir red p.g.a",
        "s sid nr Nr kap art fig bd tel Tel jan feb mar apr jun jul aug sep sept okt nov dec min max",
        "osv etc m.m m.fl f.Kr e.Kr milj mdr kr",
        "Den Det De En Ett Han Hon Vi Jag Du Man Där Här Detta Denna Dessa Men Och Eller För Om När "
        "Då Medan Eftersom Vem Vad Var Varför Hur På Vid Med Från Av Till Över Under Efter Före Utan "
        "Sedan Mellan Enligt Hans Hennes Deras Vår Min Din Alla Många Några Varje Ingen Inte Nu Också "
        "Så Därför I Är Har Hade Blir Kan Ska Skall Vill",
    ),
    "tr": (
        "Dr Prof Doç Yrd Öğr Gör Av Sn Bn Bay Bayan Uzm Müh Mim Alb Bnb Yzb Tğm Gen Org Ord St Hz Cad "
        "Sok Sk Mah Mh Apt Bul Blv İst Ank Bkz bkz ör Ör yy",
        "s ss No no Nr c md Md bk böl şek tab tel Tel Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara",
        "vb vs vd M.Ö M.S İ.Ö İ.S T.C A.Ş Ltd Şti bin mn dk sn km kg cm TL",
        "Bu Şu O Bir Onlar Biz Siz Ben Sen Ama Ancak Fakat Ve Veya Ya Eğer Ne Nasıl Neden Niçin "
        "Nerede Kim Hangi Her Bütün Tüm Bazı Birçok Çok Daha En Sonra Önce Şimdi Bugün Dün Artık "
        "Henüz Yine De Da Ki Çünkü Böylece Bunun Onun Burada Orada İçin İle Gibi Kadar Göre Ayrıca "
        "Hem Hiç",
    ),
    "vi": (
        "TP Tp tp TS ThS Ths PGS GS BS KS LS Th.S Q P TX Tx TT Đ Gs Ts Bs Ks Ls Mr Mrs NSND NSƯT NGND St VD Vd vd v.d",
        "tr Tr số Số SĐT ĐT Đt tel Tel",
        "v.v vv",
        "Các Những Một Anh Chị Ông Bà Họ Chúng Tôi Bạn Nó Đây Đó Này Nhưng Và Hoặc Hay Nếu Khi Trong "
        "Ngoài Trên Dưới Với Từ Đến Để Cho Của Theo Sau Trước Vì Do Bởi Tuy Mặc Tại Ở Như Thì Là Có "
        "Không Đã Đang Sẽ Được Bị Mọi Mỗi Nhiều Hiện Hôm Ngày Năm Cũng Còn Vậy Thế",
    ),
    "id": (
        "Bpk Bp Ibu Sdr Sdri Dr dr Drs Dra Prof Ir H Hj KH Tn Ny Nn Jl Jln Gg Kab Kec Kel Kol Jend "
        "Letjen Mayjen Brigjen Tgk St a.n u.p dll dsb yth Yth",
        "hlm hal no No tel Tel Telp Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des",
        "dll dsb dst Tbk PT CV",
        "Ini Itu Dia Ia Mereka Kami Kita Saya Anda Tetapi Tapi Dan Atau Jika Kalau Ketika Saat Di Ke "
        "Dari Pada Dalam Dengan Untuk Oleh Karena Namun Selain Setelah Sebelum Para Semua Setiap "
        "Banyak Beberapa Tidak Ada Adalah Akan Telah Sudah Bagaimana Mengapa Apa Siapa Menurut",
    ),
    "ro": (
        "dl Dl dna Dna d-l d-na dr Dr prof Prof ing Ing av Av gen Gen col Col lt Lt mr cpt Sf sf Pr "
        "pr str Str bd Bd jud com Șos nr Nr cf de.ex ș.a conf Conf acad",
        "p pag art Art alin cap lit nr Nr vol fig tel Tel ian feb mar apr mai iun iul aug sept oct noi dec",
        "etc ș.a.m.d î.Hr d.Hr î.e.n e.n lei mil mld min sec",
        "Un O El Ea Ei Ele Noi Voi Eu Tu Acest Această Acești Aceste Acesta Aceasta Dar Și Sau Iar "
        "Dacă Când Cum Unde De Din La În Pe Cu Fără Pentru Prin După Înainte Despre Între Sub Peste "
        "Nu Este Sunt Era A Au Ce Cine Care Toate Toți Fiecare Mulți Unii Însă Astfel Apoi Acum Azi "
        "Ieri Deja Încă Doar",
    ),
    "hu": (
        "dr Dr Prof prof id ifj özv ún pl Pl kb ca ill stb vö ld St Szt Szent u körút tábornok ezr alez őrgy",
        "o old sz tel Tel kb fej ábra jan febr márc ápr máj jún júl aug szept okt nov dec",
        "stb Kft Zrt Nyrt Bt Rt Kr.e Kr.u i.e i.sz",
        "A Az Egy Ő Ők Mi Ti Én Te Ez Ezek Azok De És Vagy Ha Amikor Mert Hogy Hol Miért Ki Ezért Így "
        "Most Ma Tegnap Már Még Csak Nem Is Van Volt Minden Sok Néhány Azonban Után Előtt Itt Ott",
    ),
    "fi": (
        "hra rva nti tri Dr dos toht prof Prof past ins maist kenr ev evl ts esim Esim mm ks Ks vrt n noin os",
        "s ss nro Nro n:o kpl luku kuva puh Puh tammi helmi",
        "jne ym yms eKr jKr mrd milj klo Oy Oyj Ab",
        "Se Hän He Me Te Minä Sinä Ne Tämä Nämä Tuo Nuo Mutta Ja Tai Jos Kun Koska Vaikka Missä Miksi "
        "Miten Kuka Mikä Mitä Myös Nyt Tänään Eilen Jo Vielä Vain Ei On Oli Ovat Kaikki Jokainen "
        "Monet Kuitenkin Siksi Sitten Siellä Täällä",
    ),
    "hr": (
        "dr Dr mr Mr prof Prof ing Ing dipl sv Sv gosp g gđa gđica akad doc gen ul tzv tj npr Npr dr.sc usp oko cca",
        "str br Br čl st t sl tab tel Tel god sij velj ožu tra svi lip srp kol ruj lis stu pro",
        "itd i.sl sl pr.Kr p.n.e n.e god tis mil mlrd kn d.o.o d.d",
        "U Na S Sa Iz Do Po Za Od O Ali A I Ili On Ona Ono Oni Mi Vi Ja Ti To Taj Ta Ovaj Ova Ovo Ako "
        "Kad Kada Kako Gdje Zašto Što Tko Da Tako Također Pri Bez Pod Nad Između Prije Poslije Kroz "
        "Ne Njegov Njezin Njihov Naš Moj Svi Svaki Mnogi Neki Međutim Zato Zatim Sada Danas Jučer Već "
        "Još Samo Tamo Ovdje Je Su Bio Bila Bilo",
    ),
    "sr": (
        "др Др проф Проф инж г гђа св Св ул тзв тј нпр акад доц ген dr Dr prof Prof sv g gđa ul tzv tj npr",
        "стр бр Бр чл ст т сл тел str br Br čl st tel",
        "итд год хиљ мил млрд itd god d.o.o",
        "У На С Са Из До По За Од О Али А И Или Он Она Оно Они Ми Ви Ја Ти То Тај Та Овај Ова Ово Ако "
        "Кад Када Како Где Зашто Шта Ко Да Тако Не Његов Сви Сваки Многи Неки Међутим Зато Затим Сада "
        "Данас Јуче Već Још Само",
    ),
    "ca": (
        "Sr Sra Srs Srta Dr Dra D Na Prof Ing Mn Av Avda Pg Pl C/ Sta St Gral cf p.ex Excm Excma Il·lm",
        "p pp pàg pàgs art Art cap núm Núm vol tel Tel fig gen febr març abr maig juny jul ag set oct nov des",
        "etc a.C d.C EUA S.A",
        "El La Els Les L’ L' Un Una Uns Unes Ell Ella Ells Elles Jo Tu Nosaltres Es Seu Seva Aquest "
        "Aquesta Aquests Però I O Ni Si Quan Mentre Com On Perquè Què Qui En De Del Al A Amb Contra "
        "Des Durant Entre Fins Per Segons Sense Sobre També Així Després Abans Ara Ja Avui Ahir Tot "
        "Tots Cada Molts Altres No Sí És Són Era Hi Ha",
    ),
    "ar": (
        "د أ م أ.د ا.د د.م السيد",
        "ص ج ط ع م رقم ت هـ تلفون هاتف",
        "إلخ الخ ق.م",
        "في من على إلى عن هذا هذه ذلك تلك كما وقد وقال وأضاف لكن ولكن ثم إن أن لا ما هل كيف لماذا متى "
        "أين وفي ومن وعلى كان كانت التي الذي مع بعد قبل بين كل أو حيث إذا عند هو هي هم نحن أنا قال "
        "قالت وهو وهي",
    ),
    "fa": (
        "د م آ مهندس دکتر",
        "ص ج ش تلفن",
        "ق.م غیره",
        "این آن او آنها ما شما من تو اما ولی و یا اگر وقتی چون که چرا چگونه کجا چه کی در به از با "
        "برای تا بر هر همه بسیاری است هست بود نیست شد هم نیز پس بعد قبل حالا امروز دیروز را های می",
    ),
    "ur": (
        "ڈاکٹر پروفیسر",
        "ص ج",
        "وغیرہ",
        "یہ وہ ہم آپ میں تم لیکن اور یا اگر جب کیونکہ کہ کیوں کیسے کہاں کیا کون نے کے کی کا کو سے پر "
        "ہے ہیں تھا تھی تھے نہیں بھی ایک اس ان",
    ),
    "he": (
        "מר גב ד״ר ד'ר פרופ עו״ד רח שד",
        "עמ מס טל סע",
        "וכו וגו ועוד",
        "הוא היא הם הן אני אתה אנחנו זה זו אלה אבל או אם כאשר כש כי למה איך איפה מה מי של על אל עם "
        "בין לפני אחרי לא כן גם רק כל יש אין היה הייתה היו את אך כך לכן עוד כבר היום אתמול",
    ),
    "hi": (
        "डॉ डा श्री श्रीमती प्रो पं मो कु सं ले जन कर्नल मेजर इं एड ए बी सी डी ई एफ जी एच आई जे के एल "
        "एम एन ओ पी क्यू आर एस टी यू वी डब्ल्यू एक्स वाई जेड",
        "पृ सं नं रु क्र खं",
        "ई.पू कि.मी कि.ग्रा",
        "यह वह ये वे हम आप मैं तुम लेकिन पर और या अगर जब क्योंकि कि क्यों कैसे कहाँ क्या कौन इस उस इन "
        "उन का की के में से को ने है हैं था थी थे नहीं भी एक",
    ),
    "mr": (
        "डॉ श्री श्रीमती सौ प्रा प्रो पं मा कै चि ऍड अॅड ए बी सी डी ई एफ जी एच आय जे के एल एम एन ओ पी "
        "क्यू आर एस टी यू व्ही डब्ल्यू एक्स वाय झेड",
        "पृ क्र नं रु सं",
        "इ.स इ.पू कि.मी",
        "हा ही हे तो ती ते आम्ही आपण मी तू पण आणि किंवा जर जेव्हा कारण का कसे कुठे काय कोण या त्या "
        "आहे आहेत होता होती होते नाही एक मध्ये व",
    ),
    "ja": (
        "",
        "",
        "",
        "は が を に の です ます した こと これ",
    ),
    "zh": (
        "",
        "",
        "",
        "的 了 是 在 和 有",
    ),
    "ko": (
        "",
        "",
        "",
        "그 이 저 그리고 그러나 하지만 있다 하는 것",
    ),
}
# Close kin that share a row.
_KIN = {
    "no": "nb", "nn": "nb", "be": "ru", "mk": "bg", "bs": "hr", "sl": "hr", "gl": "pt", "ky": "kk", "ms": "id",
    "lb": "de", "gsw": "de", "af": "nl", "ne": "hi", "et": "fi", "oc": "fr", "ast": "es", "az": "tr", "mo": "ro",
}  # fmt: skip


@lru_cache(maxsize=128)
def words_of(language: str) -> Words:
    """The lists of a primary language subtag joined with the English ones; the English ones where it has none."""
    names = {"en", _KIN.get(language, language)} & _LISTS.keys()
    columns = (frozenset(" ".join(column).split()) for column in zip(*(_LISTS[name] for name in names), strict=True))
    never, number, sometimes, starters = columns
    return Words(never, number, sometimes, starters, never | number | sometimes)


@lru_cache(maxsize=128)
def function_words(language: str) -> frozenset[str]:
    """The lower-cased words that often open a sentence in this very language: mostly articles, pronouns, particles."""
    row = _LISTS.get(_KIN.get(language, language))
    return frozenset(row[3].lower().split()) if row else frozenset()
