"""Trains the letter-to-phone network of one language: `train.py en`. Writes out/pronunciation/g2p-en.pt.

A convolutional tagger: every letter is labelled with the phones it stands for (align.py), from a window of
11 letters to each side. The first layer is a table (letter × offset), so that it costs nothing to evaluate.
"""

import random
import sys
import time

import numpy as np
import torch
from torch import nn

import data
from align import Aligner
from words import WORK

CHANNELS = 128
FIRST_REACH = 3
DILATIONS = (1, 2, 4, 1)
LONGEST = 24
STEPS = {"en": 4500, "fr": 1800}
BATCH = 384


class Tagger(nn.Module):
    def __init__(self, letters: int, tags: int):
        super().__init__()
        # 0: outside the word (its row is learnt as well), 1 …: letters.
        self.first = nn.ModuleList(nn.Embedding(letters + 1, CHANNELS) for _ in range(2 * FIRST_REACH + 1))
        self.norms = nn.ModuleList(nn.BatchNorm1d(CHANNELS) for _ in range(len(DILATIONS) + 1))
        # Convolutions over three letters, as matrix products: twice as fast here as Conv1d.
        self.convs = nn.ModuleList(nn.Linear(3 * CHANNELS, CHANNELS, bias=False) for _ in DILATIONS)
        self.drop = nn.Dropout(0.1)
        self.last = nn.Linear(CHANNELS, tags)

    def forward(self, letters):
        """letters [n, width] with FIRST_REACH zeros at both ends → logits [n, width − 2·FIRST_REACH, tags]."""
        width = letters.shape[1] - 2 * FIRST_REACH
        inside = (letters[:, FIRST_REACH : FIRST_REACH + width] > 0).unsqueeze(2).float()
        x = sum(table(letters[:, k : k + width]) for k, table in enumerate(self.first))
        x = self._rectified(x, 0) * inside
        for i, (conv, d) in enumerate(zip(self.convs, DILATIONS)):
            padded = nn.functional.pad(self.drop(x), (0, 0, d, d))
            taps = torch.cat([padded[:, :width], padded[:, d : d + width], padded[:, 2 * d :]], 2)
            x = (x + self._rectified(conv(taps), i + 1)) * inside
        return self.last(x)

    def _rectified(self, x, norm):
        return torch.relu(self.norms[norm](x.reshape(-1, CHANNELS)).view(x.shape))


def encode(words, letters):
    out = np.zeros((len(words), LONGEST + 2 * FIRST_REACH), np.int64)
    for i, word in enumerate(words):
        out[i, FIRST_REACH : FIRST_REACH + len(word)] = [letters[c] + 1 for c in word]
    return out


def main(language: str) -> None:
    random.seed(1), np.random.seed(1), torch.manual_seed(1)
    torch.set_num_threads(1)  # two, on a shared machine, are slower
    steps = STEPS[language]
    rows = [r for r in data.load(language) if data.is_regular(language, r) and len(r[0]) <= LONGEST]
    pairs = [(r[0], r[3]) for r in rows]
    aligner = Aligner(pairs)
    aligner.fit(random.sample(pairs, 12000))
    aligned = aligner.align(pairs)
    tags: dict[tuple[str, ...], int] = {(): 0}
    frequency: dict[tuple[str, ...], int] = {}
    for chunks in aligned:
        for chunk in chunks or ():
            frequency[chunk] = frequency.get(chunk, 0) + 1
    for chunk, count in sorted(frequency.items(), key=lambda item: -item[1]):
        if count >= 20:
            tags.setdefault(chunk, len(tags))
    keep = [i for i, c in enumerate(aligned) if c and all(x in tags for x in c)]
    print(language, len(rows), "words,", len(keep), "usable,", len(tags), "tags", flush=True)
    inputs = torch.from_numpy(encode([rows[i][0] for i in keep], aligner.letters))
    targets = torch.full((len(keep), LONGEST), -1)
    for n, i in enumerate(keep):
        targets[n, : len(aligned[i])] = torch.tensor([tags[c] for c in aligned[i]])
    held = np.array([data.is_held_out(rows[i][0]) for i in keep])
    names = np.array([rows[i][2] == "name" for i in keep])
    train, test = np.flatnonzero(~held), np.flatnonzero(held)
    pool = np.concatenate([train, train[names[train]]])  # names twice: they are what users add
    lengths = (targets >= 0).sum(1).numpy()
    buckets = [b for b in (pool[lengths[pool] // 2 == n] for n in range(LONGEST // 2 + 1)) if len(b) >= 200]
    shares = np.array([len(b) for b in buckets]) / sum(len(b) for b in buckets)

    model = Tagger(len(aligner.letters), len(tags))
    optimizer = torch.optim.AdamW(model.parameters(), 3e-3, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, steps, pct_start=0.1)
    start = time.time()
    for step in range(steps + 1):
        if step % 500 == 0 or step == steps:
            report(model, inputs, targets, test, names, [rows[i][3] for i in keep], list(tags), step, start)
            torch.save(
                {"model": model.state_dict(), "letters": aligner.letters, "tags": list(tags)},
                WORK / f"g2p-{language}.pt",
            )
        model.train()
        rows_now = np.random.choice(buckets[np.random.choice(len(buckets), p=shares)], BATCH)
        longest = int(lengths[rows_now].max())
        logits = model(inputs[rows_now, : longest + 2 * FIRST_REACH])
        loss = nn.functional.cross_entropy(
            logits.flatten(0, 1), targets[rows_now, :longest].flatten(), ignore_index=-1
        )
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        if step < steps:
            schedule.step()


@torch.no_grad()
def report(model, inputs, targets, test, names, phones, tags, step, start):
    model.eval()
    wrong, wrong_names, some = 0, 0, test[:6000]
    for at in range(0, len(some), 1000):
        part = some[at : at + 1000]
        best = model(inputs[part]).argmax(2)
        for row, chosen in zip(part, best):
            length = int((targets[row] >= 0).sum())
            miss = tuple(p for t in chosen[:length] for p in tags[t]) != phones[row]
            wrong += miss
            wrong_names += miss and names[row]
    print(
        f"{step:5d} {time.time() - start:5.0f} s  held out: {wrong / len(some):.4f} of {len(some)} words wrong,"
        f" names {wrong_names / max(1, names[some].sum()):.4f} of {names[some].sum()}",
        flush=True,
    )


if __name__ == "__main__":
    main(sys.argv[1])
