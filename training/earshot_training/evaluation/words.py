"""Single words (digits, wake words) and phones of whole sentences (French, voices never heard in training)."""

import json

import numpy as np
import soundfile
import soxr
from rapidfuzz.distance import Levenshtein

from ..paths import DATA, WAKE_HELD_OUT
from ..phones import PHONE_ID, known_phones, phones_from_espeak
from ..speech import corpus, espeak
from .coffee import pronunciations
from .blank_penalty import with_blank_penalty
from .graph import CompiledGraph, PhraseGraph
from .recogniser import Recogniser, greedy

DIGITS = "zero one two three four five six seven eight nine".split()
WAKE_WORDS = ["alexa", "computer", "jarvis"]


def _choice(words: list[str]) -> CompiledGraph:
    espeak.set_voice("en-us")
    graph = PhraseGraph()
    start, end = graph.node(), graph.node()
    for word in words:
        graph.arc(start, end, pronunciations(word), ("word", word))
    graph.finals = [end]
    return graph.compiled()


def evaluate_digits(recogniser: Recogniser) -> dict[str, float]:
    graph, right, paths = _choice(DIGITS), 0, sorted((DATA / "digits-en").glob("*.flac"))
    for path in paths:
        pcm, rate_hz = soundfile.read(path)
        rest = np.zeros(2_400)
        pcm = np.concatenate([rest, soxr.resample(pcm, rate_hz, 16_000), rest])
        pcm += np.random.RandomState(0).randn(len(pcm)) * 1e-4 * np.abs(pcm).max()
        right += graph.best(with_blank_penalty(*recogniser(pcm)))[1][0][1] == DIGITS[int(path.name[0])]
    return {"right": right / len(paths), "n": len(paths)}


def evaluate_wake_words(recogniser: Recogniser) -> dict[str, float]:
    """Which of the three words was said, on the third of the recordings that training never sees."""
    graph, names = _choice(WAKE_WORDS), WAKE_HELD_OUT.read_text().split()
    right = 0
    for name in names:
        pcm, _ = soundfile.read(DATA / "wake-en" / name)
        right += graph.best(with_blank_penalty(*recogniser(pcm)))[1][0][1] == name.split("/")[0]
    return {"right": right / len(names), "n": len(names)}


def _phone_errors(recogniser: Recogniser, spoken: list[tuple[np.ndarray, list[str]]]) -> dict[str, float]:
    errors = total = 0
    for pcm, phones in spoken:
        wanted = [PHONE_ID[phone] for phone in phones]
        errors += Levenshtein.distance(wanted, greedy(recogniser(pcm)[0]))
        total += len(wanted)
    return {"phone errors": errors / total, "n": len(spoken)}


def evaluate_held_out_voices(recogniser: Recogniser, language: str) -> dict[str, float]:
    samples, rows = corpus.read_shard(corpus.FOLDER / f"held_{language}_espeak.jsonl")
    return _phone_errors(
        recogniser, [(samples[row.offset : row.offset + row.samples] / 32_768, row.phones) for row in rows]
    )


def evaluate_people_french(recogniser: Recogniser) -> dict[str, float]:
    """Three recordings: a sanity check, no statistic."""
    labels = json.loads((DATA / "speech-fr" / "labels.json").read_text())
    espeak.set_voice("fr")
    return _phone_errors(
        recogniser,
        [
            (soundfile.read(DATA / "speech-fr" / name)[0], known_phones(phones_from_espeak(espeak.ipa(text))))
            for name, text in labels.items()
        ],
    )
