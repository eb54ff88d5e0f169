import { expect, test } from "vitest";
import type { Automaton } from "../../src/grammar/automaton.ts";
import { NEGATIVE_INTENT } from "../../src/grammar/own-intents.ts";
import { speechGrammar } from "../../src/grammar/speech-grammar.ts";
import { withWakePhrase } from "../../src/grammar/wake-phrase.ts";
import { interpretPath } from "../../src/grammar/interpret-path.ts";
import { parseWords } from "../../src/stt/decoders/parse-words.ts";
import { compileAutomaton } from "../../src/grammar/compile/compile-automaton.ts";
import { templatesOf } from "./templates-of.ts";
import { HOME } from "../intent/home.ts";

const negatives = ["turn the lamp", "Is the lamp on?"];

function spoken(): Automaton {
  return speechGrammar(compileAutomaton(templatesOf(HOME)), { negatives });
}

function readings(text: string, automaton: Automaton): [string, object][][] {
  const words = text.split(" ").map((word) => ({
    text: word,
    index: automaton.words.includes(word) ? automaton.words.indexOf(word) : null,
  }));
  return parseWords(automaton, words, {}).map(({ steps }) => {
    const { intent, slots, further } = interpretPath(automaton, steps);
    return [[intent, slots], ...further.map((next): [string, object] => [next.intent, next.slots])];
  });
}

test("one command, several, or what must be rejected", () => {
  const automaton = spoken();
  const on = ["TurnOn", { name: "Lamp" }];
  const dim = ["Dim", { name: "Ceiling", level: 40 }];
  expect(readings("turn on the lamp", automaton)).toEqual([[on]]);
  expect(
    readings(
      "turn on the lamp and then set the brightness of the ceiling light to forty percent",
      automaton,
    ),
  ).toEqual([[on, dim]]);
  expect(
    readings("turn on the lamp and turn on the lamp then turn on the lamp", automaton),
  ).toEqual([[on, on, on]]);
  expect(readings("turn on the lamp and", automaton)).toEqual([]);
  expect(readings("is the lamp on", automaton)).toEqual([[[NEGATIVE_INTENT, {}]]]);
  expect(readings("is the lamp on and turn on the lamp", automaton)).toEqual([]);
});

test("negatives of the same words are one", () => {
  const automaton = compileAutomaton(templatesOf(HOME));
  const twice = [...negatives, "turn the lamp", "Is the lamp on"];
  expect(speechGrammar(automaton, { negatives: twice }).outputs).toHaveLength(
    spoken().outputs.length,
  );
});

test("politeness changes nothing; what is not wanted is rejected", () => {
  const automaton = spoken();
  const on = ["TurnOn", { name: "Lamp" }];
  for (const text of [
    "please turn on the lamp",
    "can you please turn on the lamp",
    "turn on the lamp thank you",
    "uh turn on the lamp and turn on the lamp please",
  ]) {
    const [first, ...others] = readings(text, automaton);
    expect(first?.[0]).toEqual(on);
    expect(others).toEqual([]);
  }
  for (const text of ["don't turn on the lamp", "please do not turn on the lamp"]) {
    expect(readings(text, automaton).map(([first]) => first?.[0])).toEqual([NEGATIVE_INTENT]);
  }
});

test("the same below a wake phrase", () => {
  const asleep = withWakePhrase(spoken(), "hey you");
  const heard = readings("hey you turn on the lamp and turn on my lamp", asleep);
  const on = ["TurnOn", { name: "Lamp" }];
  expect(heard).toContainEqual([on, on]);
});
