"""Lines of a page about the page: view counters, "3 hours ago", "Share", "Subscribe". No news when they change.

Only short lines without a full stop are taken for one, and only where nothing but such words, a number, a date and a
sure name stand in them; a table's cell or a list's item that counts something is none.
"""

# One row of words a line reads best.
# ruff: noqa: E501

from __future__ import annotations

import re

from briefing.language.annotation import Annotation
from briefing.language.words import common_words, fold

_MOST_WORDS = 14
_FULL_STOP = re.compile(r"[.!?。！？؟…][\"'”’»)\]]*\s*$")
# What a page says of itself, in the languages that are read most; a phrase is looked for as it stands, folded.
_SIGNS = frozenset(
    map(
        fold,
        "view views viewed comment comments like likes share shares shared retweet retweets follower followers read "
        "reading updated published posted subscribe newsletter advertisement sponsored related ago vues vue commentaire "
        "commentaires partages partager publicité abonnez abonner lecture publié actualisé visitas vistas comentario "
        "comentarios compartir publicidad suscríbete lectura publicado actualizado hace visualizações visualizacoes "
        "comentários compartilhar publicidade assine leitura atualizado há просмотров просмотры комментариев комментарии "
        "поделиться реклама подписаться назад опубликовано обновлено مشاهدة مشاهدات تعليق تعليقات مشاركة إعلان اشترك منذ "
        "נצפה צפיות תגובות תגובה שתפו שיתוף פרסומת לפני עודכן פורסם 閲覧数 閲覧 コメント 広告 シェア 更新 公開 回視聴 分前 "
        "時間前 日前".split(),
    )
)
_AGO = re.compile(r"(?i)^\s*(?:by .{2,40}[,·|] *)?il y a \d|^\s*(?:related|see also|read more|lire aussi|à lire|lea también|leia também|"
    r"читайте также|اقرأ أيضا|קראו גם|関連記事)\s*[:：|]")  # fmt: skip
# What is counted and dated in such a line, and the verbs of a button.
_BESIDE = frozenset(
    map(
        fold,
        "minute minutes min mins hour hours day days week weeks month months year years last this time people sign email "
        "heure heures jour jours mois semaine dernière hora horas dia dias día días minuto minutos semana semanas última "
        "час часа часов день дня дней минут минуты неделю время ساعة ساعات يوم أيام يومين دقيقة دقائق ساعتين שעה שעות "
        "יום ימים יומיים דקות דקה שעתיים k m".split(),
    )
)


def is_furniture(line: Annotation) -> bool:
    """Whether a line says something of the page and not of what is reported."""
    if _AGO.search(line.text):
        return True
    if not line.words or len(line.words) > _MOST_WORDS or _FULL_STOP.search(line.text):
        return False
    if not any(word.key in _SIGNS or _has_sign(word.key) for word in line.words):
        return False
    apart = [(day.start, day.end) for day in line.dates]
    apart += [(name.start, name.end) for name in line.names if name.is_sure]
    known = _SIGNS | _BESIDE | common_words(line.language)
    return all(
        word.key in known or _has_sign(word.key) or any(start <= word.start < end for start, end in apart)
        for word in line.words
    )


def _has_sign(key: str) -> bool:
    """Whether a run of a script without spaces holds such a word."""
    return key[:1] >= "\u2e80" and any(sign in key for sign in _SIGNS if sign[:1] >= "\u2e80")
