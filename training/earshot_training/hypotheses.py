"""First transcripts of unlabelled real speech, by pocketsphinx with its American model.

They are wrong in more than every fourth word; `real_speech.py` keeps the stretches that the phone network
agrees with. Restarting goes on where the last run ended.
"""

import json
from pathlib import Path

import numpy as np
import pocketsphinx
import soundfile

from .paths import DATA, WORK, require

FILE = WORK / "real" / "hypotheses.jsonl"


def _decoder() -> pocketsphinx.Decoder:
    # Wide beams and the second pass: 0.3 times real time; word errors 28 % instead of 34 % with the fast setting.
    return pocketsphinx.Decoder(loglevel="FATAL", samprate=16000, maxhmmpf=30000, fwdflat=True, bestpath=True)


def recordings() -> list[Path]:
    folder = require(DATA / "librispeech-unlabelled", "real speech for training is read from it")
    return sorted(folder.glob("*.ogg"))


def write_hypotheses(limit: int | None = None) -> Path:
    """One line of JSON a recording: file name and words as [word, first frame, last frame] (100 frames a second)."""
    FILE.parent.mkdir(parents=True, exist_ok=True)
    done = {json.loads(line)["file"] for line in FILE.open()} if FILE.exists() else set()
    decoder = _decoder()
    with FILE.open("a") as out:
        for path in recordings()[:limit]:
            if path.name in done:
                continue
            pcm, _ = soundfile.read(path, dtype="float32")
            decoder.start_utt()
            decoder.process_raw((pcm / np.abs(pcm).max() * 23000).astype(np.int16).tobytes(), full_utt=True)
            decoder.end_utt()
            words = [(s.word, s.start_frame, s.end_frame) for s in (decoder.seg() or [])]
            out.write(json.dumps({"file": path.name, "words": words}) + "\n")
            out.flush()
    return FILE
