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
    ],
)
def test_words_between_marks(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@settings(deadline=None)
@given(st.text(alphabet='ab ."“”«»‘’„\n', max_size=60))
def test_spans_are_ordered_and_inside(text: str) -> None:
    end_before = 0
    for start, end in quotations(text):
        assert end_before <= start < end <= len(text)
        end_before = end
