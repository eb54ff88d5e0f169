"""Transcripts of unlabelled real speech: the words by Moonshine (base, int8, MIT licence), their times by pocketsphinx.

Restarting goes on where the last run ended.
"""

import json
import subprocess
from functools import cache
from pathlib import Path

import numpy as np
import pocketsphinx
import soundfile

from .npm_package import unpacked
from .onnx_session import session_of
from .paths import DATA, WORK, require
from .speech import espeak
from .text.normalise import normalised

FILE = WORK / "real" / "transcripts.jsonl"
_MOONSHINE = ("@usefulsensors/moonshine-js@0.1.14", "184a518b8fcbdf9016e479f2a1f1c6841f2f98113b400186ce9f7eff7f93eb62")
_TOKENISER = ("llama-tokenizer-js@1.2.2", "ee83014ac8b379b16cf8d81e99ffcdb23dfade8c0d2e751bd06e7dc0b8476e72")
_START, _END = 1, 2
_MOST_TOKENS_A_SECOND = 6


@cache
def _pieces() -> list[str]:
    """Token → its letters; "▁" begins a word."""
    file = (unpacked(*_TOKENISER) / "llama-tokenizer.js").as_uri()
    program = f"import tokeniser from {json.dumps(file)}; console.log(JSON.stringify(tokeniser.vocabById))"
    command = ["node", "--input-type=module", "--eval", program]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


class _Moonshine:
    def __init__(self) -> None:
        folder = unpacked(*_MOONSHINE) / "dist" / "model" / "base" / "quantized"
        self._encoder = session_of(folder / "encoder_model.onnx")
        self._decoder = session_of(folder / "decoder_model_merged.onnx")

    def transcribe(self, pcm: np.ndarray) -> str:
        """Of float samples at 16 kHz, up to half a minute; greedy."""
        heard = self._encoder.run(None, {"input_values": pcm[None]})[0]
        past = {
            entry.name: np.zeros((1, entry.shape[1], 0, entry.shape[3]), np.float32)
            for entry in self._decoder.get_inputs()
            if entry.name.startswith("past_key_values")
        }
        names = [output.name for output in self._decoder.get_outputs()]
        tokens = [_START]
        for step in range(int(len(pcm) / 16_000 * _MOST_TOKENS_A_SECOND)):
            fed = {
                "input_ids": np.array([tokens[-1:]], np.int64),
                "encoder_hidden_states": heard,
                "use_cache_branch": np.array([step > 0]),
            }
            found = dict(zip(names, self._decoder.run(None, fed | past)))
            tokens.append(int(found["logits"][0, -1].argmax()))
            if tokens[-1] == _END:
                break
            for name in past:
                # What was made of the encoder's output comes out of the first step only.
                if step == 0 or ".decoder." in name:
                    past[name] = found[name.replace("past_key_values", "present")]
        letters = "".join(_pieces()[token] for token in tokens[1:] if token > _END)
        return letters.replace("▁", " ").strip()


_ARPABET = dict(
    pair.split("=")
    for pair in (
        "a=AA aɪ=AY aʊ=AW b=B d=D dʒ=JH e=EH eɪ=EY f=F h=HH i=IY j=Y k=K l=L m=M n=N o=OW oʊ=OW p=P s=S t=T tʃ=CH u=UW v=V w=W "
        "z=Z æ=AE ð=DH ŋ=NG ɑ=AA ɔ=AO ɔɪ=OY ə=AH ɚ=ER ɛ=EH ɡ=G ɪ=IH ɹ=R ʃ=SH ʊ=UH ʌ=AH ʒ=ZH θ=TH"
    ).split()
)


class _Aligner:
    """Where each word of a known text is said."""

    def __init__(self) -> None:
        self._decoder = pocketsphinx.Decoder(loglevel="FATAL", samprate=16000, lm=None, bestpath=False)

    def words(self, pcm: np.ndarray, text: str) -> list[tuple[str, int, int]]:
        """(word, first and last frame of 100 a second), pauses as "<sil>"; none where the text does not fit."""
        unknown = sorted(word for word in set(text.split()) if not self._decoder.lookup_word(word))
        for word, phones in espeak.pronounce_all(unknown, "en").items():
            self._decoder.add_word(word, " ".join(_ARPABET[phone] for phone in phones) or "AH", True)
        self._decoder.set_align_text(text)
        self._decoder.start_utt()
        self._decoder.process_raw((pcm / np.abs(pcm).max() * 23000).astype(np.int16).tobytes(), full_utt=True)
        self._decoder.end_utt()
        return [(s.word, s.start_frame, s.end_frame) for s in (self._decoder.seg() or [])]


def recordings() -> list[Path]:
    folder = require(DATA / "librispeech-unlabelled", "real speech for training is read from it")
    return sorted(folder.glob("*.ogg"))


def write_transcripts(limit: int | None = None) -> Path:
    """One line of JSON a recording: file name, text, and words as [word, first frame, last frame] (100 frames a second)."""
    FILE.parent.mkdir(parents=True, exist_ok=True)
    done = {json.loads(line)["file"] for line in FILE.open()} if FILE.exists() else set()
    moonshine, aligner = _Moonshine(), _Aligner()
    with FILE.open("a") as out:
        for path in recordings()[:limit]:
            if path.name in done:
                continue
            pcm, _ = soundfile.read(path, dtype="float32")
            text = normalised(moonshine.transcribe(pcm), "en", longest=1_000) or ""
            out.write(json.dumps({"file": path.name, "text": text, "words": aligner.words(pcm, text)}) + "\n")
            out.flush()
    return FILE
