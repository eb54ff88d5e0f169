"""The 196 recordings of people who order coffee, decoded with their grammar; clean and in kitchen noise."""

import itertools
import json

import numpy as np
import soundfile
import yaml

from ..paths import DATA, require
from ..phones import known_phones, phones_from_espeak
from ..speech import espeak
from .blank_penalty import with_blank_penalty
from .graph import PhraseGraph
from .recogniser import Recogniser

ARC_COST = 4.0
_BEFORE_DRINK = ("size", "roast", "numberOfShots")
_SPOKEN_ORDERS = ("brew", "can i get", "can i have", "i want", "get me", "give me", "i'd like", "make me", "may i have")
_WEAK_FORMS = {
    "a": ["ə", "eɪ"],
    "an": ["æ n", "ə n"],
    "with": ["w ɪ θ", "w ɪ ð"],
    "and": ["æ n d", "ə n d", "ə n", "æ n"],
}


def pronunciations(phrase: str) -> list[list[str]]:
    """As espeak-ng says the phrase whole, and word by word; the voice must be set."""
    if phrase in _WEAK_FORMS:
        return [form.split() for form in _WEAK_FORMS[phrase]]
    whole = known_phones(phones_from_espeak(espeak.ipa(phrase)))
    words = [phone for word in phrase.split() for phone in known_phones(phones_from_espeak(espeak.ipa(word)))]
    return [whole] if whole == words else [whole, words]


def coffee_graph() -> PhraseGraph:
    espeak.set_voice("en-us")
    lists = yaml.safe_load(
        (require(DATA / "coffee-en", "the development recordings are there") / "intents.yaml").read_text()
    )["lists"]
    values = {name: [str(value) for value in item["values"]] for name, item in lists.items()}
    graph = PhraseGraph()
    start, ordered, article = graph.node(), graph.node(), graph.node()
    subsets = {subset: graph.node() for size in (1, 2, 3) for subset in itertools.combinations(_BEFORE_DRINK, size)} | {
        (): article
    }
    drink, also, milk, sugar, milk_and, sugar_and, end = (graph.node() for _ in range(7))

    def add(source: int, target: int, name: str) -> None:
        for value in values.get(name, [name]):
            graph.arc(source, target, pronunciations(value), (name, value))

    for order in _SPOKEN_ORDERS:
        add(start, ordered, order)
    for word in ("a", "an"):
        add(ordered, article, word)
    for subset, node in subsets.items():
        for name in _BEFORE_DRINK:
            if name not in subset:
                add(node, subsets[tuple(n for n in _BEFORE_DRINK if n in (*subset, name))], name)
        add(node, drink, "coffeeDrink")
    add(drink, also, "with")
    for first, joined, last, name, other in (
        (milk, milk_and, end, "milkAmount", "sugarAmount"),
        (sugar, sugar_and, end, "sugarAmount", "milkAmount"),
    ):
        add(also, first, name)
        add(first, joined, "and")
        add(joined, last, other)
    graph.finals = [drink, milk, sugar, end]
    return graph


def _loudest_frame(pcm: np.ndarray) -> float:
    frames = len(pcm) // 2048
    return float((pcm[: frames * 2048].reshape(frames, 2048) ** 2).sum(1).max())


def _in_noise(pcm: np.ndarray, noise: np.ndarray, ratio_db: float, random_: np.random.RandomState) -> np.ndarray:
    at = random_.randint(0, len(noise) - len(pcm))
    piece = noise[at : at + len(pcm)]
    return pcm + np.sqrt(_loudest_frame(pcm) / (_loudest_frame(piece) * 10 ** (ratio_db / 10))) * piece


def evaluate_coffee(recogniser: Recogniser, noise_db: float | None = None) -> dict[str, float]:
    """Shares of recordings: accept = all labelled slots right, strict = and no others."""
    folder, graph = DATA / "coffee-en", coffee_graph().compiled()
    labels = json.loads((folder / "labels.json").read_text())
    noise, _ = soundfile.read(DATA / "noise" / "kitchen.flac")
    random_, accepted, strict = np.random.RandomState(0), 0, 0
    for name, label in sorted(labels.items()):
        pcm, _ = soundfile.read(folder / "audio" / name)
        if noise_db is not None:
            pcm = _in_noise(pcm, noise, noise_db, random_)
        log_probs, energy_db = recogniser(pcm)
        _, path = graph.best(with_blank_penalty(log_probs, energy_db), ARC_COST)
        heard = {
            key: value
            for key, value in path
            if key in label["slots"] or key in (*_BEFORE_DRINK, "coffeeDrink", "milkAmount", "sugarAmount")
        }
        wanted = {key: value.strip() for key, value in label["slots"].items()}
        accepted += all(heard.get(key) == value for key, value in wanted.items())
        strict += heard == wanted
    return {"accept": accepted / len(labels), "strict": strict / len(labels), "n": len(labels)}
