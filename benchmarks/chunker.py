"""The chunker: its time beside its peers', and how near its chunks come to the fewest there could be.

    python -m benchmarks.chunker [time] [chunks]

time: CPU time as a multiple of one `encode_ordinary` pass over the same text, the median of rounds in which everybody
takes a turn; every peer has the same tokenizer and a budget of 512. Ours adds the cost of the numbered lines.
chunks: against the sum of ⌈tokens / budget⌉ over all WordPress posts and the long texts, the tokens of the numbers
counted in; and what must be nought: over budget, sentences cut though they fit, characters lost. The last column
counts the sentences that had to be cut, being longer than the budget.

The long texts: en and fr are the reference articles joined, ar and ja the WordPress posts. There is no
Chinese in the data, so zh is made of the hand-written clauses below, put together by a fixed random sequence.
"""

from __future__ import annotations

import html
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from importlib import import_module
from statistics import median

import tiktoken.registry

from benchmarks.corpus import lines, wordpress_posts
from briefing.clean.cleaner import clean
from briefing.exceptions import EmptyPostError
from briefing.model.chunker import chunk, numbered_line
from briefing.model.tokens import count_tokens, o200k_base
from briefing.types import Chunk, Document, Post

Chunker = Callable[[str], object]

BUDGET_TOKENS = 512
ROUNDS = 9
LONG_CHARS = 400_000

WHEN = [
    "昨天上午",
    "上周五",
    "今年三月",
    "据新华社报道",
    "会议结束后",
    "在过去的十年里",
    "当地时间周日凌晨",
    "截至目前",
    "去年年底",
    "当天晚些时候",
    "与此同时",
    "经过长达六个小时的讨论",
    "自疫情暴发以来",
    "在接受本报采访时",
    "随着气温不断下降",
]
WHO = [
    "市政府发言人",
    "一位不愿透露姓名的官员",
    "三名来自南方的工程师",
    "北京大学的研究团队",
    "当地居民",
    "这家成立于1998年的公司",
    "外交部",
    "参加抗议的学生",
    "国际货币基金组织",
    "年近七十的老渔民",
    "反对党领袖",
    "中央银行",
    "救援人员",
    "多数受访的家长",
    "负责调查的警方",
]
DID = [
    "宣布将投入两亿四千万元修建新的铁路",
    "表示目前还没有收到任何正式通知",
    "在河边发现了一批明代的瓷器",
    "否认了有关裁员的传闻",
    "呼吁各方保持冷静并尽快恢复谈判",
    "公布了最新的人口普查结果",
    "认为这项政策可能会推高房价",
    "把剩下的粮食分给了邻近的村庄",
    "要求对事故原因进行独立调查",
    "决定推迟原定于下个月举行的选举",
    "首次承认去年的数据存在错误",
    "证实至少有十二人在洪水中受伤",
    "向法院提交了新的证据",
    "计划明年把产量提高百分之十五",
    "拒绝对此发表评论",
]
THEN = [
    "但没有说明具体时间",
    "这在当地尚属首次",
    "并称结果将在两周内公布",
    "许多人对此表示怀疑",
    "不过专家提醒不应过于乐观",
    "而资金从哪里来仍不清楚",
    "这一数字比上一年增长了近一倍",
    "目前双方都没有让步的迹象",
    "有关部门正在核实情况",
    "受影响的家庭超过五千户",
]


def chinese(chars: int) -> str:
    choose = random.Random(0).choice
    made, length = [], 0
    while length < chars:
        said = "".join(
            f"{choose(WHEN)}，{choose(WHO)}{choose(DID)}，{choose(THEN)}。" for _ in range(choose([2, 3, 5]))
        )
        made.append(f"<p>{said}</p>")
        length += len(said)
    return "".join(made)


def long_texts() -> dict[str, Document]:
    """The long texts, cleaned, by language."""
    posts = defaultdict(list)
    for language, post in wordpress_posts():
        posts[language].append(post.html)
    sources = {
        "en": as_html(lines("references/cnndm_en.jsonl")),
        "fr": as_html(lines("references/orangesum_fr.jsonl")),
        "ar": "".join(posts["ar"]),
        "zh": chinese(LONG_CHARS // 4),
        "ja": "".join(posts["ja"]),
    }
    return {
        language: clean(Post(language, "", source[:LONG_CHARS], language=language))
        for language, source in sources.items()
    }


def as_html(rows: Iterable[dict[str, object]]) -> str:
    return "".join(f"<p>{html.escape(str(row['text']))}</p>" for row in rows)


def chonkie() -> Chunker:
    splitter = import_module("chonkie").SentenceChunker(
        tokenizer=o200k_base(), chunk_size=BUDGET_TOKENS, chunk_overlap=0
    )
    return splitter.chunk  # type: ignore[no-any-return]


def langchain() -> Chunker:
    # Its way in is by name; putting ours under that name keeps tiktoken from fetching the same file.
    tiktoken.registry.ENCODINGS["o200k_base"] = o200k_base()
    splitter = import_module("langchain_text_splitters").RecursiveCharacterTextSplitter
    made = splitter.from_tiktoken_encoder(
        "o200k_base", chunk_size=BUDGET_TOKENS, chunk_overlap=0, disallowed_special=()
    )
    return made.split_text  # type: ignore[no-any-return]


def semchunk() -> Chunker:
    chunkerify = import_module("semchunk").chunkerify

    def split(text: str) -> object:
        """A chunker of its own for each text: it remembers every count, and would only look up its second round."""
        return chunkerify(lambda part: len(o200k_base().encode_ordinary(part)), BUDGET_TOKENS)(text)

    return split


def llama_index() -> Chunker:
    splitter = import_module("llama_index.core.node_parser").SentenceSplitter(
        chunk_size=BUDGET_TOKENS, chunk_overlap=0, tokenizer=o200k_base().encode_ordinary
    )
    return splitter.split_text  # type: ignore[no-any-return]


PEERS = {"chonkie": chonkie, "LangChain": langchain, "semchunk": semchunk, "llama-index": llama_index}


def installed() -> dict[str, Chunker]:
    found = {}
    for name, make in PEERS.items():
        try:
            found[name] = make()
        except ImportError:
            print(f"{name}: not installed")
    return found


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def print_times(texts: dict[str, Document]) -> None:
    peers = installed()
    print(f"CPU time as a multiple of one encode_ordinary pass, budget {BUDGET_TOKENS}, median of {ROUNDS} rounds")
    print(f"{'':4}{'chars':>8}{'sentences':>11}{'briefing':>10}" + "".join(f"{name:>13}" for name in peers))
    for language, document in texts.items():
        ways: dict[str, Callable[[], object]] = {
            "briefing": partial(chunk, document, budget_tokens=BUDGET_TOKENS),
            **{name: partial(split, document.text) for name, split in peers.items()},
        }
        ratios = defaultdict(list)
        for _ in range(ROUNDS):
            for name, way in ways.items():
                once = seconds(partial(o200k_base().encode_ordinary, document.text))
                ratios[name].append(seconds(way) / once)
        row = f"{language:4}{len(document.text):>8}{len(document.sentences) - 1:>11}"
        print(
            row + f"{median(ratios['briefing']):>10.2f}" + "".join(f"{median(ratios[name]):>13.2f}" for name in peers)
        )


def print_chunks(texts: dict[str, Document]) -> None:
    groups: dict[str, list[Document]] = defaultdict(list)
    for language, post in wordpress_posts():
        try:
            groups[f"posts {language}"].append(clean(post))
        except EmptyPostError:
            continue
    groups |= {f"long {language}": [texts[language]] for language in ("en", "fr", "ar", "zh")}
    for budget in (512, 4000):
        print(
            f"\nbudget {budget:<10}{'chunks':>8}{'at least':>10}{'ratio':>8}{'over':>6}{'cut':>5}{'lost':>6}{'long':>6}"
        )
        rows = {name: tally(documents, budget) for name, documents in groups.items()}
        rows["all"] = [sum(column) for column in zip(*rows.values(), strict=True)]
        for name, (chunks, least, over, cut, lost, too_long) in rows.items():
            print(f"{name:<17}{chunks:>8}{least:>10}{chunks / least:>8.3f}{over:>6}{cut:>5}{lost:>6}{too_long:>6}")


def tally(documents: Sequence[Document], budget: int) -> list[int]:
    """Chunks, the fewest there could be, over budget; sentences cut though they fit; characters lost; too long."""
    totals = [0] * 6
    for document in documents:
        chunks = chunk(document, budget_tokens=budget)
        costs = {
            sentence.number: count_tokens(numbered_line(sentence.number, document.quote(sentence.number)))
            for sentence in document.sentences[1:]
        }
        pieces = [piece for one in chunks for piece in one.pieces]
        parts = defaultdict(list)
        for piece in pieces:
            parts[piece.number].append(document.text[piece.start : piece.end])
        row = [
            len(chunks),
            -(-sum(costs.values()) // budget),
            sum(count_tokens(prompt(document, one)) > budget for one in chunks),
            sum(len(parts[number]) > 1 and cost <= budget for number, cost in costs.items()),
            abs(visible(document.text) - sum(visible("".join(part)) for part in parts.values())),
            sum(cost > budget for cost in costs.values()),
        ]
        totals = [total + figure for total, figure in zip(totals, row, strict=True)]
    return totals


def prompt(document: Document, one: Chunk) -> str:
    return "".join(numbered_line(piece.number, document.text[piece.start : piece.end]) for piece in one.pieces)


def visible(text: str) -> int:
    return len("".join(text.split()))


def main() -> None:
    wanted = sys.argv[1:] or ["time", "chunks"]
    texts = long_texts()
    if "time" in wanted:
        print_times(texts)
    if "chunks" in wanted:
        print_chunks(texts)


if __name__ == "__main__":
    main()
