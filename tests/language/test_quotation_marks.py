import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.language.quotation_marks import quotations


def quoted(text: str) -> list[str]:
    return [text[start:end] for start, end in quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "never again" and left.', ["never again"]),
        ("“One,” she said. “Two.”", ["One,", "Two."]),
        ("Il parle de « souveraineté » et de «paix».", [" souveraineté ", "paix"]),
        ("Er sagte: „Das stimmt nicht“, und ging.", ["Das stimmt nicht"]),
        ("Sie rief »Halt« und ging.", ["Halt"]),
        ("田中氏は「違う」と述べた。", ["違う"]),
        ("“He told me ‘never’ twice.”", ["He told me ‘never’ twice."]),
        ("It’s the soldiers’ day, not John’s.", []),
        ("‘I’m done,’ she said.", ["I’m done,"]),
        ('דובר צה"ל מסר כי צה"ל פועל', []),
        ("A 6'2\" man and a 5'10\" woman", []),
        ("“The first paragraph\n\n“The second.”", ["The first paragraph", "The second."]),
        ('An unclosed "mark is nothing', []),
        ("“”", []),
        ("לוין אמרה: ״איש לא סיפר לנו דבר״.", ["איש לא סיפר לנו דבר"]),
        ("דובר צה״ל מסר: ״צה״ל לא יפעל שם״, וכך גם מנכ״ל החברה.", ["צה״ל לא יפעל שם"]),
        ('השר אמר ש"לא נסכים לכך" ועזב.', ["לא נסכים לכך"]),
        ("דו״חות המ״מ וראשי הח״כים הוגשו לעו״ד", []),
        ("Minister sa: ”Vi vet inte”, och gick.", ["Vi vet inte"]),
        ("Hän sanoi: »Emme tiedä», ja lähti.", ["Emme tiedä"]),
        ("Minister powiedział: „Nie wiemy”, i wyszedł.", ["Nie wiemy"]),
        ("Sie sagte: ‚Nein‘, und ging.", ["Nein"]),
        ("Er schrieb: ›Nie wieder‹, sonst nichts.", ["Nie wieder"]),
        ("Startseite › Politik › Ausland", []),
        ("Il dit : « Elle a répondu « jamais » hier », puis part.", [" Elle a répondu « jamais » hier "]),
        ("She said “he told me “never” twice” and left.", ["he told me “never” twice"]),
        ("Sie sagte: „Er hat ‚Nein‘ gerufen“, und ging.", ["Er hat ‚Nein‘ gerufen"]),
        ("大臣は「彼は『違う』と言った」と述べた。", ["彼は『違う』と言った"]),
        ("教师读了《红楼梦》和《论语》。", []),
        ("部长说“我们不同意”。", ["我们不同意"]),
        ('部长说"我们不同意"。', ["我们不同意"]),
        ('장관은 "동의하지 않는다"라고 말했다.', ["동의하지 않는다"]),
        ("장관은 ‘동의’라고 말했다.", ["동의"]),
        ('Bakan "kabul etmiyoruz"un anlamını sordu.', ["kabul etmiyoruz"]),
        ('وقال الوزير: "لن نوافق" ثم غادر.', ["لن نوافق"]),
        ("وقال: «لن نوافق»، كما نقلت «الشرق».", ["لن نوافق", "الشرق"]),
        ('وصفه بـ"الخطير جدا" أمس.', ["الخطير جدا"]),
        ("Η υπουργός είπε: «Δεν συμφωνούμε».", ["Δεν συμφωνούμε"]),
        ("मंत्री ने कहा, “हम सहमत नहीं हैं।”", ["हम सहमत नहीं हैं।"]),
    ],
)
def test_words_between_marks(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@settings(deadline=None)
@given(st.text(alphabet='ab ."“”«»‘’„‚‹›״א\n', max_size=60))
def test_spans_are_ordered_and_inside(text: str) -> None:
    end_before = 0
    for start, end in quotations(text):
        assert end_before <= start < end <= len(text)
        end_before = end
