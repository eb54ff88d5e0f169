"""Random sentences from Home Assistant's sentence templates (CC-BY-4.0), where they are at hand.

Understands what those templates use: [optional], (a|b), <rule>, {list}, (a;b) in any order.
"""

import random
from pathlib import Path

import yaml

MAX_DEPTH = 12


class TemplateSampler:
    def __init__(self, folder: Path, language: str, random_: random.Random) -> None:
        self._random = random_
        self._rules: dict[str, str] = {}
        self._lists: dict[str, dict] = {}
        self.sentences: list[str] = []
        for path in sorted((folder / "sentences" / language).glob("*.yaml")):
            document = yaml.safe_load(path.read_text("utf8")) or {}
            self._rules |= document.get("expansion_rules") or {}
            self._lists |= document.get("lists") or {}
            for intent in (document.get("intents") or {}).values():
                for block in intent.get("data") or []:
                    self.sentences += block.get("sentences") or []
        fixtures = yaml.safe_load((folder / "tests" / language / "_fixtures.yaml").read_text("utf8"))
        self._names = {
            key: [str(item["name"]) for item in fixtures[source]]
            for key, source in (("name", "entities"), ("area", "areas"))
        }

    def sample(self, substitutes: dict[str, list[str]]) -> str:
        """One sentence; `substitutes` gives further values for lists such as name and area.
        Raises KeyError or RecursionError for templates that need what is not there."""
        return self._expand(self._random.choice(self.sentences), substitutes, 0)

    def _expand(self, template: str, substitutes: dict[str, list[str]], depth: int) -> str:
        if depth > MAX_DEPTH:
            raise RecursionError(template)
        text, position = self._sequence(template, 0, "", substitutes, depth)
        return text if position == len(template) else ""

    def _sequence(self, t: str, at: int, stop: str, substitutes: dict[str, list[str]], depth: int) -> tuple[str, int]:
        """Reads until `stop`; picks among alternatives, shuffles permutations."""
        choices, shuffled = [""], []
        while at < len(t) and t[at] != stop:
            c = t[at]
            at += 1
            if c in "([":
                inner, at = self._sequence(t, at, ")" if c == "(" else "]", substitutes, depth)
                choices[-1] += inner if c == "(" or self._random.random() < 0.5 else ""
                at += 1
            elif c == "|":
                choices.append("")
            elif c == ";":
                shuffled.append(choices.pop())
                choices.append("")
            elif c in "<{":
                end = t.index(">" if c == "<" else "}", at)
                name, at = t[at:end], end + 1
                choices[-1] += (
                    self._rule(name, substitutes, depth) if c == "<" else self._value(name, substitutes, depth)
                )
            else:
                choices[-1] += c
        if shuffled:
            parts = shuffled + choices
            self._random.shuffle(parts)
            return " ".join(parts), at
        return self._random.choice(choices), at

    def _rule(self, name: str, substitutes: dict[str, list[str]], depth: int) -> str:
        return self._expand(self._rules[name], substitutes, depth + 1)

    def _value(self, name: str, substitutes: dict[str, list[str]], depth: int) -> str:
        name = name.split(":")[0]
        if name in substitutes:
            own = self._names.get(name)
            return self._random.choice(own if own and self._random.random() < 0.3 else substitutes[name])
        values = self._lists[name]
        if "range" in values:
            return str(self._random.randrange(int(values["range"]["from"]), int(values["range"]["to"]) + 1))
        if "values" not in values:
            return self._random.choice(substitutes["anything"])
        value = self._random.choice(values["values"])
        return self._expand(str(value["in"] if isinstance(value, dict) else value), substitutes, depth + 1)
