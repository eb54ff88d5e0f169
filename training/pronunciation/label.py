"""Every word of the lists with its pronunciations, as out/pronunciation/{en,fr}.tsv.

Columns: word, rank (lower is more common), kind (word | form | name), phones, and for English the British phones,
for French "foreign" where the voice spoke it as English.
"""

import espeak
import words


def main() -> None:
    words.fetch()
    common, names = words.english()
    listed = [(w, r, "word") for w, r in common.items()] + [(w, r, "name") for w, r in names.items()]
    espeak.set_voice("us")
    american = [espeak.to_phones(espeak.ipa(w)) for w, _, _ in listed]
    espeak.set_voice("gb")
    british = [espeak.to_phones(espeak.ipa(w)) for w, _, _ in listed]
    write("en", [(*e, " ".join(a), " ".join(b)) for e, a, b in zip(listed, american, british) if a])

    listed = [(w, count, kind) for w, (count, kind) in words.french().items()]
    espeak.set_voice("fr")
    rows = []
    for word, count, kind in listed:
        text = espeak.ipa(word)
        if espeak.is_foreign(text) and "th" in word:  # the voice takes Greek words for English ones
            text = espeak.ipa(word.replace("th", "t"))
        phones = espeak.with_french_accent(text, word)
        if phones:
            rows.append((word, count, kind, " ".join(phones), "foreign" if espeak.is_foreign(text) else ""))
    write("fr", rows)


def write(language: str, rows: list[tuple]) -> None:
    path = words.WORK / f"{language}.tsv"
    path.write_text("".join("\t".join(map(str, r)) + "\n" for r in sorted(rows)), "utf-8")
    print(path, len(rows))


if __name__ == "__main__":
    main()
