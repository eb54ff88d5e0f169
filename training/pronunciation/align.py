"""Letters aligned with the phones they stand for: each letter yields 0 to 3 phones, in order.

Expectation maximisation of p(phones | letter) from a flat start (the idea of many-to-many alignment,
Jiampojamarn et al. 2007, with one letter a side), vectorised over a batch of padded words.
"""

import numpy as np

MAX_PHONES = 3


class Aligner:
    def __init__(self, pairs: list[tuple[str, tuple[str, ...]]]):
        self.letters = {c: i for i, c in enumerate(sorted({c for word, _ in pairs for c in word}))}
        self.chunks: dict[tuple[str, ...], int] = {(): 0}
        self.log_probs = np.zeros((0, 0))

    def fit(self, pairs, iterations: int = 8) -> None:
        batch = self._batch([p for p in pairs if possible(p)], grow=True)
        # A flat start that already prefers one phone a letter.
        size = np.array([len(c) for c in sorted(self.chunks, key=self.chunks.get)])
        start = np.array([0.25, 0.6, 0.14, 0.01])[size]
        self.log_probs = np.log(np.tile(start / start.sum(), (len(self.letters), 1)))
        for _ in range(iterations):
            counts = self._expected_counts(batch) + 1e-3 * start
            self.log_probs = np.log(counts / counts.sum(1, keepdims=True))

    def align(self, pairs) -> list[list[tuple[str, ...]] | None]:
        """The chunk of phones of each letter, or None where a word cannot be aligned."""
        out: list[list[tuple[str, ...]] | None] = [None] * len(pairs)
        usable = [i for i, p in enumerate(pairs) if possible(p) and set(p[0]) <= set(self.letters)]
        for at in range(0, len(usable), 4096):
            rows = usable[at : at + 4096]
            for i, sizes in zip(rows, self._best_sizes(self._batch([pairs[i] for i in rows], grow=False))):
                word, phones = pairs[i]
                ends = np.cumsum(sizes[: len(word)])
                out[i] = [phones[e - s : e] for e, s in zip(ends, sizes)]
        return out

    def _batch(self, pairs, grow: bool):
        n, most_letters = len(pairs), max(len(w) for w, _ in pairs)
        most_phones = max(len(p) for _, p in pairs)
        letters = np.zeros((n, most_letters), np.int32)
        chunks = np.full((n, most_phones + 1, MAX_PHONES + 1), -1, np.int32)
        for i, (word, phones) in enumerate(pairs):
            letters[i, : len(word)] = [self.letters[c] for c in word]
            for start in range(len(phones) + 1):
                for size in range(min(MAX_PHONES, len(phones) - start) + 1):
                    key = phones[start : start + size]
                    chunks[i, start, size] = (
                        self.chunks.setdefault(key, len(self.chunks)) if grow else self.chunks.get(key, -1)
                    )
        lengths = np.array([(len(w), len(p)) for w, p in pairs])
        return letters, chunks, lengths

    def _scores(self, letters, chunks, at):
        """Log probability of letter `at` yielding `size` phones from `start`: [n, starts, sizes]."""
        return np.where(chunks >= 0, self.log_probs[letters[:, at, None, None], chunks], -1e9)

    def _expected_counts(self, batch):
        letters, chunks, lengths = batch
        n, width = letters.shape
        positions = chunks.shape[1]
        forward = np.full((width + 1, n, positions + MAX_PHONES), -1e9)
        forward[0, :, 0] = 0
        for at in range(width):
            scores = self._scores(letters, chunks, at)
            for size in range(MAX_PHONES + 1):
                target = forward[at + 1, :, size : size + positions]
                np.logaddexp(target, forward[at, :, :positions] + scores[:, :, size], out=target)
        backward = np.full((n, positions + MAX_PHONES), -1e9)
        total = forward[lengths[:, 0], np.arange(n), lengths[:, 1]]
        counts = np.zeros_like(self.log_probs)
        for at in range(width - 1, -1, -1):
            ending = lengths[:, 0] == at + 1
            backward[ending] = -1e9
            backward[np.flatnonzero(ending), lengths[ending, 1]] = 0
            scores = self._scores(letters, chunks, at)
            inside = (lengths[:, 0] > at)[:, None]
            earlier = np.full_like(backward, -1e9)
            for size in range(MAX_PHONES + 1):
                path = scores[:, :, size] + backward[:, size : size + positions]
                np.logaddexp(earlier[:, :positions], path, out=earlier[:, :positions])
                weight = np.exp(np.minimum(forward[at, :, :positions] + path - total[:, None], 0)) * inside
                ids = np.broadcast_to(letters[:, at, None], weight.shape)
                used = weight > 1e-6
                np.add.at(counts, (ids[used], chunks[:, :, size][used]), weight[used])
            backward = np.where(inside, earlier, backward)
        return counts

    def _best_sizes(self, batch):
        letters, chunks, lengths = batch
        n, width = letters.shape
        positions = chunks.shape[1]
        best = np.full((n, positions + MAX_PHONES), -1e9)
        best[:, 0] = 0
        choice = np.zeros((width, n, positions + MAX_PHONES), np.int8)
        for at in range(width):
            scores = self._scores(letters, chunks, at)
            after = np.full_like(best, -1e9)
            for size in range(MAX_PHONES + 1):
                path = best[:, :positions] + scores[:, :, size]
                target = after[:, size : size + positions]
                better = path > target
                target[better] = path[better]
                choice[at, :, size : size + positions][better] = size
            best = np.where((lengths[:, 0] > at)[:, None], after, best)
        sizes = np.zeros((n, width), np.int64)
        where = lengths[:, 1].copy()
        for at in range(width - 1, -1, -1):
            inside = lengths[:, 0] > at
            step = np.where(inside, choice[at, np.arange(n), where], 0)
            sizes[:, at] = step
            where = where - step
        return sizes


def possible(pair) -> bool:
    word, phones = pair
    return 0 < len(phones) <= 2 * len(word) + 1 and len(word) <= 24 and len(phones) <= 28
