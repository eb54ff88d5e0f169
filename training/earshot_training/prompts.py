"""Recordings of people whose text is known, from Debian packages: Asterisk's telephone prompts (English, French) and the
names of Tux Paint's stamps (French).

Some texts are not what is said; the recordings that the phone network agrees with least are left out.
"""

import gzip
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from .agreement import disagreement, network_at
from .paths import WORK
from .phones import known_phones, phones_from_espeak
from .speech import espeak
from .speech.corpus import LONGEST_S, ShardWriter, at_16_khz, trimmed

_SHARE = Path("/usr/share")
_KEPT_SHARE = 0.9
_VOICES_OF_ASTERISK = {"en": "en_US_f_Allison", "fr": "fr_CA_f_June"}
_UNSPOKEN = re.compile(r"[\[(<]")
"""Of texts that describe a sound or hold a remark."""


@dataclass(frozen=True)
class _Prompt:
    path: Path
    text: str
    speaker: str


def _of_asterisk(language: str) -> Iterator[_Prompt]:
    voice = _VOICES_OF_ASTERISK[language]
    texts = _SHARE / "doc" / f"asterisk-core-sounds-{language}" / f"core-sounds-{language}.txt.gz"
    for line in gzip.decompress(texts.read_bytes()).decode().splitlines() if texts.exists() else ():
        name, _, text = line.partition(":")
        path = _SHARE / "asterisk/sounds" / voice / f"{name}.g722"
        if path.exists() and text.strip() and not _UNSPOKEN.search(text):
            yield _Prompt(path, text.strip(), f"people:asterisk-{voice}")


def _of_tux_paint() -> Iterator[_Prompt]:
    for path in sorted((_SHARE / "tuxpaint/stamps").glob("**/*_desc_fr.ogg")):
        described = path.with_name(path.name.replace("_desc_fr.ogg", ".txt"))
        for line in described.read_text("utf8").splitlines() if described.exists() else ():
            if line.startswith("fr.utf8=") and not _UNSPOKEN.search(line):
                yield _Prompt(path, line.removeprefix("fr.utf8=").strip(), "people:tuxpaint")


def _read(path: Path) -> np.ndarray:
    if path.suffix == ".g722":
        command = ["ffmpeg", "-v", "error", "-f", "g722", "-i", str(path), "-f", "s16le", "-"]
        raw = subprocess.run(command, check=True, capture_output=True, timeout=30).stdout
        pcm, rate_hz = np.frombuffer(raw, np.int16).astype(np.float32), 16_000
    else:
        pcm, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
        pcm = pcm.mean(1) * 32_768
    return at_16_khz(trimmed(pcm, rate_hz), rate_hz)


def write_prompt_shard(language: str, checkpoint: Path, limit: int | None = None) -> Path | None:
    """The shard of one language; None where no prompts are installed."""
    prompts = [*_of_asterisk(language), *(_of_tux_paint() if language == "fr" else ())]
    if not prompts:
        return None
    prompts = prompts[:: max(1, len(prompts) // limit)] if limit else prompts
    network, found = network_at(checkpoint), []
    espeak.set_voice(espeak.PRONOUNCING_VOICE[language])
    for prompt in prompts:
        pcm, phones = _read(prompt.path), known_phones(phones_from_espeak(espeak.ipa(prompt.text)))
        if phones and 0.15 <= len(pcm) / 16_000 <= LONGEST_S:
            found.append((disagreement(network, pcm / 32_768, phones), prompt, pcm, phones))
    found.sort(key=lambda item: item[0])
    path = WORK / "real" / f"prompts_{language}.jsonl"
    shard = ShardWriter(path)
    kept = found[: int(len(found) * _KEPT_SHARE)]
    for _, prompt, pcm, phones in kept:
        shard.add(pcm, prompt.text, phones, prompt.speaker, language)
    shard.close()
    hours = shard.total_samples / 16_000 / 3600
    print(f"real speech, prompts in {language}: {len(found)} recordings, kept {len(kept)}, {hours:.2f} h", flush=True)
    return path
