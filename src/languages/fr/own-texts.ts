import type { OwnTexts } from "../language-pack.ts";

export const OWN_TEXTS: OwnTexts = {
  replies: {
    "earshot.not-understood": ["Je n'ai pas compris.", "Pardon, vous disiez ?"],
    "earshot.ambiguous": [
      "Cela peut vouloir dire plusieurs choses.",
      "Que voulez-vous dire exactement ?",
    ],
    "earshot.unhandled": [
      "J'ai compris, mais rien ici ne sait le faire.",
      "Je comprends, mais je ne sais pas le faire.",
    ],
    "earshot.failed": ["Cela n'a pas marché.", "Il y a eu un problème."],
    "earshot.done": ["C'est fait.", "D'accord."],
  },
  newSkill: {
    sentence: (name) => `(bonjour|salut) [cher] ${name}`,
    said: (name) => `bonjour cher ${name}`,
    reply: (count) => `Bonjour ! On m'a salué ${count} fois.`,
  },
};
