"""The best path of a small grammar through CTC phone log-probabilities (Viterbi, vectorised over states)."""

from dataclasses import dataclass, field

import numpy as np

from ..phones import PHONE_ID

_NEVER = -1e9
_BLANK = 0


@dataclass
class PhraseGraph:
    """Nodes are numbered so that arcs go upwards; each arc is one phrase in one pronunciation."""

    nodes: int = 0
    arcs: list[tuple[int, int, list[int], tuple[str, str]]] = field(default_factory=list)
    finals: list[int] = field(default_factory=list)

    def node(self) -> int:
        self.nodes += 1
        return self.nodes - 1

    def arc(self, start: int, end: int, pronunciations: list[list[str]], label: tuple[str, str]) -> None:
        for phones in pronunciations:
            self.arcs.append((start, end, [PHONE_ID[phone] for phone in phones], label))

    def compiled(self) -> "CompiledGraph":
        return CompiledGraph(self)


class CompiledGraph:
    """States are the phones of all arcs with a blank state between; each node has a blank state of its own."""

    def __init__(self, graph: PhraseGraph) -> None:
        self.arcs, self.finals, self._nodes = graph.arcs, graph.finals, graph.nodes
        tokens: list[int] = []
        previous: list[int] = []
        skipped: list[int] = []
        first, last = [], []
        for _, _, phones, _ in graph.arcs:
            first.append(len(tokens))
            for index, phone in enumerate(phones):
                if index > 0:
                    tokens.append(_BLANK), previous.append(len(tokens) - 2), skipped.append(-1)
                    skip = len(tokens) - 2 if phones[index - 1] != phone else -1
                    tokens.append(phone), previous.append(len(tokens) - 2), skipped.append(skip)
                else:
                    tokens.append(phone), previous.append(-1), skipped.append(-1)
            last.append(len(tokens) - 1)
        self.states = len(tokens)
        self._tokens = np.array(tokens)
        self._previous, self._skipped = (
            np.array([self.states if at < 0 else at for at in column]) for column in (previous, skipped)
        )
        self._first, self._last = np.array(first), np.array(last)
        self._source = np.array([arc[0] for arc in graph.arcs])
        ends = np.array([arc[1] for arc in graph.arcs])
        self._into = [np.nonzero(ends == node)[0] for node in range(graph.nodes)]

    def best(self, log_probs: np.ndarray, arc_cost: float = 0.0) -> tuple[float, list[tuple[str, str]]]:
        """Score in nats and the labels along the best path from node 0 to a final node."""
        n = self.states
        score, history = np.full(n + 1, _NEVER), np.full(n + 1, -1)
        at_blank, blank_history = np.full(self._nodes, _NEVER), np.full(self._nodes, -1)
        arrived, arrival_history, arrival_token = (
            np.full(self._nodes, _NEVER),
            np.full(self._nodes, -1),
            np.full(self._nodes, -1),
        )
        arrived[0], entry_token = 0.0, self._tokens[self._first]
        steps: list[tuple[int, int]] = []
        for frame in log_probs.astype(np.float64):
            choices = np.stack([score[:n], score[self._previous], score[self._skipped]])
            pick = choices.argmax(0)
            best = np.take_along_axis(choices, pick[None], 0)[0]
            came = np.take_along_axis(
                np.stack([history[:n], history[self._previous], history[self._skipped]]), pick[None], 0
            )[0]
            direct = np.where(arrival_token[self._source] == entry_token, _NEVER, arrived[self._source])
            enter = np.maximum(at_blank[self._source], direct) - arc_cost
            enter_history = np.where(
                at_blank[self._source] >= direct, blank_history[self._source], arrival_history[self._source]
            )
            better = enter > best[self._first]
            best[self._first] = np.where(better, enter, best[self._first])
            came[self._first] = np.where(better, enter_history, came[self._first])
            blank_history = np.where(at_blank >= arrived, blank_history, arrival_history)
            at_blank = np.maximum(at_blank, arrived) + frame[_BLANK]
            score[:n], history[:n] = best + frame[self._tokens], came
            arrived[:], arrival_token[:] = _NEVER, -1
            leaving = score[self._last]
            for node, into in enumerate(self._into):
                if len(into) and leaving[into].max() > _NEVER / 2:
                    arc = int(into[leaving[into].argmax()])
                    steps.append((arc, int(history[self._last[arc]])))
                    arrived[node], arrival_history[node], arrival_token[node] = (
                        leaving[arc],
                        len(steps) - 1,
                        self._tokens[self._last[arc]],
                    )
        final = max(self.finals, key=lambda node: max(at_blank[node], arrived[node]))
        step = int(blank_history[final] if at_blank[final] >= arrived[final] else arrival_history[final])
        labels: list[tuple[str, str]] = []
        while step >= 0:
            arc, step = steps[step]
            labels.append(self.arcs[arc][3])
        return float(max(at_blank[final], arrived[final])), labels[::-1]
