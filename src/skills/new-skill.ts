import path from "node:path";
import { EarshotError } from "../errors.ts";
import type { OwnTexts } from "../languages/language-pack.ts";
import type { Language } from "../languages/language.ts";
import { packOf } from "../languages/packs.ts";

/** A file of a new skill, and what it is for. */
export type NewFile = { readonly file: string; readonly text: string; readonly is: string };

type Words = OwnTexts["newSkill"];

/**
 * A skill that works: its module, its sentences and its test.
 * @param name lower-case letters, digits and hyphens
 * @throws EarshotError CONFIG_INVALID for another name
 */
export function newSkillFiles(name: string, language: Language, folder: string): NewFile[] {
  if (!/^[a-z][a-z0-9-]*$/.test(name)) {
    const message = `"${name}" cannot be the name of a skill: use lower-case letters, digits and hyphens`;
    throw new EarshotError("CONFIG_INVALID", message);
  }
  const words = packOf(language).own.newSkill;
  const word = name.replaceAll("-", " ");
  const intent = `${name.replaceAll(/(^|-)([a-z0-9])/g, (_, _dash, letter: string) => letter.toUpperCase())}Hello`;
  return [
    {
      file: path.join("intents", `${name}.yaml`),
      is: "what people say",
      text: templates(language, intent, words.sentence(word)),
    },
    {
      file: path.join(folder, `${name}.mjs`),
      is: "what happens then",
      text: skill(intent, words, path.join("intents", `${name}.yaml`)),
    },
    {
      file: path.join(folder, `${name}.test.yaml`),
      is: "its test",
      text: test(intent, words, word),
    },
  ];
}

function templates(language: Language, intent: string, sentence: string): string {
  return `language: ${language}
intents:
  ${intent}:
    data:
      - sentences:
          - "${sentence}"
`;
}

function skill(intent: string, { reply }: Words, sentences: string): string {
  const text = reply("${state.greetings}");
  return `import { log, onCleanup, onIntent, state } from "earshot/skills";

state.greetings ??= 0; // what is in state is kept across reloads and restarts

// Somebody has said one of the sentences of ${sentences}.
onIntent("${intent}", () => {
  state.greetings += 1;
  return \`${text}\`; // what is to be said
});

// Before the skill is reloaded, and when earshot ends, by whatever way.
onCleanup(() => log("goodbye"));
`;
}

function test(intent: string, { said, reply }: Words, word: string): string {
  return `- say: ${said(word)}
  expect:
    intent: ${intent}
    reply: ${JSON.stringify(reply("1"))}
- reload: true
- say: ${said(word)}
  expect:
    reply: ${JSON.stringify(reply("2"))}
`;
}
