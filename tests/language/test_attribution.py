"""Who is said to say so: what is found, what is not taken for a voice, and where a voice ends."""

from __future__ import annotations

import pytest

from briefing.language.annotation import annotate


def voices(text: str, language: str) -> list[str]:
    return [text[voice.start : voice.end] for voice in annotate(text, language).attributions]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ru", "Газета «Северный край» пишет, что мост закрыт.", ["Газета «Северный край»"]),
        ("fr", "Le quotidien « La Côte » annonce une grève.", ["Le quotidien « La Côte »"]),
    ],
)
def test_a_name_in_quotation_marks_can_speak(language: str, text: str, expected: list[str]) -> None:
    assert voices(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "El ayuntamiento ha cerrado, y por la tarde anunció el cierre de la piscina."),
        ("es", "Este año se han anunciado una serie de obras."),
        ("es", "Ayer señaló la puerta."),
    ],
)
def test_what_stands_behind_a_verb_is_no_speaker_where_it_can_be_its_object(language: str, text: str) -> None:
    assert voices(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        # Dutch
        ("nl", "Volgens burgemeester Sara Maas sloot de haven om acht uur.", ["burgemeester Sara Maas"]),
        ("nl", "Volgens een politiewoordvoerder viel de boom op een fiets.", ["een politiewoordvoerder"]),
        ("nl", "De pont vaart weer, laat de gemeente vrijdag weten.", ["de gemeente"]),
        ("nl", "Dat meldt Het Noorderblad.", ["Het Noorderblad"]),
        ("nl", "“Wij slapen niet meer”, zegt bakker Joris Tol (43).", ["bakker Joris Tol"]),
        ("nl", "Gisteren zei hij tegen de raad dat de kade zakt.", ["hij"]),
        # Swedish
        ("sv", "Enligt polisen körde bilen av vägen.", ["polisen"]),
        ("sv", "Vägen är stängd, uppger räddningstjänsten under kvällen.", ["räddningstjänsten"]),
        ("sv", "Det säger bagaren Ulla Ek (51) till Kustbladet.", ["bagaren Ulla Ek"]),
        ("sv", "Hon menar att hamnen är för liten.", ["Hon"]),
        ("sv", "Utredningen visar att bron var sprucken.", ["Utredningen"]),
        # Polish
        ("pl", "– Tramwaj nie wróci – powiedział nam wczoraj rzecznik miasta.", ["rzecznik miasta"]),
        ("pl", "Zdaniem radnej Ewy Kos most jest za wąski.", ["radnej Ewy Kos"]),
        ("pl", "Jej zdaniem most jest za wąski.", ["Jej"]),
        ("pl", "Mieszkańcy Orli twierdzą, że woda cuchnie.", ["Mieszkańcy Orli"]),
        ("pl", "Most zamknięto, poinformował w poniedziałek urząd gminy.", ["urząd gminy"]),
        # Romanian
        ("ro", "„Podul rămâne închis”, a declarat primarul Ion Rusu pentru Ecoul.", ["primarul Ion Rusu"]),
        ("ro", "Potrivit poliției, mașina mergea prea repede.", ["poliției"]),
        ("ro", "Ministrul a precizat că podul e vechi.", ["Ministrul"]),
        ("ro", "Studiul arată că apa este curată.", ["Studiul"]),
        ("ro", "Podul se închide, a anunţat luni primăria.", ["primăria"]),
        # Greek
        ("el", "«Η γέφυρα κλείνει», δήλωσε ο δήμαρχος Νίκος Ράλλης.", ["ο δήμαρχος Νίκος Ράλλης"]),
        ("el", "Σύμφωνα με την αστυνομία, το αυτοκίνητο έτρεχε.", ["την αστυνομία"]),
        ("el", "Η Άννα Ρίζου τόνισε ότι η γέφυρα είναι παλιά.", ["Η Άννα Ρίζου"]),
        ("el", "«Όλα χάθηκαν», μου είπε ένας ψαράς.", ["ένας ψαράς"]),
        ("el", "Ο κ. Ράλλης είπε πως η γέφυρα κλείνει.", ["Ο κ. Ράλλης"]),
        # Finnish
        ("fi", "Poliisin mukaan auto ajoi liian lujaa.", ["Poliisin"]),
        ("fi", "Silta suljetaan, kertoo kaupunki tiedotteessaan.", ["kaupunki"]),
        ("fi", "”Kaikki meni”, sanoo leipuri Aino Salo.", ["leipuri Aino Salo"]),
        ("fi", "Vesi on puhdasta, tutkija arvioi.", ["tutkija"]),
        ("fi", "Hän väittää, että silta on vanha.", ["Hän"]),
        # German
        ("de", "Die Fähre fährt wieder, wie die Reederei am Abend mitteilte.", ["die Reederei"]),
        ("de", "Laut Bürgermeisterin Ute Behn sank das Boot um acht Uhr.", ["Bürgermeisterin Ute Behn"]),
        ("de", "Mehreren Zeugen zufolge brannte der Kutter.", ["Mehreren Zeugen"]),
        ("de", "Das sagte der Hafenmeister der Deutschen Presse-Agentur.", ["der Hafenmeister"]),
        ("de", "„Alles weg“, klagte sie ihrer Nachbarin.", ["sie"]),
        ("de", "Wir löschen, und die anderen helfen, sagte Anna Rohde.", ["Anna Rohde"]),
        # French
        ("fr", "« On a tout perdu », dit-elle.", ["elle"]),
        ("fr", "Le préfet a également indiqué que la digue tient.", ["Le préfet"]),
        ("fr", "L’étude montre que l’eau est saine.", ["L’étude"]),
        ("fr", "Les élus ont été informés par le notaire que l’acte est nul.", ["le notaire"]),
        ("fr", "Les pêcheurs redoutent une marée.", ["Les pêcheurs"]),
        # Spanish
        ("es", "El puerto cierra, añadió ella.", ["ella"]),
        ("es", "El diario La Ría publica que el puerto cierra.", ["El diario La Ría"]),
        ("es", "Según los vecinos ha llovido poco.", ["los vecinos"]),
        ("es", "El alcalde también ha reconocido que la obra se retrasa.", ["El alcalde"]),
        ("es", "El informe muestra que el muelle cede.", ["El informe"]),
        # Portuguese
        ("pt", "O porto fecha, acrescentou ele.", ["ele"]),
        ("pt", "Segundo o autarca, a obra atrasa.", ["o autarca"]),
        ("pt", "“Perdi a rede”, conta Rui Sena, pescador.", ["Rui Sena"]),
        ("pt", "O jornal A Barra revela que o porto fecha.", ["O jornal A Barra"]),
        ("pt", "O relatório aponta que o molhe cede.", ["O relatório"]),
        # Italian
        ("it", "Il molo chiude, ha detto il sindaco Aldo Riva.", ["il sindaco Aldo Riva"]),
        ("it", "“Tutto perso”, racconta lei.", ["lei"]),
        ("it", "Secondo uno studio l’acqua è pulita.", ["uno studio"]),
        ("it", "Il quotidiano La Riva scrive che il molo chiude.", ["Il quotidiano La Riva"]),
        ("it", "La perizia dimostra che il molo cede.", ["La perizia"]),
        # Russian
        ("ru", "«Всё смыло», — рассказывает рыбак Пётр Лузин.", ["рыбак Пётр Лузин"]),
        ("ru", "Причал закроют, сказал начальник порта Олег Ясин.", ["начальник порта Олег Ясин"]),
        ("ru", "На встрече он заявил, что причал закроют.", ["он"]),
        ("ru", "По её словам, причал закроют.", ["её"]),
        ("ru", "Исследование показало, что вода чистая.", ["Исследование"]),
        # Ukrainian
        ("uk", "«Усе змило», — розповідає рибалка Петро Луз.", ["рибалка Петро Луз"]),
        ("uk", "Причал закриють, повідомила пресслужба порту.", ["пресслужба порту"]),
        ("uk", "На думку мешканців, причал закриють.", ["мешканців"]),
        ("uk", "За її словами, причал закриють.", ["її"]),
        ("uk", "Аналітики вважають, що причал закриють.", ["Аналітики"]),
        # English: an aside between speaker and verb, a title before a name
        ("en", "Ann Lee (43) said that the pier is closed.", ["Ann Lee"]),
        ("en", "“The pier is closed,” said harbourmaster Ann Lee.", ["harbourmaster Ann Lee"]),
    ],
)
def test_a_speaker_is_found_in_the_forms_of_news(language: str, text: str, expected: list[str]) -> None:
    assert voices(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Volgens de wet moet de brug dicht."),
        ("nl", "De gemeente stelt geld beschikbaar voor de brug."),
        ("en", "The people who lead the union said it."),
        ("de", "Er stellte, kaum zu Hause, die Tasche ab und teilte das Brot."),
        ("de", "Laut Gesetz ist der Hafen zu sperren, so dass niemand einläuft."),
        ("de", "Die Studie zeigt das Watt."),
        ("fr", "La Belgique d’après-guerre change, et le port raconte sa propre histoire."),
        ("fr", "Le maire, en colère, a annoncé la fermeture du quai."),
        ("es", "La feria cuenta con veinte puestos que abren tarde."),
        ("es", "Ayer se denuncian las obras que cierran la calle."),
        ("es", "Gritaba mucho y decían ‘Uf, qué ruido’."),
        ("pt", "O segundo parque fica longe, e a loja se destaca pela conta certa."),
        ("pt", "De acordo com suas necessidades, o seguro é uma garantia locatícia."),
        ("it", "Il secondo parco è lontano, e il libro racconta una storia."),
        ("it", "Secondo la legge il molo chiude."),
        ("ru", "Он считает рыбу и пишет письмо согласно плану."),
        ("uk", "Він пише листа згідно з планом."),
        ("pl", "Zgodnie z planem most zamknięto według harmonogramu."),
        ("pl", "Gazeta kosztuje dwa złote, odpowiada za nią redaktor."),
        ("ro", "Conform legii, podul se închide."),
        ("ro", "Ea scrie o carte despre pod."),
        ("el", "Η έρευνα δείχνει την πόλη από ψηλά."),
        ("el", "Σύμφωνα με τον νόμο, η γέφυρα κλείνει."),
        ("fi", "Lain mukaan silta on suljettava."),
        ("fi", "Tytär kirjoittaa kirjeen, isä lähtee mukaan."),
        ("sv", "Enligt lag ska bron stängas."),
        ("sv", "Rapporten visar staden från ovan."),
        ("sv", "Hon skriver brev till kommunen."),
    ],
)
def test_nobody_speaks_where_nobody_says_it(language: str, text: str) -> None:
    assert voices(text, language) == []


@pytest.mark.parametrize(("language", "text", "name"), [("nl", "“Nee”, aldus Van den Hof.", "Van den Hof")])
def test_a_name_may_have_small_words_in_it(language: str, text: str, name: str) -> None:
    assert [voice.name for voice in annotate(text, language).attributions] == [name]
