"""`python -m earshot_training STEP [--scale small|full]`: the steps of the recipe, or `all` of them in order.

Every step leaves what is already made alone, so a run that was cut off is simply started again.
"""

import argparse
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from .network import WIDTH
from .paths import CHECKPOINTS, WAKE_HELD_OUT, WORK

RESUMABLE = CHECKPOINTS / "resumable.pt"
STEPS = ("text", "speech", "transcripts", "real", "train", "export", "evaluate")
"""What `all` does; `keep` writes the run's checkpoint to checkpoints/resumable.pt."""


@dataclass(frozen=True)
class Scale:
    sentences: dict[str, int]
    speech: float
    """Share of each shard's utterances."""
    transcripts: int | None
    """Recordings that are transcribed; None for all."""
    prompts: int | None
    """Recordings of each language that are looked at; None for all."""
    training_steps: int
    parts: str
    """What `evaluate` measures."""
    processes: int = 2


SCALES = {
    "small": Scale({"en": 1_500, "fr": 1_500}, 0.02, 12, 60, 40, "wake,voices"),
    "full": Scale({"en": 60_000, "fr": 45_000}, 1.0, None, None, 60_000, "coffee,noise,digits,wake,voices"),
}


def text(scale: Scale) -> None:
    from .text.sentences import write_sentences, write_short

    for language, count in scale.sentences.items():
        if not (WORK / "text" / f"{language}.txt").exists():
            write_sentences(language, count)
        if not (WORK / "text" / f"{language}-short.txt").exists():
            write_short(language, 2_500)


def speech(scale: Scale) -> None:
    """Each shard in a process of its own: the synthesisers' C libraries hold one voice a process."""
    from .speech.synthesis import HELD_OUT_SHARDS, SHARDS

    def make(name: str) -> None:
        share = 1.0 if name in HELD_OUT_SHARDS and scale.speech == 1.0 else scale.speech
        code = f"from earshot_training.speech.synthesis import make_shard; make_shard({name!r}, {share})"
        subprocess.run([sys.executable, "-c", code], check=True)

    with ThreadPoolExecutor(scale.processes) as pool:
        list(pool.map(make, [*HELD_OUT_SHARDS, *SHARDS]))


def transcripts(scale: Scale) -> None:
    from .transcripts import write_transcripts

    write_transcripts(scale.transcripts)


def real(scale: Scale) -> None:
    from .prompts import write_prompt_shard
    from .real_speech import held_out_wake_names, write_libri_shard, write_wake_shard, write_words_shard

    for language in ("en", "fr"):
        write_prompt_shard(language, CHECKPOINTS / "start.pt", scale.prompts)
    if not WAKE_HELD_OUT.exists():
        WAKE_HELD_OUT.parent.mkdir(exist_ok=True)
        WAKE_HELD_OUT.write_text("\n".join(held_out_wake_names()) + "\n")
    write_wake_shard()
    write_libri_shard(CHECKPOINTS / "start.pt")
    write_words_shard(CHECKPOINTS / "start.pt")


def _options(scale: Scale, arguments: argparse.Namespace):
    from .fit.train import TrainingOptions

    return TrainingOptions(
        name=arguments.name,
        steps=scale.training_steps,
        start=_start(arguments),
        peak_rate=arguments.rate or (2e-3 if arguments.from_scratch else 5e-4),
        width=arguments.width,
        contrast_weight=0.0 if arguments.from_scratch else 1.0,
        minutes=arguments.minutes,
        resume=RESUMABLE if arguments.resume else None,
    )


def _start(arguments: argparse.Namespace) -> Path | None:
    return None if arguments.from_scratch else arguments.start


def _share(text: str) -> tuple[Path, float]:
    path, _, share = text.rpartition("=")
    if not Path(path).is_file() or not re.fullmatch(r"0?\.\d+", share):
        raise argparse.ArgumentTypeError(f"{text!r} is not a checkpoint, '=', and a share between 0 and 1")
    return Path(path), float(share)


def _earlier(arguments: argparse.Namespace) -> dict[Path, float]:
    if arguments.mix:
        earlier = dict(arguments.mix)
        if sum(earlier.values()) >= 1:
            raise SystemExit("the shares of --mix leave nothing for the run: their sum must be below 1")
        return earlier
    start = _start(arguments)
    return {start: 0.5} if start else {}


def main() -> None:
    parser = argparse.ArgumentParser(prog="earshot_training", description=__doc__)
    parser.add_argument("step", choices=(*STEPS, "keep", "all"))
    parser.add_argument("--scale", choices=SCALES, default="small")
    parser.add_argument("--name", default="embedded", help="of the run's checkpoint and graphs")
    parser.add_argument("--width", type=int, default=WIDTH, help="channels of the network; fewer for a trial")
    parser.add_argument("--resume", action="store_true", help="go on from checkpoints/resumable.pt")
    parser.add_argument("--rate", type=float, help="highest learning rate; default 5e-4, 2e-3 from scratch")
    parser.add_argument("--minutes", type=float, help="end training after this time, whatever its steps")
    parser.add_argument(
        "--start", type=Path, default=CHECKPOINTS / "start.pt", help="checkpoint whose weights a new run starts from"
    )
    parser.add_argument("--from-scratch", action="store_true", help="random weights instead of those of --start")
    parser.add_argument(
        "--ship", action="store_true", help="let export replace models/embedded and checkpoints/embedded.pt"
    )
    parser.add_argument(
        "--mix", action="append", type=_share, metavar="FILE=SHARE",
        help="an earlier checkpoint that export mixes with the run, and its share; again for another; default: half of its start",
    )  # fmt: skip
    parser.add_argument("--graph", type=Path, help="what to evaluate; default: the run's int8 graph")
    parser.add_argument("--parts", help="what to evaluate: coffee,noise,digits,wake,voices")
    arguments = parser.parse_args()
    scale = SCALES[arguments.scale]
    for step in STEPS if arguments.step == "all" else (arguments.step,):
        started = time.time()
        if step == "train":
            from .fit.train import train

            train(_options(scale, arguments))
        elif step == "export":
            from .export import export

            checkpoint = WORK / "checkpoints" / f"{arguments.name}.pt"
            export(checkpoint, arguments.name, arguments.ship, _earlier(arguments))
        elif step == "keep":
            from .checkpoint import write_resumable

            write_resumable(WORK / "checkpoints" / f"{arguments.name}.pt", RESUMABLE)
        elif step == "evaluate":
            from .evaluation.report import report

            report(arguments.graph or WORK / f"{arguments.name}.int8.onnx", arguments.parts or scale.parts)
        else:
            {"text": text, "speech": speech, "transcripts": transcripts, "real": real}[step](scale)
        print(f"{step}: {time.time() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
