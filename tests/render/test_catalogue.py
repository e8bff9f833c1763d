"""The catalogues: whole in every language, in the words that go with a number, and never older than their source."""

from __future__ import annotations

import copy
import gettext
import html
import pickle
import re
from dataclasses import replace
from pathlib import Path

import pytest
from babel import Locale
from digest_samples import digest

import hatch_build
from briefing.render.catalogue import catalogue, page_languages, read_catalogue
from briefing.render.renderer import render
from briefing.render.schema import from_json, to_json
from briefing.types import Coverage, Failure, Notice

NUMBERS = (0, 1, 2, 3, 4, 10, 11, 47, 99, 100, 101, 102, 111, 1000)
OTHERS = sorted(page_languages() - {"en"})


def _fields(text: str) -> set[str]:
    return set(re.findall(r"\{\w*\}", text))


@pytest.mark.parametrize("language", sorted(page_languages()))
def test_every_language_says_everything_with_the_same_fields(language: str) -> None:
    english, own = (hatch_build.read(hatch_build.SOURCES[each]) for each in ("en", language))
    assert hatch_build.in_order(language) == hatch_build.SOURCES[language].read_text(encoding="utf-8"), "make messages"
    for message in own:
        if isinstance(message.string, tuple):
            assert len(message.string) == own.num_plurals
            assert all(message.string), message.id
            assert all(_fields(word) <= {"{n}"} for word in message.string), message.id
        elif message.id:
            original = english.get(str(message.id))
            assert message.string, message.id
            assert _fields(str(message.string)) == _fields(str(original.string if original else message.id)), message.id


@pytest.mark.parametrize("language", sorted(page_languages()))
def test_numbers_take_the_forms_of_the_cldr(language: str) -> None:
    known, source = catalogue(language), hatch_build.read(hatch_build.SOURCES[language])
    rule, forms = Locale(language).plural_form, gettext.c2py(source.plural_expr)
    assert len({(rule(n), forms(n)) for n in NUMBERS}) == len({rule(n) for n in NUMBERS}) == source.num_plurals
    for key in (message.id[0].removeprefix("count.") for message in source if message.pluralizable):
        assert all("{" not in known.count(key, number) for number in NUMBERS)
        assert "47" in known.count(key, 47)


def test_numbers_agree_with_their_nouns() -> None:
    arabic, french, hebrew, english = map(catalogue, ("ar", "fr", "he", "en"))
    said = [arabic.count("digests", number) for number in (0, 1, 2, 3, 11, 100)]
    assert said == ["لا موجز", "موجز واحد", "موجزان", "3 موجزات", "11 موجزًا", "100 موجز"]
    assert [arabic.count("sentences", n) for n in (2, 3, 11)] == ["جملتان", "3 جمل", "11 جملة"]
    assert [hebrew.count("digests", n) for n in (1, 2, 3)] == ["תקציר אחד", "שני תקצירים", "3 תקצירים"]
    assert [french.count("words", n) for n in (0, 1, 2)] == ["0 mot", "1 mot", "2 mots"]
    assert [english.count("digests", n) for n in (0, 1, 2)] == ["0 digests", "1 digest", "2 digests"]
    assert english.count("quotes", 0) == "nobody quoted"


def test_every_word_is_used() -> None:
    """A key stands in the code or a template; of a key with a group, at least the group does."""
    sources = [*hatch_build.PACKAGE.rglob("*.py"), *hatch_build.PACKAGE.rglob("*.j2")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    for message in hatch_build.read(hatch_build.SOURCES["en"]):
        key = message.id if isinstance(message.id, str) else message.id[0]
        name = key.removeprefix("count.").removesuffix(".none")
        group = name.split(".")[0]
        by_group = "." in name and (f'f"{group}.{{' in text or f'("{group}", ' in text)
        by_end = name.endswith(("_posts", "_since")) and f'"{name.rpartition("_")[0]}"' in text
        assert not key or any(f"{q}{name}{q}" in text for q in "\"'") or by_group or by_end, key


def test_an_unknown_language_is_in_english_and_an_unknown_word_an_error() -> None:
    assert catalogue("tlh") is catalogue(None) is catalogue("../fr") is catalogue("en")
    assert catalogue("pt-BR").language == "pt"
    assert catalogue("iw").language == "he"
    with pytest.raises(KeyError, match="no such word"):
        catalogue("fr")["no such word"]


def test_a_catalogue_is_never_older_than_its_source(tmp_path: Path) -> None:
    source = hatch_build.SOURCES["fr"]
    (tmp_path / "briefing.po").write_bytes(source.read_bytes())
    assert read_catalogue(tmp_path).get("digest") == "Synthèse"
    hatch_build.compile_one(tmp_path / "briefing.po")
    assert read_catalogue(tmp_path).get("digest") == "Synthèse"
    (tmp_path / "briefing.po").write_text(source.read_text(encoding="utf-8").replace("Synthèse", "Revue"), "utf-8")
    assert read_catalogue(tmp_path).get("digest") == "Revue"
    (tmp_path / "briefing.po").unlink()  # as in a wheel
    assert read_catalogue(tmp_path).get("digest") == "Synthèse"


@pytest.mark.parametrize("language", OTHERS)
def test_a_notice_is_said_in_the_language_of_the_page_also_from_a_stored_digest(language: str) -> None:
    known = catalogue(language)
    for code in hatch_build.notices():
        names = [field[1:-1] for field in _fields(code)]
        notice = Notice(code, **{name: f"⟨{name}⟩" for name in names})
        said = known.sentence(notice)
        assert said is not None
        assert all(f"⟨{name}⟩" in said for name in names)
        assert catalogue("en").sentence(notice) is None
        if set(re.findall(r"[^\W\d_]{3,}", re.sub(r"\{\w*\}", "", code))) - {"HTTP"}:
            assert said != notice
            assert known.sentence(str(notice)) == said


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("is_stored", [False, True])
def test_a_page_holds_no_notice_in_english(language: str, is_stored: bool) -> None:
    """Not in the coverage, nor beside a line; a digest that was stored is read back first."""
    said = [Notice(code, **dict.fromkeys(map(_name, _fields(code)), "7")) for code in hatch_build.notices()]
    made = replace(digest(language=language), coverage=_covering(said, digest().coverage))
    page = _unescaped(render(from_json(to_json(made)) if is_stored else made, "markdown", language=language))
    for notice in said:
        if set(re.findall(r"[^\W\d_]{3,}", _FIELD.sub("", notice.code))) - {"HTTP"}:
            assert f": {notice}\n" not in page
            assert _unescaped(str(catalogue(language).sentence(notice))) in page, notice


_FIELD = re.compile(r"\{\w*\}")


def _name(field: str) -> str:
    return field[1:-1]


def _covering(said: list[Notice], coverage: Coverage) -> Coverage:
    failed = tuple(Failure(f"Post {number}", notice) for number, notice in enumerate(said))
    return replace(
        coverage, posts_dropped=failed, sources_failed=failed[:9], fallbacks=failed[:9], provenance=failed[:9]
    )


def _unescaped(page: str) -> str:
    """The page without what Markdown escapes."""
    return html.unescape(re.sub(r"\\(.)", r"\1", page))


def test_a_notice_within_a_notice_is_said_in_the_same_language() -> None:
    refused = Notice("HTTP {status}", status=503)
    closed = Notice("the REST API is closed ({why})", why=Notice("it refuses access (403)"))
    why = Notice("{refused}; {notes}", refused=refused, notes=(closed, closed))
    assert why == "HTTP 503; the REST API is closed (it refuses access (403)); " + closed
    french = catalogue("fr").sentence(why)
    assert french == "HTTP 503 ; " + " ; ".join(["l’API REST est fermée (elle refuse l’accès (403))"] * 2)
    assert catalogue("fr").sentence("withheld: the model refused; the file is empty; x; y") == (
        "retenu : le modèle a refusé ; le fichier est vide ; x ; y"
    )


def test_a_notice_is_its_english_everywhere_else() -> None:
    notice = Notice("the site has no tags called {names}", names="a, b")
    assert notice == "the site has no tags called a, b"
    for again in (pickle.loads(pickle.dumps(notice)), copy.deepcopy(notice)):
        assert (again, again.code, dict(again.parameters)) == (notice, notice.code, {"names": "a, b"})
    assert to_json(replace(digest(), coverage=replace(digest().coverage, sources_failed=(Failure("x", notice),)))) == (
        to_json(replace(digest(), coverage=replace(digest().coverage, sources_failed=(Failure("x", str(notice)),))))
    )
