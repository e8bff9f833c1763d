"""What news tells of, in eight languages: that a "quake", a «séisme» and a «زلزال» are one happening.

It joins reports of one event across languages and in other words. One row a happening: its name and the beginnings of
its words, in English, French, Spanish, Portuguese, Arabic, Hebrew, Russian and Japanese; a full stop ends a word that
must be whole. Only what tells one event from another is listed; the first rows are in so much news that they tell less.
"""

# One row of words a line reads best.
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from briefing.language.words import fold

LANGUAGES = ("en", "fr", "es", "pt", "ar", "he", "ru", "ja")

# In more than one text of twelve.
_EVERYDAY = """
president: president|president|president|president|رئيس_الجمهوريه رئيس_البلاد الرئيس|נשיא|президент|大統領
minister: minister. ministers.|ministre|ministr|ministr|وزير وزراء وزيره|שר. שרת. שרי.|министр|大臣 首相
government: government|gouvernement|gobierno ejecutivo.|governo|حكوم|ממשל|правительств|政府
police: police. officers. constabl|police. policier gendarm|polici agentes.|polici psp. gnr.|شرطه شرطي الدرك|משטר שוטר|полици|警察 県警 警視庁
dead: die. died. dies. dead. death kill fatal|mort. morts. morte. mortes. deces tue. tues. tuee decede|muert muri mat falleci|mort morre morr mata. matou falec|قتل مقتل قتيل وفا مصرع ضحايا توفي جثث جثه|הרוג נהרג מת. מתו. מותו מוות נהרגו הרוגים טבעו|погиб смерт убит умер скончал жертв|死亡 死者 死去 殺害
hurt: injur wound hurt.|bless|herid lesion|ferid ferim|اصاب مصاب جرح جريح|פצוע נפצע פצועים|ранен пострада травм|負傷 けが 重傷 軽傷
people: residents. inhabitants. locals.|habitants. riverains.|vecinos. habitantes. residentes.|moradores. habitantes. residentes.|سكان اهالي|תושב|жител|住民
price: price|prix.|precio|preco|سعر اسعار|מחיר|цена. цены. цен.|価格 値上げ
money: million. millions. billion. billions.|million milliard|millon|milho bilh|مليون مليار ملايين|מיליון מיליארד|млн. млрд. миллион миллиард|億円 万円 億ドル
"""

_TELLING = """
quake: earthquake quake tremor seism|seisme sismi|sismo. sismos. terremoto temblor sismic|sismo. sismos. terremoto tremor abalo|زلزال زلازل هزه|רעיד האדמה רעד|землетряс|地震 震度
magnitude: magnitude|magnitude|magnitud|magnitude|درجات ريختر|בעוצמה עוצמה|магнитуд|マグニチュード
volcano: volcan erupt lava.|volcan erupti|volcan erupci|vulca erupca|بركان بركاني|הר_הגעש התפרצות|вулкан изверж|噴火 火山
flood: flood inundat|inond crue.|inundac inundad riada crecid|inunda enchent cheia|فيضان سيول فيضانات غمرت|שיטפ הצפה הצפות שטפונות|наводн паводк затоп|洪水 浸水 氾濫
landslide: landslid mudslid|glissement coulee|deslizam derrumb alud|desliz desabam deslav|انهيار_ارضي|מפולת|ополз сель.|土砂崩れ 土砂災害
rain: rain downpour|pluie averse|lluvia aguacero|chuva temporal|امطار مطر|גשם גשמים|дожд ливн|大雨 豪雨 雨
storm: storm. storms. gale hurricane cyclone typhoon tornado|tempete ouragan cyclone tornade|tormenta tempestad huracan ciclon tornado|tempestade furaca ciclone tornado|عاصفه اعصار عواصف|סופה סערה סערת הוריקן|шторм ураган тайфун циклон буря|台風 暴風 嵐 竜巻
snow: snow blizzard|neige|nieve nevad|neve. nevao nevou|ثلوج ثلج|שלג|снег снегопад метел|大雪 降雪 積雪
heat: heatwave heatwav|canicul|ola_de_calor|onda_de_calor|موجه_حر|גל_חום|жара жары|猛暑 熱中症
drought: drought|secheresse|sequia|seca. estiagem|جفاف|בצורת|засух|干ばつ 渇水
fire: fire. fires. blaze wildfire flames arson|incendi feu. flamme|incendi fuego llamas.|incendi fogo chamas arde.|حريق حرائق نيران النار|שריפה שריפות שריפת האש. להבות|пожар возгоран огонь огня загорел|火災 火事 山火事 放火
explosion: explo blast|explos|explosi estall|explos|انفجار انفجر|פיצוץ התפוצצ|взрыв взорв|爆発
crash: crash collision collid|accident collision percut|accident choque. choco|acident colis bateu|حادث تصادم اصطدام تحطم|תאונ התנגש התרסק|авари столкнов дтп. круш|衝突 事故 墜落
train: train. trains. rail railway|train. trains. ferrovi sncf tgv|tren. trenes. ferrovi|trem. trens. comboio ferrovi|قطار قطارات سكك|רכבת|поезд железнодор|列車 電車 鉄道 新幹線
plane: plane. planes. aircraft airliner jet. airline|avion. avions. aerien|avion. aviones. aereo aerolin|aviao. avioes. aerea companhia_aerea|طائره طائرات|מטוס|самолет авиа|航空 飛行機 旅客機
airport: airport|aeroport|aeropuerto|aeroporto|مطار|נמל_התעופה|аэропорт|空港
ship: ship. ships. vessel ferry ferries boat. boats. tanker|navire bateau ferry. bateaux|barco buque ferry. lancha|navio barco ferry. embarca|سفينه قارب مركب عباره ناقله|ספינה סירה סירת אוניה מעבורת|судно судна паром корабл лодк|船 フェリー
sink: sink. sank. sunk. capsiz drown ran_aground aground|nauf coule. noye chavir echou|naufrag hundi ahog|naufrag afund afog|غرق انقلاب_مركب|טבע. טבעה טבעו|затон утон|沈没 転覆
bus: bus. buses. coach.|autocar bus. autobus|autobus bus. colectivo micro.|onibus autocarro|حافله اوتوبيس|אוטובוס|автобус|バス
truck: truck lorry|camion|camion|camiao caminhao|شاحنه|משאית|грузовик|トラック
bridge: bridge|pont. ponts.|puente|ponte.|جسر|גשר|мост. моста. мосту.|橋
collapse: collaps|effondr|derrumb colaps|desab colaps|انهار انهيار|קרס התמוטט|обруш|崩落 倒壊 崩壊
rescue: rescue rescued|secour sauvet sauve|rescat|resgat salvam|انقاذ انقذ|חילוץ חילצ|спасат спасен спасли|救助 救出
missing: missing disappear|dispar|desaparec|desaparec|مفقود فقدان فقد|נעדר|пропал|行方不明
evacuate: evacuat|evacu|evacu desaloj|evacu retirad|اجلاء اخلاء|פונו פינוי פינו|эвакуир|避難
migrant: migrant refugee asylum|migrant refugi asile|migrant refugiad asilo|migrant refugiad asilo|مهاجر لاجئ لاجئين|מהגר פליט|мигрант беженц|移民 難民
earthrescue: search. searching.|recherche fouill|busca. busqueda|buscas.|بحث|חיפוש|поиск|捜索
strike_work: strike. strikes. walkout striking|greve grevist debray|huelga huelguist paro.|greve. grevist paralisac|اضراب|שביתה שביתת לשבות|забастов|ストライキ スト
protest: protest demonstrat rally. marched|manifest protest|protest manifest marcha|protest manifest marcha|احتجاج تظاهر مظاهر متظاهر مسيره|הפגנ מחאה מפגינים|протест митинг демонстрац|デモ 抗議
election: election electoral ballot poll. polls. voters.|election electora scrutin|eleccion electora comicios|eleic eleito|انتخاب اقتراع|בחירות|выбор. выборы. выборов. выборах. избира|選挙 投票
vote: vote. votes. voted. voting|vote. vota. voté. voter|vota. voto. voto|vota. votou votacao voto.|صوت. تصويت صوتوا|הצבע הצביע|голосов|採決 可決 否決
referendum: referendum|referendum|referendum|referendo plebiscito|استفتاء|משאל|референдум|国民投票 住民投票
resign: resign step_down stepping_down quits.|demission|dimit renunci|demit renunci|استقال|התפטר|отстав|辞任 辞職
sack: sacked. dismiss fired. fires. sacks. oust|limog licenci demis. revoqu|destitu despid ces|demit exoner|اقال اقاله عزل اعفاء|פיטר הדיח הודח|уволил сместил|解任 罷免
appoint: appoint named. nominat|nomm. nomme nomin|nombr design|nome indic|عين. تعيين كلف تكليف|מינה מונה מינוי|назнач|任命 起用
term: term. reelection re_election run. again.|reelection mandat.|reelecc mandato.|reeleic mandato.|ولايه|כהונה|срок|再選 任期
parliament: parliament lawmaker congress. senate senator knesset duma. diet. mps.|parlement depute senat. senateur assemblee|parlament congreso senado diputad|parlament congresso senado deputad camara.|برلمان نواب مجلس_النواب كنيست|כנסת|парламент госдум депутат сенат|国会 議会 参院 衆院
law: law. laws. bill. legislation act.|loi. lois. projet_de_loi|ley. leyes.|lei. leis. projeto_de_lei|قانون|חוק. חוקים. הצעת_חוק|закон|法案 法律
veto: veto|veto|veto vetar|veto vetou|فيتو حق_النقض|וטו|вето|拒否権
budget: budget|budget|presupuest|orcament|ميزاني موازنه الماليه|תקציב|бюджет|予算
tax: tax. taxes. levy tariff duties.|impot taxe fiscal douane|impuesto tributo arancel|impost tribut tarifa taxa.|ضريب ضرائب رسوم جمركي|מס. מיסים. מכס|налог пошлин тариф|税 増税 減税 関税
interest: interest rate rates. benchmark|taux|tasa. tasas. tipos. interes|juros. selic taxa_basica|فائده|ריבית|ставк|政策金利 利上げ 利下げ 金利
centralbank: central_bank fed. ecb.|banque_centrale bce.|banco_central bce.|banco_central copom|البنك_المركزي|בנק_ישראל בנק_מרכזי הבנק_המרכזי|цб. центробанк банк_россии банка_россии|中央銀行 日銀 中銀
inflation: inflation|inflation|inflaci|inflac ipca|تضخم|אינפלציה מדד_המחירים|инфляц|インフレ 物価
unemployment: unemploy jobless|chomage|desempleo paro.|desempreg|بطاله|אבטלה|безработиц|失業
bourse: stock_market stocks. shares. index. ftse nasdaq dow.|bourse cac. indice. actions.|bolsa. ibex indice. acciones.|bolsa. ibovespa indice. acoes.|بورصه مؤشر اسهم|בורסה מניות מדד|бирж акци индекс|株価 日経平均 株式
profit: profit earnings revenue|benefice. chiffre_d_affaires resultat|benefici ganancia|lucro receita|ارباح ايرادات|רווח הכנסות|прибыл выручк|純利益 売上高 決算 黒字
growth: gdp. growth|croissance pib.|crecimiento pib.|crescimento pib.|نمو|צמיחה תוצר|ввп. рост.|成長率
cut: cut. cuts. lower. lowered. lowers. slash|baisse. baiss abaiss rédui redui|recort baj reduc rebaj|cort reduz reduc|خفض تخفيض|הוריד הורד קיצוץ|снизи пониз сокра|引き下げ 削減
raise: raise. raised. raises. hike. hikes. hiked.|hausse. augment relev|sub. subi aument alza|aument alta. eleva|رفع زياده|העלה העלא|повыс поднял|引き上げ
keep: unchanged hold. holds. held. kept. maintain|maintien inchang maintenu|mantiene mantuvo mantener|mantem manteve manter inalterad|ابقي تثبيت|הותיר ללא_שינוי|сохранил оставил|据え置
bankrupt: bankrupt insolven|faillite redressement_judiciaire|quiebra concurso_de_acreedores|falenc insolv|افلاس|פשיטת_רגל|банкрот|倒産 破産
merger: merger acquire takeover buy. buys. bought. acquisition|rachat fusion. acquisi|compra. adquier adquir fusion|compra. adquir fusao|استحواذ اندماج|רכישה מיזוג רכשה|поглощ слиян покупк|買収 合併
layoff: layoff lay_off laid_off jobs. redundan|licenciem suppression plan_social|despid|demiss despediment|تسريح|פיטור לפטר תפטר יפוטר|увольн сокращен|解雇 人員削減 リストラ
plant: plant. factory|usine|fabrica. planta. fabricas.|fabrica. fabricas.|مصنع مصانع|מפעל|завод фабрик|工場
warehouse: warehouse|entrepot|almacen|armaz|مستودع|מחסן|склад|倉庫
shop: mall. shopping supermarket store.|centre_commercial supermarch|centro_comercial supermercado|shopping. supermercado|مركز_تجاري متجر|קניון סופר|торгов|ショッピングセンター スーパー
battery: batter|batterie|bateri|bateri|بطاري|סוללה סוללות|батаре аккумул|電池
car: car. cars. automak automobil vehicle|voiture automobil|coche automovil vehicul|carro automov veicul|سياره سيارات|רכב. מכונית|автомоб машин|自動車 EV
electric: electric|electri|electric|eletric|كهربائي كهرباء|חשמל|электр|電気
poweroutage: power. outage blackout electricity|panne courant coupure|apagon corte_de_luz|apag blecaut|انقطاع|הפסקת_חשמל|отключ|停電
solar: solar|solaire|solar.|solar.|شمسيه الشمسيه|סולארי שמש|солнечн|太陽光
wind: wind_farm wind_turbine|eolien|eolic|eolic|رياح الريحيه|טורבינות_רוח|ветр|風力
nuclear: nuclear atomic|nucleaire atomiq|nuclear|nuclear|نووي|גרעין|ядерн атомн|原発 核
gas: gas. lng.|gaz.|gas.|gas.|غاز|גז|газ. газа. газов|ガス
oil: oil. crude opec|petrol|petrole crudo|petrole|نفط|נפט|нефт|原油 石油
grain: grain wheat|cereale ble.|cereales trigo grano|graos trigo cereais|حبوب قمح|תבואה חיטה|зерн пшениц|穀物 小麦
water: water.|eau. eaux.|agua. aguas.|agua. aguas.|مياه|מים.|вода. воды.|断水 水道
court: court. judge tribunal|tribunal juge. cour. justice.|tribunal juez jueza juzgado corte_suprema|tribunal juiz stf. supremo|محكم قاضي قضت|בית_המשפט ביהמש בגץ שופט בית_הדין|суд. суда. суде. судья|裁判所 地裁 高裁 最高裁
trial: trial. trials.|proces. procès|juicio.|julgamento|محاكم|משפט.|процесс|公判 初公判 裁判
convict: convict guilty verdict|coupable condamn|condenad culpable|condenad culpad|ادان مدان|הורשע הרשע|виновн|有罪
sentence: sentenced. sentence. jailed. prison jail.|prison peine.|condena prision carcel|pena. prisao presidio cadeia|سجن. بالسجن السجن|מאסר. כלא. לרצות|пригов тюрьм|懲役 実刑 判決
appeal: appeal|appel.|apela recurso|recurso recorr|استئناف استانف|ערעור|апелляц обжал|控訴 上告
reject: reject dismissed. turn_down|rejet|rechaz desestim|rejeit neg|رفض|דחה דחתה נדחתה נדחה|отклон отказал|棄却 却下
arrest: arrest detain custody held. nabbed|arrest interpell garde_a_vue ecrou|deten arrest aprehen cae.|prend pres. detid deten|اعتقل اعتقال توقيف القبض اوقف|נעצר מעצר עצרה נעצרו|задерж арест|逮捕
charge: charged. charges. indict|inculp mis_en_examen|imput acusad|acusad indici|اتهم لائحه_اتهام|כתב_אישום הואשם|обвин|起訴 書類送検
fraud: fraud scam swindl|escroqu fraude|estaf fraude|burla fraude golpe.|احتيال نصب|הונאה עוקץ|мошенн|詐欺
corruption: corrupt brib|corrupt pot_de_vin|corrup sobor|corrup suborn propina|فساد رشوه|שחיתות שוחד|корруп взятк|汚職 贈収賄 賄賂
murder: murder homicide manslaughter|meurtr assassin homicide|asesin homicid|assassin homicid|اغتيال جريمه_قتل|רצח נרצח|убийств|殺人
robbery: robber theft stolen stole. heist burglar|vol. vols. braqu cambriol vole|robo. robar robad atraco|roubo. assalt furt|سرق سطو|שוד גניב|огра краж похит|強盗 窃盗
shooting: shoot. shot. shooting gunm gunfire|fusillad tir. tirs. coups_de_feu|tiroteo dispar|tiroteio tiros. balead|اطلاق_نار مسلح|ירי. ירה יריות|стрельб расстрел|銃撃 発砲
stabbing: stab knife|poignard couteau|apual cuchillo|esfaque faca.|طعن سكين|דקיר דקר|ножом нож.|刺され 刺傷
drugs: drug. drugs. cocaine cannabis heroin|drogue cocaine cannabis stupef|droga cocain narco|droga cocain trafic|مخدر كوكايين|סמים קוקאין|наркот кокаин|麻薬 覚醒剤 大麻
crypto: crypto bitcoin|crypto bitcoin|cripto bitcoin|cripto bitcoin|عملات_مشفره بيتكوين|קריפטו ביטקוין|крипто биткоин биткойн|暗号資産 ビットコイン
hack: hack cyber ransomware breach|pirat cyber|hacke ciber|hacke ciber|اختراق قرصن سيبراني|סייבר פריצה האקר|хакер кибер|サイバー ハッカー 不正アクセス
war: war. wars. troops offensive|guerre offensive.|guerra ofensiva tropas|guerra ofensiva tropas|حرب الحرب قوات|מלחמה מלחמת|войн войск|戦争 侵攻
airstrike: airstrike air_strike missile drone|frappe missile drone|bombarde misil dron|bombarde missil drone|غاره غارات قصف صاروخ مسير|תקיפה תקף טיל טילים כטבם|удар. ракет беспилот дрон|空爆 ミサイル 無人機 ドローン
ceasefire: ceasefire truce|cessez_le_feu treve cessez|alto_el_fuego tregua|cessar_fogo tregua cessar|وقف_اطلاق_النار هدنه|הפסקת_אש הפסקת_האש|перемир прекращени_огня|停戦
hostage: hostage captive|otage|rehen|refe|رهائن رهينه اسري محتجز|חטופ בני_ערובה|заложник|人質
peace: peace|paix.|paz.|paz.|سلام|שלום.|мир. мира. мирн|和平
sanction: sanction|sanction|sancion|sanc|عقوبات|סנקצי עיצומים|санкци|制裁
deal: deal. agreement accord pact treaty|accord. traite pacte|acuerdo pacto tratado|acordo pacto tratado|اتفاق معاهده صفقه|הסכם עסקה עסקת|соглашен сделк договор|合意 協定 条約
meet: met. meet. meeting talks. summit|rencontr entretenu entretien sommet reunion reçu recu|reuni cumbre encuentro|reuni cupula encontro|التقي يلتقي اجتماع قمه لقاء محادثات مباحثات يبحثان استقبل|נפגש פגישה פסגה|встреч переговор саммит|会談 首脳会議
phone: phone. call. telephone|telephon|telefon|telefon|هاتف|בטלפון שיחה שוחח|телефон|電話会談 電話
visit: visit|visite|visit|visit|زار. زياره زارا|ביקר ביקור|визит посет|訪問
minister_pm: prime_minister premier|premier_ministre chef_du_gouvernement|primer_ministro primera_ministra|primeiro_ministro primeiro_ministro|رئيس_الوزراء رئيس_الحكومه رئيسه_الحكومه|ראש_הממשלה רהמ|премьер|首相
army: army military soldier|armee soldat militaire|ejercito soldad militar|exercito soldad militar|جيش جنود عسكري|צהל צבא חייל|арми военн солдат|軍 自衛隊
spy: spy. spies. espionage|espion|espi|espi|تجسس جاسوس|ריגול מרגל|шпион|スパイ
terror: terror|terror|terror|terror|ارهاب|טרור פיגוע|террор теракт|テロ
aid: humanitarian aid.|humanitaire aide.|humanitari ayuda.|humanitari ajuda.|مساعدات اغاثه انساني|סיוע הומניטרי|гуманитар помощ|支援 人道
hospital: hospital|hopita|hospital|hospita|مستشفي|בית_החולים בתי_חולים|больниц госпитал|病院
doctor: doctor physician nurse|medecin infirm|medic enfermer|medic enfermeir|طبيب اطباء ممرض|רופא אחות.|врач медик|医師 看護師
virus: virus outbreak epidemic infect covid|virus epidemi|virus brote epidem|virus surto epidem|فيروس وباء|נגיף מגפה התפרצות|вирус эпидем вспыш|ウイルス 感染
vaccine: vaccin jab.|vaccin|vacuna|vacina|لقاح تطعيم|חיסון|вакцин|ワクチン
cancer: cancer tumour|cancer|cancer|cancer cancro|سرطان|סרטן|рак. рака. онколог|がん
drugmedicine: medicine treatment therapy|medicament traitement|medicament tratamiento|medicament tratamento|دواء ادويه علاج|תרופ טיפול|лекарств препарат|新薬 治療 医薬品
school: school pupil|ecole lycee eleve. eleves. college.|escuel colegio alumn|escola alun|مدرس تلاميذ|בית_ספר בתי_ספר תלמיד|школ ученик|学校 小学校 生徒 児童
university: universit campus|universit|universi|universi faculdade|جامع|אוניברסיט|универс вуз|大学
teacher: teacher|enseignant professeur|maestr docente profesor|professor|معلم مدرسين|מורה מורים|учител|教員 教師
student: student|etudiant|estudiant|estudant|طلاب طالب طلبه|סטודנט|студент|学生
salary: wage salary pay.|salaire remuneration salari|salario sueldo|salario|رواتب اجور|שכר. משכורת|зарплат|賃上げ 賃金 給与
pension: pension retire|retraite|pension jubila|aposentad pensao reforma.|تقاعد|פנסיה גמלא|пенси|年金
workers: worker union. unions. staff. employee|syndicat salaries. employes|trabajador sindicat emplead|trabalhador sindicat funcionari|عمال نقاب موظف|עובדים ועד_העובדים|рабоч профсоюз сотрудник|労組 従業員
farmer: farmer agricultur|agricult paysan|agricult campesin ganader|agricult fazendeir|مزارع فلاح زراع|חקלא|фермер сельск|農家 農業
housing: housing rent. rents. mortgage apartment|logement loyer immobili|vivienda alquiler hipoteca|habitac aluguel renda.|سكن ايجار عقار|דיור דירה משכנתא|жиль ипотек квартир|住宅 家賃
road: road. motorway highway|route. autoroute|carretera autopista|rodovia estrada|طريق طرق|כביש|дорог трасс шоссе|道路 高速道路
tunnel: tunnel|tunnel|tunel|tunel|نفق|מנהרה|тоннел туннел|トンネル
metro: metro. subway tram. light_rail|metro. tramway tram.|metro. subte tranvia|metro. metrô|مترو ترام|רכבת_הקלה הרכבת_הקלה|метро. трамва|地下鉄 路面電車
port: port. harbour harbor|port. ports.|puerto|porto. portuari|ميناء|נמל.|порт. порту.|港
build: build. building. built. construct|construi construc|construi construcc|constru obra|بناء تشييد|בנייה להקים תקים הקמת|построи строитель|建設 新設
open: open. opened. opens. inaugurat reopen|inaugur ouvre. ouvert|inaugur abre. reabr abrio|inaugur abre. reabr|افتتح افتتاح تدشين|נפתח חנך חנוכת|откры|開業 開設 開館
close: close. closed. closes. shut|ferme. fermet|cierr cerr|fech encerr|اغلاق اغلق|נסגר ייסגר סגירת|закры|閉鎖 閉店
football: football soccer goal. goals. striker midfielder league|football but. buts. ligue. buteur|futbol gol. goles. liga. delantero|futebol gol. golo. gols. golos. liga.|كره_القدم هدف. اهداف. هدفين. الدوري|כדורגל שער. שערים. ליגה|футбол гол. голы. голов. матч|サッカー ゴール Jリーグ
basketball: basketball nba.|basket nba.|baloncesto nba.|basquete basquetebol nba.|كره_السله|כדורסל|баскетбол|バスケ
tennis: tennis|tennis|tenis|tenis|تنس|טניס|теннис|テニス
match: match. game. final. semi_final|match. finale|partido. final. semifinal|jogo. partida. final. semifinal|مباراه نهائي|משחק. גמר|матч. финал полуфинал|決勝 試合 準決勝
beat: beat. beats. defeat. defeated. win. wins. won. victory|bat. battu victoire gagn remport|venc gan derrot victoria triunf|venc ganh derrot vitoria|هزم تغلب فاز فوز|ניצח ניצחון גבר|побед выигр обыгр|破り 勝利 優勝 勝ち
signing: signing. signs. signed. transfer. joins.|transfert signe. recrut|ficha fichaj traspaso|reforc transfer contrat|انتقال تعاقد|החתימ חתם|перешел трансфер подписал|移籍 加入
coach: coach. manager.|entraineur selectionneur|entrenador|tecnico. treinador|مدرب|מאמן|тренер|監督
injuryout: hamstring sidelined|forfait|lesion.|lesao.|اصابته|פציעתו|травму|離脱
olympic: olympic|olymp jo.|olimp jjoo|olimp|اولمبي|אולימפי|олимпи|五輪 オリンピック
record: record.|record.|record.|recorde|رقم_قياسي قياسي|שיא.|рекорд|過去最高 記録更新
film: film. films. movie cinema|film. films. cinema|pelicula cine.|filme cinema|فيلم سينما|סרט. קולנוע|фильм кино|映画
music: singer song. album. concert|chant album. concert|cantant cancion album. concierto|cantor cancao album. show.|مغني اغنيه حفل|זמר שיר. אלבום הופעה|певец певиц альбом концерт|歌手 楽曲 コンサート
festival: festival|festival mostra|festival|festival|مهرجان|פסטיבל|фестивал|映画祭 フェスティバル
prize: prize. award|prix. recompens|premio galardon|premio|جائزه|פרס.|преми наград|受賞 賞
actor: actor actress|acteur actrice comedien|actor actriz|ator. atriz|ممثل|שחקן שחקנית|актер актрис|俳優 女優
book: book. novel. author.|livre. roman. ecrivain|libro novela escritor|livro romance. escritor|كتاب روايه|ספר. סופר.|книг роман. писател|小説 作家
museum: museum|musee|museo|museu|متحف|מוזיאון|музей музе|博物館 美術館
pope: pope vatican|pape. vatican|papa. vaticano|papa. vaticano|بابا الفاتيكان الفاتيكان|אפיפיור ותיקן|папа римск ватикан|教皇 ローマ教皇
king: king. queen. royal prince|roi. reine. royal prince.|rey. reina. real. principe|rei. rainha. principe.|ملك. الملك امير|מלך. מלכה נסיך|корол принц|国王 女王 王子
wedding: wedding marri|mariag epous|boda. casa. casaron|casament casou|زفاف زواج|חתונ התחתנ|свадьб женил|結婚
birth: birth. born. baby|naiss bebe|nacimient bebe nacio|nascim bebe nasceu|ولاده مولود|נולד תינוק|рожд родил младен|誕生 出産
space: space. rocket. satellite nasa. astronaut moon.|spatial fusee satellite lune. nasa.|espacial cohete satelit luna. nasa.|espacial foguete satelit lua. nasa.|فضاء صاروخ فضائي قمر_صناعي|חלל. לוויין רקטה חללית|космо спутник ракета_нос|宇宙 ロケット 衛星 月面
launch: launch|lanc|lanz|lanc|اطلاق اطلق|שיגור שוגר|запуск запуст|打ち上げ 発売
phone_device: smartphone iphone tablet ipad|smartphone iphone tablette|telefono iphone tableta movil.|smartphone iphone celular|هاتف_ذكي ايفون|אייפון סמארטפון|смартфон айфон|スマホ スマートフォン
ai: artificial_intelligence ai. chatbot|intelligence_artificielle ia. chatbot|inteligencia_artificial ia.|inteligencia_artificial ia.|ذكاء_اصطناعي الذكاء_الاصطناعي|בינה_מלאכותית|искусственн ии. нейросет|人工知能 AI 生成AI
data: data. privacy|donnees|datos.|dados.|بيانات|נתונים פרטיות|данн|個人情報 データ
fine: fined. fine. fines. penalty.|amende|multa|multa coima|غرام|קנס|штраф|罰金 制裁金 課徴金
animal: animal zoo. dog. dogs. bear. wolf. shark whale elephant|animal zoo. chien. loup. requin baleine ours.|animal zoologico perro lobo tiburon ballena oso.|animal zoologico cao. caes. lobo tubarao baleia|حيوان كلب اسد حوت|כלב. חיות גן_חיות|животн собак зоопарк медвед волк|動物 犬 クマ 動物園 クジラ
climate: climate emission carbon|climat emission carbone|clima. climatic emision|clima. climatic emiss|مناخ انبعاث|אקלים פליט|климат выброс|気候変動 温暖化 排出
forest: forest amazon.|foret|bosque forestal selva|floresta mata. amazon|غابات|יער|лес. леса. лесн|森林
river: river. lake.|fleuve riviere lac.|rio. lago.|rio. lago.|نهر بحيره|נהר אגם|рек. река. озер|川 湖
dam: dam. dams.|barrage|presa. embalse|barrage represa|سد. السد|סכר|плотин дамб|ダム
pollution: pollut spill contaminat|pollu maree_noire|contamin derrame|polui contamin derram vazament|تلوث تسرب|זיהום דליפ|загряз разлив|汚染 流出
mine: mine. mines. miner. miners. mining|mine. mineur. mineurs. minier|mina. minas. minero mineria|mina. minas. mineir minerac|منجم تعدين|מכרה|шахт|鉱山 炭鉱
church: church mosque synagogue temple.|eglise mosquee synagog|iglesia mezquita sinagoga|igreja mesquita sinagoga|كنيسه مسجد|כנסייה מסגד בית_כנסת|церк мечет синагог|教会 寺
prisoner: prisoner inmate swap.|prisonn detenu. detenus.|preso. presos. reclus|preso. presos. detento|سجناء اسير الافراج|אסיר שחרור|заключен пленн обмен|受刑者 捕虜
library: library|bibliothe|bibliotec|bibliotec|مكتب عامه مكتبه|ספרייה ספריית|библиот|図書館
housefall: roof wall.|toit. mur.|techo. muro.|telhado muro.|سقف جدار|גג. קיר|крыш стен|屋根
elevator: lift. elevator cable_car funicular|ascenseur telepheriq funiculaire|ascensor telefer funicular|elevador telefer bonde|مصعد تلفريك|מעלית רכבל|лифт фуникулер канатн|ロープウェイ エレベーター
food: food. restaurant meal|aliment restaurant nourriture|aliment comida restauran|aliment comida restaurant|غذاء طعام مطعم|מזון מסעדה|продовольств еда ресторан|食品 飲食店 食中毒
recall: recall|rappel. rappell|retir|recolh recall|استدعاء سحب_من_الاسواق|ריקול|отзыв отзыва|リコール 回収
exhibition: exhibition|exposition|exposicion|exposicao|معرض|תערוכ|выставк|展覧会
anniversary: anniversary commemorat|anniversaire commemor|aniversario conmemor|aniversario comemora|ذكري|יום_השנה טקס|годовщин юбиле|記念 追悼
funeral: funeral buried|obseques enterr funerailles|funeral entierr sepel|funeral enterr velorio|جنازه تشييع دفن|הלווי לוויה|похорон|葬儀 国葬
study: study researchers. scientists.|etude. chercheurs. scientifiques.|estudio. investigadores. cientificos.|estudo. pesquisadores. cientistas. investigadores.|دراسه باحث علماء|מחקר. חוקרים|исследован ученые ученых|研究チーム 研究者
discover: discover unearth fossil archaeolog|decouv fossile archeolog|descubr hallaz hallan fosil arqueolog|descob fossil arqueolog|اكتشاف اكتشف اثري|תגלית התגלה ארכיאולוג|обнаруж открытие археолог|発見 遺跡 化石
abortion: abortion|avortement ivg.|aborto|aborto|اجهاض|הפלות|аборт|中絶
social_media: facebook instagram tiktok twitter youtube|facebook instagram tiktok twitter youtube|facebook instagram tiktok twitter youtube|facebook instagram tiktok twitter youtube|فيسبوك انستغرام تيك_توك تويتر يوتيوب|פייסבוק אינסטגרם טיקטוק טוויטר יוטיוב|фейсбук инстаграм тикток твиттер ютуб|フェイスブック インスタ ティックトック ユーチューブ
ban: ban. bans. banned. prohibit|interdi|prohib|proib|حظر منع|אסר איסור|запре|禁止
sue: sue. sues. sued. lawsuit petition|plainte poursui|demanda denunci querella|process acao_judicial queixa|دعوي قضائي شكوي|תביעה תבע עתיר|иск. иска. подал_в_суд|提訴 訴訟
chess: chess shogi|echecs|ajedrez|xadrez|شطرنج|שחמט|шахмат|将棋 囲碁
cycling: cycling cyclist tour_de_france|cyclis|ciclis|ciclis|دراجات|אופניים|велосипед велогон|自転車
race: race. racing grand_prix formula|course. grand_prix formule|carrera gran_premio formula|corrida grande_premio formula|سباق جائزه_كبري فورمولا|מרוץ פורמולה|гонк формул|レース グランプリ
"""


@cache
def _table() -> Mapping[str, Mapping[str, frozenset[str]]]:
    """By language: the words and beginnings of words ("." at the end of a whole one) and what they tell of."""
    found: dict[str, dict[str, frozenset[str]]] = {language: {} for language in LANGUAGES}
    for row in (_EVERYDAY + _TELLING).split("\n"):
        name, _, columns = row.partition(": ")
        for language, column in zip(LANGUAGES, columns.split("|"), strict=True) if columns else ():
            for word in column.split():
                key = fold(word.rstrip(".").replace("_", " ")) + "." * word.endswith(".")
                found[language][key] = found[language].get(key, frozenset()) | {f"#{name}"}
    return found


EVERYDAY = frozenset(f"#{row.partition(':')[0]}" for row in _EVERYDAY.strip().splitlines())
_PREFIXES = {"ar": re.compile("(?:و|ف)?(?:بال|كال|لل|ال|ب|ل|ك|س)?"), "he": re.compile("ו?(?:כש|שה|מה|ש|ה|ב|ל|מ|כ)?ה?")}
_SHORTEST = 3
_MOST_WORDS = 3


def happenings(text: str, keys: Sequence[str], language: str) -> frozenset[str]:
    """What a text tells of, as "#quake"; `keys` are its folded words in order. Empty in a language not listed."""
    if language == "ja":
        return frozenset[str]().union(*(found for word, found in _table()["ja"].items() if word in text))
    if language not in LANGUAGES:
        return frozenset()
    found = frozenset[str]().union(*(_of_word(key, language) for key in set(keys)))
    starts = _phrase_starts(language)
    for at, key in enumerate(keys):
        if any(form in starts for form in _forms(key, language)):
            found |= _of_phrase(keys[at : at + _MOST_WORDS], language)
    return found


@lru_cache(maxsize=65536)
def _of_word(key: str, language: str) -> frozenset[str]:
    table = _table()[language]
    found = frozenset[str]()
    for form in _forms(key, language):
        found |= table.get(f"{form}.", frozenset())
        for end in range(_SHORTEST, len(form) + 1):
            found |= table.get(form[:end], frozenset())
    return found


def _forms(key: str, language: str) -> set[str]:
    """The word as it is and without the "and", "the", "in" that Arabic and Hebrew write in front of it."""
    prefix = _PREFIXES.get(language)
    match = prefix.match(key) if prefix else None
    return {key} | {key[cut:] for cut in range(1, match.end() + 1) if len(key) - cut >= _SHORTEST} if match else {key}


@cache
def _phrase_starts(language: str) -> frozenset[str]:
    return frozenset(key.split()[0] for key in _table()[language] if " " in key)


def _of_phrase(keys: Sequence[str], language: str) -> frozenset[str]:
    table = _table()[language]
    found = frozenset[str]()
    for first in _forms(keys[0], language):
        for count in range(2, len(keys) + 1):
            found |= table.get(" ".join((first, *keys[1:count])), frozenset())
    return found
