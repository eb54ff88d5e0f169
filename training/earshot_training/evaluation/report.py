"""All figures of one exported graph, as lines and as JSON."""

import json
import time
from pathlib import Path

from ..paths import DATA, WORK
from ..speech import corpus
from .coffee import evaluate_coffee
from .recogniser import Recogniser
from .words import evaluate_digits, evaluate_held_out_voices, evaluate_people_french, evaluate_wake_words

NOISE_DB = (24.0, 12.0, 6.0)


def report(graph: Path, parts: str = "coffee,noise,digits,wake,voices") -> dict[str, dict[str, float]]:
    recogniser, wanted = Recogniser(graph), parts.split(",")
    tasks = {}
    if "coffee" in wanted and (DATA / "coffee-en").exists():
        tasks["coffee, clean"] = lambda: evaluate_coffee(recogniser)
    if "noise" in wanted and (DATA / "noise").exists():
        for ratio_db in NOISE_DB:
            tasks[f"coffee, kitchen noise {ratio_db:.0f} dB"] = lambda ratio_db=ratio_db: evaluate_coffee(
                recogniser, ratio_db
            )
    if "digits" in wanted and (DATA / "digits-en").exists():
        tasks["digits"] = lambda: evaluate_digits(recogniser)
    if "wake" in wanted and (DATA / "wake-en").exists():
        tasks["wake words, held out"] = lambda: evaluate_wake_words(recogniser)
    if "voices" in wanted and (corpus.FOLDER / "held_fr_espeak.jsonl").exists():
        for language in ("en", "fr"):
            tasks[f"held-out voices, {language}"] = lambda language=language: evaluate_held_out_voices(
                recogniser, language
            )
    if "voices" in wanted and (DATA / "speech-fr").exists():
        tasks["people, fr"] = lambda: evaluate_people_french(recogniser)
    figures = {}
    for name, task in tasks.items():
        started, figures[name] = time.time(), task()
        values = "  ".join(
            f"{key} {value:.3f}" if isinstance(value, float) else f"{key} {value}"
            for key, value in figures[name].items()
        )
        print(f"{graph.name}: {name:30} {values}  ({time.time() - started:.0f} s)", flush=True)
    (WORK / f"figures-{graph.stem}.json").write_text(json.dumps(figures, indent=2) + "\n")
    return figures
