"""Words too common to tell what a text is about, by language, and what counts as a word."""

from __future__ import annotations

import re
from functools import cache

_LISTS = {
    "en": """a about above after again all also an and any are as at be because been before being between but by can
        could did do does for from had has have he her here hers him his how i if in into is it its just may me might
        more most must my no nor not now of off on once only or other our out over own said same say says she should
        so some such than that the their them then there these they this those through to too under until up upon us
        very was we were what when where which while who whom whose why will with within without would yet you your""",
    "fr": """à a afin ai ainsi alors après au aucun aussi autre aux avant avec avoir bien car ce ceci cela celle ces
        cet cette ceux chez ci comme comment d dans de depuis des donc dont du elle elles en encore entre est et été
        être eu fait il ils j je l la là le les leur leurs lors lui m ma mais me même mes mon n ne ni nos notre nous on
        ont ou où par pas plus pour qu que quel quelle qui s sa sans se sera ses si son sont sous sur ta te tous tout
        toute toutes très tu un une va vers vos votre vous y""",
    "es": """a al algo ante antes así aún aunque cada como con cual cuando de del desde donde dos durante e el él ella
        ellas ellos en entre era es esa ese eso esta está están este esto estos fue fueron ha había han hasta hay la
        las le les lo los más me mi mientras muy nada ni no nos o otra otro para pero poco por porque pues que qué
        quien se según ser si sí sido sin sobre son su sus también tan tanto te tiene todo todos tras tu un una uno
        unos y ya yo""",
    "pt": """a à ao aos as às até com como da das de dela dele deles do dos e é ela elas ele eles em entre era essa
        esse esta está este eu foi foram há isso isto já lhe mais mas me mesmo meu muito na não nas nem no nos nós o
        os ou para pela pelas pelo pelos por quando que quem são se sem ser seu seus sua suas também te tem um uma
        umas uns você""",
    "de": """ab aber als also am an auch auf aus bei beim bin bis da dann das dass dem den der des die dies diese
        dieser dieses doch dort du durch ein eine einem einen einer eines er es für gegen hat hatte haben hier ich ihm
        ihn ihr ihre ihren im in ist ja kann kein keine können man mehr mein mit nach nicht noch nun nur ob oder ohne
        schon sehr sein seine seinen sich sie sind so über um und uns unter vom von vor war waren was weil wenn wer
        werden wie wieder will wir wird wo wurde zu zum zur zwischen""",
    "it": """a ad ai al alla alle anche c che chi ci come con cui d da dai dal dalla de degli dei del della delle di e
        è ed era essere fra gli ha hanno i il in io l la le lei li lo loro lui ma mi ne nel nella nelle non o per più
        quale quando quello questa questo se si sia sono su sua sue sul sulla suo tra un una uno""",
    "nl": """aan al als bij dan dat de deze die dit door een en er had heb heeft hem het hij hoe hun ik in is je kan
        maar me meer men met mijn na naar niet nog nu of om omdat ook op over te tegen toch tot u uit van veel voor
        was wat we wel werd wie wij worden wordt zal ze zich zij zijn zo zonder""",
    "ru": """а без бы был была были было быть в вам вас во вот все всё вы где да для до его ее её если есть еще ещё же
        за здесь и из или им их к как ко когда кто ли между меня мне мы на над не него нее нет ни но ну о об он она они
        оно от по под после при с со так также там то тоже только ты у уже чем что чтобы эта эти это этого этой этот
        я""",
    "uk": """а або але б без бо був була були було в вас вже ви від він вона вони все всі де для до є ж за з зі і із
        інші її їх й його коли крім ли між ми на над не нас ні о об одна по під після при про та так також там те ти
        то той тому у уже це цей ці цього чи що щоб я як яка який які""",
    "ar": """أن إن أو أي إلى الا التي الذي الذين اللذين ان او الى بعد بين تم ثم حتى حيث خلال ذلك سوف على عن عند عندما
        غير في فى قبل قد كان كانت كل كما لا لم لن له لها ليس ما مع من منذ نحو هذا هذه هم هنا هو هي وقد
        وهو وهي و يكون""",
    "he": """אבל או אולי אותו אותה אחרי אחר אך אל אלה אם אני אנחנו אף את אתה גם הוא היא היה היו הם הן הנה זאת זה זו
        יש כבר כדי כי כל כמו כן לא לפני מאוד מה מי מן ממש על עם עד עוד פי רק של שלא שלהם שלו שלה שם תחת""",
    "vi": """là và của có các cho trong với được một những này khi từ đã để không tại về theo người như cũng đến ra
        vào nhiều trên sẽ bị rằng thì mà đó hay hoặc""",
}

WORD = re.compile(r"\w+")
# Scripts written without spaces: a run of them is read as overlapping pairs of characters.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+")


@cache
def stopwords(language: str) -> frozenset[str]:
    """The stop words of a language by its BCP 47 tag, lower-cased; empty for a language without a list."""
    return frozenset(_LISTS.get(language.split("-")[0].lower(), "").split())


def words(text: str) -> list[str]:
    """The lower-cased words of a text; of scripts without spaces, every pair of neighbouring characters."""
    lower = text.lower()
    if lower.isascii() or not _UNSPACED.search(lower):
        return WORD.findall(lower)
    return [part for word in WORD.findall(lower) for part in _pairs(word)]


def _pairs(word: str) -> list[str]:
    if len(word) < 2 or not _UNSPACED.match(word):
        return [word]
    return [word[i : i + 2] for i in range(len(word) - 1)]


def is_unspaced(text: str) -> bool:
    """Whether a text holds a script that puts no spaces between words (Chinese, Japanese, Thai …)."""
    return _UNSPACED.search(text) is not None
