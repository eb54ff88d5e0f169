"""Writes heldout-{en,fr}.tsv: words that no training saw, for the bench. Columns: word, kind, phones."""

import random
from pathlib import Path

import data

FOLDER = Path(__file__).resolve().parent


def main() -> None:
    for language in ("en", "fr"):
        rows = [r for r in data.load(language) if data.is_held_out(r[0]) and data.is_regular(language, r)]
        chosen = []
        # A French form (an inflection rarely said) is a word here: it is what the lexicon lacks.
        for kinds, count in ((("word", "form"), 1000), (("name",), 300)):
            listed = sorted(r for r in rows if r[2] in kinds)
            chosen += random.Random(1).sample(listed, min(count, len(listed)))
        path = FOLDER / f"heldout-{language}.tsv"
        lines = [f"{w}\t{'name' if k == 'name' else 'word'}\t{' '.join(p)}\n" for w, _, k, p, _ in chosen]
        path.write_text("".join(lines), "utf-8")
        print(path, len(chosen))


if __name__ == "__main__":
    main()
