import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import {
  INTENT_SETTINGS_FILE,
  readIntentSettings,
} from "../../src/intent/settings/read-settings.ts";
import { folderWith } from "../grammar/templates-of.ts";

type Sections = Record<string, Record<string, unknown>>;

/** A copy of the package's file with this change: of its sections, or to other text. */
function fileWith(change: (sections: Sections) => unknown): string {
  const sections: Sections = JSON.parse(readFileSync(INTENT_SETTINGS_FILE, "utf8"));
  const changed = change(sections) ?? sections;
  const file = path.join(folderWith({}), "intent.json");
  writeFileSync(file, typeof changed === "string" ? changed : JSON.stringify(changed));
  return file;
}

test("the settings of the package are complete", () => {
  const file = fileWith(() => undefined);
  expect(readIntentSettings(file)).toEqual(JSON.parse(readFileSync(file, "utf8")));
});

test.each<[string, (sections: Sections) => unknown, string]>([
  [
    "a missing field",
    ({ words }) => void delete words!["lightWeight"],
    "words.lightWeight is missing",
  ],
  ["an unknown field", ({ words }) => void (words!["heavy"] = 1), "words.heavy is unknown"],
  [
    "a field of another type",
    ({ alignment }) => void (alignment!["numberCost"] = "1.5"),
    'alignment.numberCost must be a number from 0 to 10, not "1.5"',
  ],
  [
    "a field out of its range",
    ({ decision }) => void (decision!["missingShare"] = 1.5),
    "decision.missingShare must be a number from 0 to 1, not 1.5",
  ],
  [
    "a fraction of a word",
    ({ decision }) => void (decision!["maxVagueWords"] = 1.5),
    "decision.maxVagueWords must be a whole number from 0 to 100, not 1.5",
  ],
  [
    "a number too large for JSON to be finite",
    (sections) => JSON.stringify(sections).replace('"scoreWeight":4', '"scoreWeight":1e999'),
    "examples.scoreWeight must be a number from 0 to 100",
  ],
  ["a missing section", (sections) => void delete sections["examples"], 'section "examples"'],
  ["an unknown section", (sections) => void (sections["more"] = {}), 'section "more" is unknown'],
  ["text that is not JSON", () => "{", "not JSON"],
])("%s is reported with file and field", (_, change, expected) => {
  const file = fileWith(change);
  const error = thrownBy(() => readIntentSettings(file));
  expect(error).toMatchObject({ name: "EarshotError", code: "MODEL_INVALID" });
  expect(error).toMatchObject({ message: expect.stringContaining(file) });
  expect(error).toMatchObject({ message: expect.stringContaining(expected) });
});

test("a missing file is reported", () => {
  const file = path.join(folderWith({}), "intent.json");
  const message = expect.stringContaining(`${file} does not hold the settings`);
  expect(thrownBy(() => readIntentSettings(file))).toMatchObject({
    code: "MODEL_INVALID",
    message,
  });
});

function thrownBy(body: () => unknown): unknown {
  try {
    body();
  } catch (error) {
    return error;
  }
  return undefined;
}
