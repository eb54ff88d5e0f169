"""Word lists with an estimate of how common each word is. Spellings only: no pronunciation is taken from here.

English: SCOWL (permissive licence), whose size classes 10 … 80 stand for rank. French: the hunspell dictionary
of Grammalecte (MPL 2.0), expanded by its own affix rules, ranked by counts in French documentation.
"""

import collections
import gzip
import re
import subprocess
from pathlib import Path

WORK = Path(__file__).resolve().parents[1] / "out" / "pronunciation"
ROOT = WORK / "root"
WORD = {
    "en": re.compile(r"^[a-z]+(?:'[a-z]+)?$"),
    "fr": re.compile(r"^[a-zàâäçéèêëîïôöùûüÿœæñ]+(?:['-][a-zàâäçéèêëîïôöùûüÿœæñ]+)*$"),
}
PACKAGES = (
    "scowl hunspell-fr-comprehensive manpages-fr manpages-fr-dev libreoffice-help-fr "
    "gnome-user-docs debian-reference-fr debian-faq-fr aptitude-doc-fr"
).split()


def fetch():
    """Downloads and unpacks the Debian packages into the work folder (nothing is installed)."""
    debs = WORK / "deb"
    debs.mkdir(parents=True, exist_ok=True)
    for package in PACKAGES:
        if not list(debs.glob(package + "_*.deb")):
            subprocess.run(["apt-get", "download", "-q", package], cwd=debs, check=True)
            (deb,) = debs.glob(package + "_*.deb")
            subprocess.run(["dpkg", "-x", deb, ROOT], check=True)


def english():
    """word → rank class (10 most common … 80 rare); names → the same, lower-cased."""
    words, names = {}, {}
    folder = ROOT / "usr/share/dict/scowl"
    for size in (10, 20, 35, 40, 50, 55, 60, 70, 80):
        for region in ("english", "american", "british", "american_variant_1"):
            for kind in ("words", "contractions", "upper", "proper-names"):
                path = folder / f"{region}-{kind}.{size}"
                if not path.exists():
                    continue
                target = names if kind in ("upper", "proper-names") else words
                for line in path.read_text("latin-1").split("\n"):
                    word = line.strip().lower()
                    if WORD["en"].match(word) and not word.endswith("'s") and len(word) > 1:
                        target.setdefault(word, size)
    return words, {w: s for w, s in names.items() if w not in words}


# Endings of tenses that nobody uses to speak to a machine, and plurals, which follow from the singular.
BOOKISH = re.compile(
    r"(âmes|âtes|ât|èrent|asses?|assions|assiez|assent|isses|issions|issiez|îmes|îtes|ît|irent|ûmes|ûtes|ût|urent"
    r"|uss\w+|r(ai|as|a|ons|ez|ont|ais|ait|ions|iez|aient)|ions|iez|aient|ais|ait|ai|as|a)$"
)


def french():
    """word → (count in running text, kind); count 0: in the dictionary only; kind: word, form or name.

    A "form" is an inflection that is rarely said, or follows from another word by a mute s.
    """
    words, forms, names = expand(ROOT / "usr/share/hunspell/fr.dic", ROOT / "usr/share/hunspell/fr.aff")
    counts = french_counts()
    ranked = {}
    for kind, listed in (("word", words), ("form", forms), ("name", names)):
        for word in listed:
            if WORD["fr"].match(word):
                ranked.setdefault(word, (counts.get(word, 0), kind))
    return ranked


def expand(dictionary, affixes):
    """All inflected forms of a hunspell dictionary with long flags, suffixes to the second level."""
    rules = collections.defaultdict(list)
    for line in affixes.read_text("utf-8").split("\n"):
        part = line.split()
        if len(part) >= 5 and part[0] == "SFX":
            strip, (add, _, more) = part[2], part[3].partition("/")
            strip, add = ("" if strip == "0" else strip), ("" if add == "0" else add)
            rules[part[1]].append((strip, add, more, re.compile("(?:" + part[4] + ")$")))
    words, forms, names = set(), set(), set()
    for line in dictionary.read_text("utf-8").split("\n")[1:]:
        entry, _, tags = line.partition(" ")
        stem, _, flags = entry.partition("/")
        target = names if re.search(r"po:(npr|prn|patr)", tags) else words
        if not stem or "--" in flags or "{}" in flags:
            continue
        if target is words and (stem != stem.lower() or "po:" not in tags):
            continue  # acronyms, units
        inflected: set[str] = set()
        inflect(stem, flags, rules, inflected, 2)
        if target is words:
            rare = {w for w in inflected if w != stem and is_rarely_said(w, "po:v" in tags)}
            forms |= rare
            inflected -= rare
        target |= inflected
    return words, forms, names


def is_rarely_said(form, of_a_verb):
    return bool(BOOKISH.search(form)) if of_a_verb else form.endswith("s")


def inflect(stem, flags, rules, target, depth):
    codes = [flags[i : i + 2] for i in range(0, len(flags), 2)]
    if "()" not in codes:
        target.add(stem.lower())
    for code in codes if depth else ():
        for strip, add, more, condition in rules.get(code, ()):
            if stem.endswith(strip) and condition.search(stem):
                inflect(stem[: len(stem) - len(strip)] + add, more, rules, target, depth - 1)


def french_counts():
    counts = collections.Counter()
    token = re.compile(r"[a-zàâäçéèêëîïôöùûüÿœæ]+(?:-[a-zàâäçéèêëîïôöùûüÿœæ]+)*")
    for path in sorted(ROOT.rglob("*")):
        name = str(path)
        if not path.is_file() or not re.search(r"/fr/|[._]fr\b", name):
            continue
        if not re.search(r"\.(\d[a-z]*\.gz|txt\.gz|html|page|xml)$", name):
            continue
        data = gzip.open(path).read() if name.endswith(".gz") else path.read_bytes()
        text = re.sub(r"<[^>]*>|\\f[A-Z]|^\.[A-Z]+", " ", data.decode("utf-8", "ignore"), flags=re.M)
        counts.update(token.findall(text.lower().replace("’", "'")))
    return counts
