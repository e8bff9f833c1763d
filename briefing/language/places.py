"""Countries, peoples and big cities under the names that ten languages give them.

One row a place: "Morocco", "Maroc", "المغرب" and "Moroccan" are one. Country names: Unicode CLDR 47 (Unicode licence).
Knowing a place is used to tell a name from an ordinary word where a script has no capitals, and to let an adjective
or another language's name stand for its country; never to add anything.
"""

# One row of words a line reads best.
# ruff: noqa: E501

from __future__ import annotations

from functools import cache

from briefing.language.words import fold

_COUNTRIES = """
AD: Andorra|Andorre|أندورا|אנדורה|Андорра|アンドラ
AE: United Arab Emirates|Émirats arabes unis|Emiratos Árabes Unidos|Emirados Árabes Unidos|Vereinigte Arabische Emirate|Emirati Arabi Uniti|الإمارات العربية المتحدة|איחוד האמירויות הערביות|ОАЭ|Об'єднані Арабські Емірати|アラブ首長国連邦|Các Tiểu Vương quốc Ả Rập Thống nhất|UAE|U.A.E|EAU|Emirates|Émirats|الإمارات
AF: Afghanistan|Afganistán|Afeganistão|أفغانستان|אפגניסטן|Афганистан|Афганістан|アフガニスタン
AG: Antigua & Barbuda|Antigua-et-Barbuda|Antigua y Barbuda|Antígua e Barbuda|Antigua und Barbuda|Antigua e Barbuda|أنتيغوا وبربودا|אנטיגואה וברבודה|Антигуа и Барбуда|Антигуа і Барбуда|アンティグア・バーブーダ|Antigua và Barbuda
AL: Albania|Albanie|Albânia|Albanien|ألبانيا|אלבניה|Албания|Албанія|アルバニア
AM: Armenia|Arménie|Armênia|Armenien|أرمينيا|ארמניה|Армения|Вірменія|アルメニア
AO: Angola|أنغولا|אנגולה|Ангола|アンゴラ
AR: Argentina|Argentine|Argentinien|الأرجنتين|ארגנטינה|Аргентина|アルゼンチン
AT: Austria|Autriche|Áustria|Österreich|النمسا|אוסטריה|Австрия|Австрія|オーストリア|Áo
AU: Australia|Australie|Austrália|Australien|أستراليا|אוסטרליה|Австралия|Австралія|オーストラリア
AZ: Azerbaijan|Azerbaïdjan|Azerbaiyán|Azerbaijão|Aserbaidschan|Azerbaigian|أذربيجان|אזרבייג׳ן|Азербайджан|アゼルバイジャン
BA: Bosnia & Herzegovina|Bosnie-Herzégovine|Bosnia y Herzegovina|Bósnia e Herzegovina|Bosnien und Herzegowina|Bosnia ed Erzegovina|البوسنة والهرسك|בוסניה והרצגובינה|Босния и Герцеговина|Боснія і Герцеговина|ボスニア・ヘルツェゴビナ|Bosnia và Herzegovina
BB: Barbados|Barbade|بربادوس|ברבדוס|Барбадос|バルバドス
BD: Bangladesh|Bangladés|Bangladesch|بنغلاديش|בנגלדש|Бангладеш|バングラデシュ
BE: Belgium|Belgique|Bélgica|Belgien|Belgio|بلجيكا|בלגיה|Бельгия|Бельгія|ベルギー|Bỉ
BF: Burkina Faso|Burquina Faso|بوركينا فاسو|בורקינה פאסו|Буркина-Фасо|Буркіна-Фасо|ブルキナファソ
BG: Bulgaria|Bulgarie|Bulgária|Bulgarien|بلغاريا|בולגריה|Болгария|Болгарія|ブルガリア
BH: Bahrain|Bahreïn|Baréin|Barein|Bahrein|البحرين|בחריין|Бахрейн|バーレーン
BI: Burundi|بوروندي|בורונדי|Бурунди|Бурунді|ブルンジ
BJ: Benin|Bénin|Benín|بنين|בנין|Бенин|Бенін|ベナン
BN: Brunei|Brunéi|Brunei Darussalam|بروناي|ברוניי|Бруней|ブルネイ
BO: Bolivia|Bolivie|Bolívia|Bolivien|بوليفيا|בוליביה|Боливия|Болівія|ボリビア
BR: Brazil|Brésil|Brasil|Brasilien|Brasile|البرازيل|ברזיל|Бразилия|Бразилія|ブラジル
BS: Bahamas|جزر البهاما|איי בהאמה|Багамы|Багамські Острови|バハマ
BT: Bhutan|Bhoutan|Bután|Butão|بوتان|בהוטן|Бутан|ブータン
BW: Botswana|Botsuana|بوتسوانا|בוטסואנה|Ботсвана|ボツワナ
BY: Belarus|Biélorussie|Bielorrusia|Bielorrússia|Bielorussia|بيلاروس|בלארוס|Беларусь|Білорусь|ベラルーシ
BZ: Belize|Belice|بليز|בליז|Белиз|Беліз|ベリーズ
CA: Canada|Canadá|Kanada|كندا|קנדה|Канада|カナダ
CD: Congo - Kinshasa|Congo-Kinshasa|República Democrática del Congo|Kongo-Kinshasa|الكونغو - كينشاسا|קונגו - קינשאסה|Конго - Киншаса|Конго – Кіншаса|コンゴ民主共和国(キンシャサ)|Congo|DRC|RDC|DR Congo
CF: Central African Republic|République centrafricaine|República Centroafricana|República Centro-Africana|Zentralafrikanische Republik|Repubblica Centrafricana|جمهورية أفريقيا الوسطى|הרפובליקה המרכז-אפריקאית|Центрально-Африканская Республика|Центральноафриканська Республіка|中央アフリカ共和国|Cộng hòa Trung Phi
CG: Congo - Brazzaville|Congo-Brazzaville|Congo|República do Congo|Kongo-Brazzaville|الكونغو - برازافيل|קונגו - ברזאויל|Конго - Браззавиль|Конго – Браззавіль|コンゴ共和国(ブラザビル)
CH: Switzerland|Suisse|Suiza|Suíça|Schweiz|Svizzera|سويسرا|שווייץ|Швейцария|Швейцарія|スイス|Thụy Sĩ
CI: Côte d’Ivoire|Costa do Marfim|Costa d’Avorio|ساحل العاج|חוף השנהב|Кот-д’Ивуар|Кот-д'Івуар|コートジボワール|Ivory Coast
CL: Chile|Chili|Cile|تشيلي|צ׳ילה|Чили|Чилі|チリ
CM: Cameroon|Cameroun|Camerún|Camarões|Kamerun|Camerun|الكاميرون|קמרון|Камерун|カメルーン
CN: China|Chine|Cina|الصين|סין|Китай|中国|Trung Quốc
CO: Colombia|Colombie|Colômbia|Kolumbien|كولومبيا|קולומביה|Колумбия|Колумбія|コロンビア
CR: Costa Rica|كوستاريكا|קוסטה ריקה|Коста-Рика|コスタリカ
CU: Cuba|Kuba|كوبا|קובה|Куба|キューバ
CV: Cape Verde|Cap-Vert|Cabo Verde|Capo Verde|الرأس الأخضر|כף ורדה|Кабо-Верде|カーボベルデ
CY: Cyprus|Chypre|Chipre|Zypern|Cipro|قبرص|קפריסין|Кипр|Кіпр|キプロス|Síp
CZ: Czechia|Tchéquie|Chequia|Tchéquia|Tschechien|Cechia|التشيك|צ׳כיה|Чехия|Чехія|チェコ|Séc|Czech Republic|République tchèque
DE: Germany|Allemagne|Alemania|Alemanha|Deutschland|Germania|ألمانيا|גרמניה|Германия|Німеччина|ドイツ|Đức
DJ: Djibouti|Yibuti|Djibuti|Dschibuti|Gibuti|جيبوتي|ג׳יבוטי|Джибути|Джибуті|ジブチ
DK: Denmark|Danemark|Dinamarca|Dänemark|Danimarca|الدانمرك|דנמרק|Дания|Данія|デンマーク|Đan Mạch
DM: Dominica|Dominique|دومينيكا|דומיניקה|Доминика|Домініка|ドミニカ国
DO: Dominican Republic|République dominicaine|República Dominicana|Dominikanische Republik|Repubblica Dominicana|جمهورية الدومينيكان|הרפובליקה הדומיניקנית|Доминиканская Республика|Домініканська Республіка|ドミニカ共和国|Cộng hòa Dominica
DZ: Algeria|Algérie|Argelia|Argélia|Algerien|الجزائر|אלג׳יריה|Алжир|アルジェリア
EC: Ecuador|Équateur|Equador|الإكوادور|אקוודור|Эквадор|Еквадор|エクアドル
EE: Estonia|Estonie|Estônia|Estland|إستونيا|אסטוניה|Эстония|Естонія|エストニア
EG: Egypt|Égypte|Egipto|Egito|Ägypten|Egitto|مصر|מצרים|Египет|Єгипет|エジプト|Ai Cập
EH: Western Sahara|Sahara occidental|Sáhara Occidental|Saara Ocidental|Westsahara|Sahara Occidentale|الصحراء الغربية|סהרה המערבית|Западная Сахара|Західна Сахара|西サハラ|Tây Sahara
ER: Eritrea|Érythrée|Eritreia|إريتريا|אריתריאה|Эритрея|Еритрея|エリトリア
ES: Spain|Espagne|España|Espanha|Spanien|Spagna|إسبانيا|ספרד|Испания|Іспанія|スペイン|Tây Ban Nha
ET: Ethiopia|Éthiopie|Etiopía|Etiópia|Äthiopien|Etiopia|إثيوبيا|אתיופיה|Эфиопия|Ефіопія|エチオピア
FI: Finland|Finlande|Finlandia|Finlândia|Finnland|فنلندا|פינלנד|Финляндия|Фінляндія|フィンランド|Phần Lan
FJ: Fiji|Fidji|Fiyi|Fidschi|Figi|فيجي|פיג׳י|Фиджи|Фіджі|フィジー
FM: Micronesia|Micronésie|Micronésia|Mikronesien|ميكرونيزيا|מיקרונזיה|Федеративные Штаты Микронезии|Мікронезія|ミクロネシア連邦
FR: France|Francia|França|Frankreich|فرنسا|צרפת|Франция|Франція|フランス|Pháp
GA: Gabon|Gabón|Gabão|Gabun|الغابون|גבון|Габон|ガボン
GB: United Kingdom|Royaume-Uni|Reino Unido|Vereinigtes Königreich|Regno Unito|المملكة المتحدة|בריטניה|Великобритания|Велика Британія|イギリス|Vương quốc Anh|UK|U.K|U.K.|Britain|Great Britain|England|Scotland|Wales|Grande-Bretagne|Angleterre|Gran Bretaña|Inglaterra|بريطانيا|Британия|英国|Anh
GD: Grenada|Grenade|Granada|غرينادا|גרנדה|Гренада|グレナダ
GE: Georgia|Géorgie|Geórgia|Georgien|جورجيا|גאורגיה|Грузия|Грузія|ジョージア
GH: Ghana|Gana|غانا|גאנה|Гана|ガーナ
GL: Greenland|Groenland|Groenlandia|Groenlândia|Grönland|غرينلاند|גרינלנד|Гренландия|Гренландія|グリーンランド
GM: Gambia|Gambie|Gâmbia|غامبيا|גמביה|Гамбия|Гамбія|ガンビア
GN: Guinea|Guinée|Guiné|غينيا|גינאה|Гвинея|Гвінея|ギニア
GQ: Equatorial Guinea|Guinée équatoriale|Guinea Ecuatorial|Guiné Equatorial|Äquatorialguinea|Guinea Equatoriale|غينيا الاستوائية|גינאה המשוונית|Экваториальная Гвинея|Екваторіальна Гвінея|赤道ギニア|Guinea Xích Đạo
GR: Greece|Grèce|Grecia|Grécia|Griechenland|اليونان|יוון|Греция|Греція|ギリシャ|Hy Lạp
GT: Guatemala|غواتيمالا|גואטמלה|Гватемала|グアテマラ
GW: Guinea-Bissau|Guinée-Bissau|Guinea-Bisáu|Guiné-Bissau|غينيا بيساو|גינאה-ביסאו|Гвинея-Бисау|Гвінея-Бісау|ギニアビサウ
GY: Guyana|Guiana|غيانا|גיאנה|Гайана|Гаяна|ガイアナ
HK: Hong Kong SAR China|R.A.S. chinoise de Hong Kong|RAE de Hong Kong|Hong Kong, RAE da China|Sonderverwaltungsregion Hongkong|RAS di Hong Kong|هونغ كونغ الصينية|הונג קונג|Гонконг|Гонконг, ОАР Китаю|中華人民共和国香港特別行政区|Đặc khu Hành chính Hồng Kông, Trung Quốc
HN: Honduras|هندوراس|הונדורס|Гондурас|ホンジュラス
HR: Croatia|Croatie|Croacia|Croácia|Kroatien|Croazia|كرواتيا|קרואטיה|Хорватия|Хорватія|クロアチア
HT: Haiti|Haïti|Haití|هايتي|האיטי|Гаити|Гаїті|ハイチ
HU: Hungary|Hongrie|Hungría|Hungria|Ungarn|Ungheria|هنغاريا|הונגריה|Венгрия|Угорщина|ハンガリー
ID: Indonesia|Indonésie|Indonésia|Indonesien|إندونيسيا|אינדונזיה|Индонезия|Індонезія|インドネシア
IE: Ireland|Irlande|Irlanda|Irland|أيرلندا|אירלנד|Ирландия|Ірландія|アイルランド
IL: Israel|Israël|Israele|إسرائيل|ישראל|Израиль|Ізраїль|イスラエル
IN: India|Inde|Índia|Indien|الهند|הודו|Индия|Індія|インド|Ấn Độ
IQ: Iraq|Irak|Iraque|العراق|עיראק|Ирак|Ірак|イラク
IR: Iran|Irán|Irã|إيران|איראן|Иран|Іран|イラン
IS: Iceland|Islande|Islandia|Islândia|Island|Islanda|آيسلندا|איסלנד|Исландия|Ісландія|アイスランド
IT: Italy|Italie|Italia|Itália|Italien|إيطاليا|איטליה|Италия|Італія|イタリア
JM: Jamaica|Jamaïque|Jamaika|Giamaica|جامايكا|ג׳מייקה|Ямайка|ジャマイカ
JO: Jordan|Jordanie|Jordania|Jordânia|Jordanien|Giordania|الأردن|ירדן|Иордания|Йорданія|ヨルダン
JP: Japan|Japon|Japón|Japão|Giappone|اليابان|יפן|Япония|Японія|日本|Nhật Bản
KE: Kenya|Kenia|Quênia|كينيا|קניה|Кения|Кенія|ケニア
KG: Kyrgyzstan|Kirghizstan|Kirguistán|Quirguistão|Kirgisistan|Kirghizistan|قيرغيزستان|קירגיזסטן|Киргизия|Киргизстан|キルギス
KH: Cambodia|Cambodge|Camboya|Camboja|Kambodscha|Cambogia|كمبوديا|קמבודיה|Камбоджа|カンボジア|Campuchia
KI: Kiribati|Quiribati|كيريباتي|קיריבאטי|Кирибати|Кірибаті|キリバス
KM: Comoros|Comores|Comoras|Komoren|Comore|جزر القمر|קומורו|Коморы|Комори|コモロ
KN: St. Kitts & Nevis|Saint-Christophe-et-Niévès|San Cristóbal y Nieves|São Cristóvão e Névis|St. Kitts und Nevis|Saint Kitts e Nevis|سانت كيتس ونيفيس|סנט קיטס ונוויס|Сент-Китс и Невис|Сент-Кітс і Невіс|セントクリストファー・ネーヴィス|St. Kitts và Nevis
KP: North Korea|Corée du Nord|Corea del Norte|Coreia do Norte|Nordkorea|Corea del Nord|كوريا الشمالية|קוריאה הצפונית|КНДР|Північна Корея|北朝鮮|Triều Tiên
KR: South Korea|Corée du Sud|Corea del Sur|Coreia do Sul|Südkorea|Corea del Sud|كوريا الجنوبية|קוריאה הדרומית|Республика Корея|Південна Корея|韓国|Hàn Quốc
KW: Kuwait|Koweït|الكويت|כווית|Кувейт|クウェート
KZ: Kazakhstan|Kazajistán|Cazaquistão|Kasachstan|Kazakistan|كازاخستان|קזחסטן|Казахстан|カザフスタン
LA: Laos|لاوس|לאוס|Лаос|ラオス|Lào
LB: Lebanon|Liban|Líbano|Libanon|Libano|لبنان|לבנון|Ливан|Ліван|レバノン|Li-băng
LC: St. Lucia|Sainte-Lucie|Santa Lucía|Santa Lúcia|Saint Lucia|سانت لوسيا|סנט לוסיה|Сент-Люсия|Сент-Люсія|セントルシア
LI: Liechtenstein|ليختنشتاين|ליכטנשטיין|Лихтенштейн|Ліхтенштейн|リヒテンシュタイン
LK: Sri Lanka|سريلانكا|סרי לנקה|Шри-Ланка|Шрі-Ланка|スリランカ
LR: Liberia|Libéria|ليبيريا|ליבריה|Либерия|Ліберія|リベリア
LS: Lesotho|Lesoto|ليسوتو|לסוטו|Лесото|レソト
LT: Lithuania|Lituanie|Lituania|Lituânia|Litauen|ليتوانيا|ליטא|Литва|リトアニア|Litva
LU: Luxembourg|Luxemburgo|Luxemburg|Lussemburgo|لوكسمبورغ|לוקסמבורג|Люксембург|ルクセンブルク
LV: Latvia|Lettonie|Letonia|Letônia|Lettland|Lettonia|لاتفيا|לטביה|Латвия|Латвія|ラトビア
LY: Libya|Libye|Libia|Líbia|Libyen|ليبيا|לוב|Ливия|Лівія|リビア
MA: Morocco|Maroc|Marruecos|Marrocos|Marokko|Marocco|المغرب|מרוקו|Марокко|モロッコ|Ma-rốc
MC: Monaco|Mónaco|Mônaco|موناكو|מונקו|Монако|モナコ
MD: Moldova|Moldavie|Moldavia|Moldávia|Republik Moldau|مولدوفا|מולדובה|Молдова|モルドバ
ME: Montenegro|Monténégro|الجبل الأسود|מונטנגרו|Черногория|Чорногорія|モンテネグロ
MG: Madagascar|Madagaskar|مدغشقر|מדגסקר|Мадагаскар|マダガスカル
MH: Marshall Islands|Îles Marshall|Islas Marshall|Ilhas Marshall|Marshallinseln|Isole Marshall|جزر مارشال|איי מרשל|Маршалловы о-ва|Маршаллові Острови|マーシャル諸島|Quần đảo Marshall
MK: North Macedonia|Macédoine du Nord|Macedonia del Norte|Macedônia do Norte|Nordmazedonien|Macedonia del Nord|مقدونيا الشمالية|מקדוניה הצפונית|Северная Македония|Північна Македонія|北マケドニア|Bắc Macedonia|Macedonia
ML: Mali|مالي|מאלי|Мали|Малі|マリ
MM: Myanmar|Mianmar|ميانمار|מיאנמר|Мьянма|М'янма|ミャンマー|Burma|Birmanie
MN: Mongolia|Mongolie|Mongólia|Mongolei|منغوليا|מונגוליה|Монголия|Монголія|モンゴル|Mông Cổ
MO: Macao SAR China|R.A.S. chinoise de Macao|RAE de Macao|Macau, RAE da China|Sonderverwaltungsregion Macau|RAS di Macao|منطقة ماكاو الإدارية الخاصة|מקאו|Макао|Макао, ОАР Китаю|中華人民共和国マカオ特別行政区|Đặc khu Hành chính Macao, Trung Quốc
MR: Mauritania|Mauritanie|Mauritânia|Mauretanien|موريتانيا|מאוריטניה|Мавритания|Мавританія|モーリタニア
MT: Malta|Malte|مالطا|מלטה|Мальта|マルタ
MU: Mauritius|Maurice|Mauricio|Maurício|موريشيوس|מאוריציוס|Маврикий|Маврикій|モーリシャス
MV: Maldives|Maldivas|Malediven|Maldive|جزر المالديف|האיים המלדיביים|Мальдивы|Мальдіви|モルディブ
MW: Malawi|Malaui|ملاوي|מלאווי|Малави|Малаві|マラウイ
MX: Mexico|Mexique|México|Mexiko|Messico|المكسيك|מקסיקו|Мексика|メキシコ
MY: Malaysia|Malaisie|Malasia|Malásia|ماليزيا|מלזיה|Малайзия|Малайзія|マレーシア
MZ: Mozambique|Moçambique|Mosambik|Mozambico|موزمبيق|מוזמביק|Мозамбик|Мозамбік|モザンビーク
NA: Namibia|Namibie|Namíbia|ناميبيا|נמיביה|Намибия|Намібія|ナミビア
NE: Niger|Níger|النيجر|ניז׳ר|Нигер|Нігер|ニジェール
NG: Nigeria|Nigéria|نيجيريا|ניגריה|Нигерия|Нігерія|ナイジェリア
NI: Nicaragua|Nicarágua|نيكاراغوا|ניקרגואה|Никарагуа|Нікарагуа|ニカラグア
NL: Netherlands|Pays-Bas|Países Bajos|Países Baixos|Niederlande|Paesi Bassi|هولندا|הולנד|Нидерланды|Нідерланди|オランダ|Hà Lan|Holland
NO: Norway|Norvège|Noruega|Norwegen|Norvegia|النرويج|נורווגיה|Норвегия|Норвегія|ノルウェー|Na Uy
NP: Nepal|Népal|نيبال|נפאל|Непал|ネパール
NR: Nauru|ناورو|נאורו|Науру|ナウル
NZ: New Zealand|Nouvelle-Zélande|Nueva Zelanda|Nova Zelândia|Neuseeland|Nuova Zelanda|نيوزيلندا|ניו זילנד|Новая Зеландия|Нова Зеландія|ニュージーランド
OM: Oman|Omán|Omã|عُمان|עומאן|Оман|オマーン
PA: Panama|Panamá|بنما|פנמה|Панама|パナマ
PE: Peru|Pérou|Perú|Perù|بيرو|פרו|Перу|ペルー
PG: Papua New Guinea|Papouasie-Nouvelle-Guinée|Papúa Nueva Guinea|Papua-Nova Guiné|Papua-Neuguinea|Papua Nuova Guinea|بابوا غينيا الجديدة|פפואה גינאה החדשה|Папуа — Новая Гвинея|Папуа-Нова Гвінея|パプアニューギニア
PH: Philippines|Filipinas|Philippinen|Filippine|الفلبين|הפיליפינים|Филиппины|Філіппіни|フィリピン
PK: Pakistan|Pakistán|Paquistão|باكستان|פקיסטן|Пакистан|パキスタン
PL: Poland|Pologne|Polonia|Polônia|Polen|بولندا|פולין|Польша|Польща|ポーランド|Ba Lan
PR: Puerto Rico|Porto Rico|Portorico|بورتوريكو|פוארטו ריקו|Пуэрто-Рико|Пуерто-Рико|プエルトリコ
PS: Palestinian Territories|Territoires palestiniens|Territorios Palestinos|Territórios palestinos|Palästinensische Autonomiegebiete|Territori Palestinesi|الأراضي الفلسطينية|השטחים הפלסטיניים|Палестинские территории|Палестинські території|パレスチナ自治区|Lãnh thổ Palestine|Palestine|Palestina|Gaza Strip|فلسطين|פלסטין
PT: Portugal|Portogallo|البرتغال|פורטוגל|Португалия|Португалія|ポルトガル|Bồ Đào Nha
PW: Palau|Palaos|بالاو|פלאו|Палау|パラオ
PY: Paraguay|Paraguai|باراغواي|פרגוואי|Парагвай|パラグアイ
QA: Qatar|Catar|Katar|قطر|קטאר|Катар|カタール
RO: Romania|Roumanie|Rumanía|Romênia|Rumänien|رومانيا|רומניה|Румыния|Румунія|ルーマニア
RS: Serbia|Serbie|Sérvia|Serbien|صربيا|סרביה|Сербия|Сербія|セルビア
RU: Russia|Russie|Rusia|Rússia|Russland|روسيا|רוסיה|Россия|Росія|ロシア|Nga|Russian Federation|РФ
RW: Rwanda|Ruanda|رواندا|רואנדה|Руанда|ルワンダ
SA: Saudi Arabia|Arabie saoudite|Arabia Saudí|Arábia Saudita|Saudi-Arabien|Arabia Saudita|المملكة العربية السعودية|ערב הסעודית|Саудовская Аравия|Саудівська Аравія|サウジアラビア|Ả Rập Xê-út
SB: Solomon Islands|Îles Salomon|Islas Salomón|Ilhas Salomão|Salomonen|Isole Salomone|جزر سليمان|איי שלמה|Соломоновы о-ва|Соломонові Острови|ソロモン諸島|Quần đảo Solomon
SC: Seychelles|Seicheles|Seychellen|سيشل|איי סיישל|Сейшельские о-ва|Сейшельські Острови|セーシェル
SD: Sudan|Soudan|Sudán|Sudão|السودان|סודן|Судан|スーダン
SE: Sweden|Suède|Suecia|Suécia|Schweden|Svezia|السويد|שוודיה|Швеция|Швеція|スウェーデン|Thụy Điển
SG: Singapore|Singapour|Singapur|Singapura|سنغافورة|סינגפור|Сингапур|Сінгапур|シンガポール
SI: Slovenia|Slovénie|Eslovenia|Eslovênia|Slowenien|سلوفينيا|סלובניה|Словения|Словенія|スロベニア
SK: Slovakia|Slovaquie|Eslovaquia|Eslováquia|Slowakei|Slovacchia|سلوفاكيا|סלובקיה|Словакия|Словаччина|スロバキア
SL: Sierra Leone|Sierra Leona|Serra Leoa|سيراليون|סיירה לאון|Сьерра-Леоне|Сьєрра-Леоне|シエラレオネ
SM: San Marino|Saint-Marin|سان مارينو|סן מרינו|Сан-Марино|サンマリノ
SN: Senegal|Sénégal|السنغال|סנגל|Сенегал|セネガル
SO: Somalia|Somalie|Somália|الصومال|סומליה|Сомали|Сомалі|ソマリア
SR: Suriname|Surinam|سورينام|סורינאם|Суринам|スリナム
SS: South Sudan|Soudan du Sud|Sudán del Sur|Sudão do Sul|Südsudan|Sud Sudan|جنوب السودان|דרום סודן|Южный Судан|Південний Судан|南スーダン|Nam Sudan
ST: São Tomé & Príncipe|Sao Tomé-et-Principe|Santo Tomé y Príncipe|São Tomé e Príncipe|São Tomé und Príncipe|ساو تومي وبرينسيبي|סאו טומה ופרינסיפה|Сан-Томе и Принсипи|Сан-Томе і Принсіпі|サントメ・プリンシペ|São Tomé và Príncipe
SV: El Salvador|Salvador|السلفادور|אל סלבדור|Сальвадор|エルサルバドル
SY: Syria|Syrie|Siria|Síria|Syrien|سوريا|סוריה|Сирия|Сирія|シリア
SZ: Eswatini|Esuatini|Essuatíni|إسواتيني|אסוואטיני|Эсватини|Есватіні|エスワティニ|Swaziland
TD: Chad|Tchad|Chade|Tschad|Ciad|تشاد|צ׳אד|Чад|チャド
TG: Togo|توغو|טוגו|Того|トーゴ
TH: Thailand|Thaïlande|Tailandia|Tailândia|Thailandia|تايلاند|תאילנד|Таиланд|Таїланд|タイ|Thái Lan
TJ: Tajikistan|Tadjikistan|Tayikistán|Tadjiquistão|Tadschikistan|Tagikistan|طاجيكستان|טג׳יקיסטן|Таджикистан|タジキスタン
TL: Timor-Leste|Timor oriental|Timor Est|تيمور - ليشتي|טימור-לסטה|Восточный Тимор|Тимор-Лешті|東ティモール
TM: Turkmenistan|Turkménistan|Turkmenistán|Turcomenistão|تركمانستان|טורקמניסטן|Туркменистан|Туркменістан|トルクメニスタン
TN: Tunisia|Tunisie|Túnez|Tunísia|Tunesien|تونس|תוניסיה|Тунис|Туніс|チュニジア
TO: Tonga|تونغا|טונגה|Тонга|トンガ
TR: Türkiye|Turquie|Turquía|Turquia|Türkei|Turchia|تركيا|טורקיה|Турция|Туреччина|トルコ|Thổ Nhĩ Kỳ|Turkey
TT: Trinidad & Tobago|Trinité-et-Tobago|Trinidad y Tobago|Trinidad e Tobago|Trinidad und Tobago|ترينيداد وتوباغو|טרינידד וטובגו|Тринидад и Тобаго|Тринідад і Тобаго|トリニダード・トバゴ|Trinidad và Tobago
TV: Tuvalu|توفالو|טובאלו|Тувалу|ツバル
TW: Taiwan|Taïwan|Taiwán|تايوان|טייוואן|Тайвань|台湾|Đài Loan
TZ: Tanzania|Tanzanie|Tanzânia|Tansania|تنزانيا|טנזניה|Танзания|Танзанія|タンザニア
UA: Ukraine|Ucrania|Ucrânia|Ucraina|أوكرانيا|אוקראינה|Украина|Україна|ウクライナ|Ukraina
UG: Uganda|Ouganda|أوغندا|אוגנדה|Уганда|ウガンダ
US: United States|États-Unis|Estados Unidos|Vereinigte Staaten|Stati Uniti|الولايات المتحدة|ארצות הברית|Соединенные Штаты|Сполучені Штати|アメリカ合衆国|Hoa Kỳ|United States of America|USA|US|U.S|U.S.|America|EE.UU|EEUU|EE UU|EUA|Amérique|США|ארה"ב|أمريكا|أميركا|الولايات المتحدة الأمريكية|アメリカ|米国|Mỹ
UY: Uruguay|Uruguai|أورغواي|אורוגוואי|Уругвай|ウルグアイ
UZ: Uzbekistan|Ouzbékistan|Uzbekistán|Uzbequistão|Usbekistan|أوزبكستان|אוזבקיסטן|Узбекистан|ウズベキスタン
VA: Vatican City|État de la Cité du Vatican|Ciudad del Vaticano|Cidade do Vaticano|Vatikanstadt|Città del Vaticano|الفاتيكان|הוותיקן|Ватикан|バチカン市国|Thành Vatican|Vatican|Holy See
VC: St. Vincent & Grenadines|Saint-Vincent-et-les Grenadines|San Vicente y las Granadinas|São Vicente e Granadinas|St. Vincent und die Grenadinen|Saint Vincent e Grenadine|سانت فنسنت وجزر غرينادين|סנט וינסנט והגרנדינים|Сент-Винсент и Гренадины|Сент-Вінсент і Гренадіни|セントビンセント及びグレナディーン諸島|St. Vincent và Grenadines
VE: Venezuela|فنزويلا|ונצואלה|Венесуэла|Венесуела|ベネズエラ
VN: Vietnam|Viêt Nam|Vietnã|فيتنام|וייטנאם|Вьетнам|В'єтнам|ベトナム|Việt Nam
VU: Vanuatu|فانواتو|ונואטו|Вануату|バヌアツ
WS: Samoa|ساموا|סמואה|Самоа|サモア
XK: Kosovo|كوسوفو|קוסובו|Косово|コソボ
YE: Yemen|Yémen|Iêmen|Jemen|اليمن|תימן|Йемен|Ємен|イエメン
ZA: South Africa|Afrique du Sud|Sudáfrica|África do Sul|Südafrika|Sudafrica|جنوب أفريقيا|דרום אפריקה|Южно-Африканская Республика|Південно-Африканська Республіка|南アフリカ|Nam Phi
ZM: Zambia|Zambie|Zâmbia|Sambia|زامبيا|זמביה|Замбия|Замбія|ザンビア
ZW: Zimbabwe|Zimbabue|Zimbábue|Simbabwe|زيمبابوي|זימבבואה|Зимбабве|Зімбабве|ジンバブエ
"""
_PEOPLES = """
US: American|Américain|Américaine|Americano|Americana|Estadounidense|Amerikaner|أمريكي|أمريكية|أميركي|أميركية|американский|американская|США|אמריקאי|אמריקני|אמריקאית
GB: British|Briton|Englishman|English|Scottish|Welsh|Britannique|Anglais|Británico|Británica|Inglés|Britânico|بريطاني|بريطانية|британский|בריטי
FR: French|Frenchman|Français|Française|Francés|Francesa|Francês|فرنسي|فرنسية|французский|французский|צרפתי|צרפתית
DE: German|Allemand|Allemande|Alemán|Alemana|Alemão|ألماني|ألمانية|немецкий|גרמני
ES: Spanish|Spaniard|Espagnol|Espagnole|Español|Española|Espanhol|إسباني|إسبانية|испанский|ספרדי
NL: Dutch|Néerlandais|Holandés|Neerlandés|هولندي
CH: Swiss|Suisse|Suizo|Suíço|سويسري
IT: Italian|Italien|Italienne|Italiano|Italiana|إيطالي|إيطالية
PL: Polish|Pole|Polonais|Polaco
DK: Danish|Dane|Danois|Danés
SE: Swedish|Swede|Suédois|Sueco
NO: Norwegian|Norvégien|Noruego
FI: Finnish|Finn|Finlandais
IE: Irish|Irlandais|Irlandés
GR: Greek|Grec|Grecque|Griego|يوناني
TR: Turkish|Turk|Turc|Turque|Turco|تركي|تركية|турецкий
RU: Russian|Russe|Ruso|Rusa|Russo|روسي|روسية|российский|русский|российская|российские|російський|російський|рoсійська|російська|російські
UA: Ukrainian|Ukrainien|Ucraniano|أوكراني|أوكرانية|украинский|украинская|український|українська|українські
CN: Chinese|Chinois|Chinoise|Chino|China|صيني|صينية|китайский|китайская|סיני
JP: Japanese|Japonais|Japonés|ياباني|японский
KR: Korean South Korean Coréen
KP: North Korean
VN: Vietnamese
TH: Thai
PH: Filipino|Philippine
IN: Indian|Indien|Indio|هندي
PK: Pakistani
AF: Afghan
IR: Iranian|Iranien|Iraní|إيراني|إيرانية|иранский|איראני
IQ: Iraqi|Irakien|Iraquí|عراقي|عراقية
SY: Syrian|Syrien|Sirio|سوري|سورية
LB: Lebanese|Libanais|Libanés|لبناني
IL: Israeli|Israélien|Israélienne|Israelí|إسرائيلي|إسرائيلية|израильский|ישראלי|ישראלית
PS: Palestinian|Palestinien|Palestino|فلسطيني|فلسطينية|палестинский|פלסטיני|Gazan
EG: Egyptian|Égyptien|Egipcio|مصري|مصرية
MA: Moroccan|Marocain|Marocaine|Marroquí|مغربي|مغربية
DZ: Algerian|Algérien|Argelino|جزائري|جزائرية
TN: Tunisian|Tunisien|تونسي|تونسية
SA: Saudi|Saoudien|Saudí|سعودي|سعودية
YE: Yemeni|يمني
QA: Qatari|قطري
AE: Emirati|إماراتي
JO: Jordanian|أردني
LY: Libyan|ليبي
SD: Sudanese|سوداني
AU: Australian|Aussie
NZ: Kiwi
CA: Canadian|Canadien|كندي
MX: Mexican|Mexicain|Mexicano|Mexicana
BR: Brazilian|Brésilien|Brasileño|Brasileiro|Brasileira
AR: Argentine|Argentinian|Argentin|Argentino|Argentina
CO: Colombian|Colombiano
CL: Chilean|Chileno
PE: Peruvian|Peruano
VE: Venezuelan|Venezolano
CU: Cuban|Cubano
PT: Portuguese|Portugais|Portugués|Português
BE: Belgian|Belge|Belga
AT: Austrian|Autrichien|Austriaco
HU: Hungarian|Hongrois|Húngaro
CZ: Czech|Tchèque|Checo
SK: Slovak
RO: Romanian|Roumain
BG: Bulgarian
RS: Serbian|Serb|Serbe
HR: Croatian|Croat
BA: Bosnian
AL: Albanian
ZA: South African
NG: Nigerian
KE: Kenyan
ET: Ethiopian
GH: Ghanaian
SN: Senegalese|Sénégalais
ML: Malian|Malien
CM: Cameroonian|Camerounais
CI: Ivorian|Ivoirien
CD: Congolese|Congolais
RW: Rwandan
UG: Ugandan
MM: Burmese
BD: Bangladeshi
LK: Sri Lankan
NP: Nepalese|Nepali
ID: Indonesian
MY: Malaysian
SG: Singaporean
KZ: Kazakh
UZ: Uzbek
GE: Georgian
AM: Armenian
AZ: Azerbaijani
BY: Belarusian
LT: Lithuanian
LV: Latvian
EE: Estonian
IS: Icelandic
HT: Haitian|Haïtien
CY: Cypriot
MT: Maltese
"""
# Peoples in English, French and Spanish that the rows above lack.
_MORE_PEOPLES = """
AL: albanais|albanaise|albanés|albanesa
AF: afghane|afgano|afgana
AM: arménienne|armenio
AZ: azerbaïdjanais|azerí
AO: Angolan|angolais|angoleño
AT: autrichienne
AU: australienne|australiano|australiana
BD: bangladais
BG: bulgare|búlgaro|búlgara
BO: Bolivian|boliviano|boliviana
BR: brésilienne|brasileña
BY: biélorusse|bielorruso
CA: canadienne|canadiense
CL: chilien|chilena
CM: camerunés
CO: colombien|colombiana
CU: cubain|cubana
CY: chypriote|chipriota
CZ: checa
DK: danoise|danesa
DZ: algérienne|argelina
EC: Ecuadorian|équatorien|ecuatoriano|ecuatoriana
EE: estonien|estonio
ET: éthiopien|etíope
FI: finlandaise|finlandés
GE: georgiano
GH: ghanéen|ghanés
GR: griega
GT: Guatemalan|guatémaltèque|guatemalteco
HR: croate|croata
HU: hongroise|húngara
ID: indonesio
IE: irlandaise|irlandesa
IN: indienne
IS: islandais|islandés
JM: Jamaican|jamaïcain|jamaicano
JO: jordano
KE: keniano
KW: Kuwaiti|koweïtien|kuwaití
KZ: kazajo
LB: libanaise|libanesa
LT: lituanien|lituano
LU: luxembourgeois|luxemburgués
LV: letton|letón
LY: libyenne|libio
MD: Moldovan|moldave|moldavo
ML: malienne|maliense
MM: birman|birmano
MT: maltais|maltés
MX: mexicaine
MY: malaisien|malasio
NG: nigeriano
NL: néerlandaise
NO: norvégienne
NP: népalais
NZ: néo-zélandais|neozelandés
OM: Omani|omanais|omaní
PA: Panamanian|panaméen|panameño
PE: péruvien|peruana
PH: philippin
PK: pakistanais|pakistanaise
PL: polonaise|polaca
PT: portugaise|portuguesa
PY: Paraguayan|paraguayen|paraguayo
QA: qatarien|catarí
RO: roumaine|rumano|rumana
RS: serbio
RW: rwandais|ruandés
SD: soudanais|sudanés
SE: suédoise|sueca
SG: singapourien
SI: Slovenian|Slovene|slovène|esloveno|eslovena
SK: slovaque|eslovaco|eslovaca
SN: senegalés
SO: Somali|somalien|somalí
TH: thaïlandais|tailandés
TN: tunisienne|tunecino|tunecina
UG: ougandais|ugandés
UY: Uruguayan|uruguayen|uruguayo|uruguaya
UZ: ouzbek|uzbeko
VE: vénézuélien|venezolana
VN: vietnamien|vietnamita
YE: yéménite
ZA: sud-africain|sudafricano|sudafricana
ZW: Zimbabwean|zimbabwéen|zimbabuense
"""

_CITIES = """
London|Londres|لندن|לונדון|Лондон|ロンドン
Paris|París|باريس|פריז|Париж|パリ|Parigi
Brussels|Bruxelles|Bruselas|بروكسل|בריסל|Брюссель
Moscow|Moscou|Moscú|موسكو|מוסקבה|Москва|Moskau|モスクワ
Geneva|Genève|Ginebra|Genebra|جنيف|ז'נבה|Женева
Vienna|Vienne|Viena|فيينا|וינה|Вена
Rome|Roma|روما|רומא|Рим
Athens|Athènes|Atenas|أثينا|אתונה|Афины
Warsaw|Varsovie|Varsovia|Varsóvia|وارسو|ורשה|Варшава
Prague|Praga|براغ|פראג|Прага
Cairo|Caire|القاهرة|קהיר|Каир
Beijing|Pékin|Pekín|Pequim|بكين|בייג'ינג|Пекин|北京
Jerusalem|Jérusalem|Jerusalén|Jerusalém|القدس|ירושלים|Иерусалим
Damascus|Damas|Damasco|دمشق|דמשק|Дамаск
Beirut|Beyrouth|بيروت|ביירות|Бейрут
Baghdad|Bagdad|Bagdá|بغداد|בגדאד|Багдад
Tehran|Téhéran|Teherán|Teerã|طهران|טהרן|Тегеран
Riyadh|Riyad|Riad|الرياض
Algiers|Alger|Argel|الجزائر
Tunis|Túnez|تونس
Tripoli|طرابلس
Rabat|الرباط|רבאט|Рабат
Casablanca|الدار البيضاء
Washington|واشنطن|וושינגטון|Вашингтон|ワシントン
New York|Nova York|ניו יורק|Nueva York|نيويورك|Нью-Йорк|ニューヨーク
Berlin|Berlín|Berlim|برلين|ברלין|Берлин|ベルリン
Madrid|مدريد|מדריד|Мадрид|マドリード
Lisbon|Lisbonne|Lisboa|لشبونة|Лиссабон
Kyiv|Kiev|Київ|Киев|كييف|קייב
Kharkiv|Харків|Харьков
Odesa|Одеса|Одесса
Lviv|Львів|Львов
Saint Petersburg|Петербург|Санкт-Петербург
Istanbul|إسطنبول|איסטנבול|Стамбул|イスタンブール
Ankara|أنقرة|אנקרה|Анкара
Tel Aviv|תל אביב|تل أبيب|Тель-Авив
Haifa|حيفا|חיפה
Amman|عمان|עמאן
Doha|الدوحة
Dubai|دبي|דובאי|Дубай|ドバイ
Abu Dhabi|أبوظبي
Mecca|La Mecque|مكة
Tokyo|Tokio|Tóquio|طوكيو|טוקיו|Токио|東京
Osaka|大阪
Kyoto|京都
Seoul|Séoul|Seúl|سيول|Сеул|ソウル
Shanghai|شنغهاي|上海
Hong Kong|هونغ كونغ|香港
Hanoi|Hà Nội
Ho Chi Minh City|Sài Gòn
Mexico City|Ciudad de México
São Paulo|ساو باولو|サンパウロ
Rio de Janeiro
Buenos Aires
Bogotá|Bogota
Lima|ليما
Santiago
Caracas
Havana|La Havane|La Habana
Barcelona|Barcelone|برشلونة|ברצלונה
Milan|Milano|Milán|Milão|ميلانو
Munich|München|Múnich
Frankfurt|Francfort
Hamburg|Hambourg
Cologne|Köln
Zurich|Zürich
Amsterdam|أمستردام
Copenhagen|Copenhague
Stockholm|ستوكهولم
Oslo|أوسلو
Helsinki
Dublin
Edinburgh
Manchester
Liverpool
Birmingham
Los Angeles|لوس أنجلوس
San Francisco
Chicago|شيكاغو
Boston|بوسطن
Houston
Dallas
Miami|ميامي
Atlanta
Philadelphia
Detroit
Seattle
Denver
Toronto|تورونتو
Montreal|Montréal
Vancouver
Ottawa
Sydney|سيدني|シドニー
Melbourne
Brisbane
Nairobi
Lagos
Johannesburg
Cape Town
Dakar
Marseille|Marsella
Lyon
Toulouse
Bordeaux
Lille
Nice
Strasbourg
Nantes
Seville|Sevilla
Valencia
Bilbao
Porto
Brasília|برازيليا
Delhi|New Delhi|دلهي
Mumbai
Karachi
Islamabad
Kabul|Kaboul|كابول
Sanaa|صنعاء
Khartoum|الخرطوم
Aleppo|Alep|حلب
Mosul|الموصل
Gaza|غزة|עזה|Газа
Rafah|رفح|רפיח
Hebron|الخليل|חברון
Ramallah|رام الله|רמאללה
Sfax|صفاقس
Tyre|صور
Sidon|صيدا
Tangier|Tanger|طنجة
Tetouan|تطوان
Chefchaouen|شفشاون
Fez|Fès|فاس
Marrakesh|Marrakech|مراكش
Agadir|أكادير
Oran|وهران
Constantine|قسنطينة
Benghazi|بنغازي
Misrata|مصراتة
Alexandria|Alexandrie|الإسكندرية
Giza|الجيزة
Aswan|أسوان
Luxor|الأقصر
Suez|السويس
Homs|حمص
Hama|حماة
Latakia|اللاذقية
Daraa|درعا
Basra|البصرة
Erbil|أربيل
Kirkuk|كركوك
Najaf|النجف
Karbala|كربلاء
Nablus|نابلس|שכם
Jenin|جنين|ג'נין
Khan Younis|Khan Yunis|خان يونس|חאן יונס
Bethlehem|بيت لحم|בית לחם
Jericho|أريحا|יריחו
Jaffa|يافا|יפו
Acre|عكا|עכו
Nazareth|الناصرة|נצרת
Irbid|إربد
Zarqa|الزرقاء
Aqaba|العقبة
Jeddah|جدة
Medina|المدينة المنورة
Dammam|الدمام
Sharjah|الشارقة
Muscat|مسقط
Manama|المنامة
Aden|عدن
Taiz|تعز
Hodeidah|الحديدة
Nouakchott|نواكشوط
Darfur|دارفور
Omdurman|أم درمان
Baalbek|بعلبك
Sousse|سوسة
Bizerte|بنزرت
Kairouan|القيروان
Tobruk|طبرق
Beersheba|באר שבע
Ashdod|אשדוד
Netanya|נתניה
Eilat|אילת
Tiberias|טבריה
Herzliya|הרצליה
Ramat Gan|רמת גן
Petah Tikva|פתח תקווה
Holon|חולון
Rishon LeZion|ראשון לציון
Rehovot|רחובות
Sderot|שדרות
Ashkelon|אשקלון
Sapporo|札幌
Sendai|仙台
Fukuoka|福岡
Nagoya|名古屋
Yokohama|横浜
Kobe|神戸
Hiroshima|広島
Hokkaido|北海道
Okinawa|沖縄
Nagasaki|長崎
Nara|奈良
"""


@cache
def _places() -> dict[str, str]:
    """Folded name → the place it stands for: a country's code, or a city's English name."""
    table: dict[str, str] = {}
    for row in (_CITIES + _MORE_PEOPLES + _PEOPLES + _COUNTRIES).splitlines():
        code, colon, names = row.partition(": ")
        entries = (names if colon else row).split("|")
        table.update({fold(name).strip("."): code if colon else entries[0] for name in entries if name})
    return table


@cache
def unspaced() -> tuple[str, ...]:
    """The names in scripts without spaces, to be looked for as substrings, the longest first."""
    return tuple(sorted((name for name in _places() if name[:1] >= "\u3040"), key=len, reverse=True))


def place(name: str) -> str | None:
    """Which place a folded name (its words joined by single spaces or as written) stands for; None where unknown."""
    return _places().get(name.strip("."))
