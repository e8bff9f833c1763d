import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefing.fetch.charset import decoded


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff\x00")))
def test_utf_8_is_read_as_it_is(text: str) -> None:
    assert decoded(text.encode()) == text


@given(st.binary(max_size=300), st.text(max_size=30))
@example(b"\x80", "undefined")
@example(b"\x80", "punycode")
@example(b"\x80" * 64, "idna")
def test_any_bytes_are_a_text(body: bytes, label: str) -> None:
    decoded(body, content_type=f"text/html; charset={label}")


@pytest.mark.parametrize(
    ("body", "header", "text"),
    [
        ("Été".encode("cp1252"), "", "Été"),
        (b'<meta charset="latin1">' + "–".encode("cp1252"), "", '<meta charset="latin1">–'),
        (b'<meta charset="koi8-r">' + "Да".encode("koi8-r"), "iso-8859-1", '<meta charset="koi8-r">Да'),
        ("Да, да".encode("cp1251"), "windows-1251", "Да, да"),
        ("Été".encode() * 9 + b"\xff" + b"\xc3", "", "Été" * 9 + "\ufffd\ufffd"),  # a byte or two broken, and cut
        (b"+ADw-script+AD4-", "utf-7", "+ADw-script+AD4-"),
        (b"abc", "rot13", "abc"),
        (b"\\x41", "unicode_escape", "\\x41"),
    ],
)
def test_what_the_bytes_are_counts_for_more_than_what_is_said(body: bytes, header: str, text: str) -> None:
    assert decoded(body, content_type=f"text/html; charset={header}" if header else "") == text
