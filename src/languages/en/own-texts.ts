import type { OwnTexts } from "../language-pack.ts";

export const OWN_TEXTS: OwnTexts = {
  replies: {
    "earshot.not-understood": ["I did not get that.", "Sorry, what was that?"],
    "earshot.ambiguous": ["That can mean more than one thing.", "Which one do you mean?"],
    "earshot.unhandled": [
      "I understand, but nobody here does that.",
      "I know that one, but I cannot do it.",
    ],
    "earshot.failed": ["That did not work.", "Something went wrong."],
    "earshot.done": ["Done.", "All right."],
  },
  newSkill: {
    sentence: (name) => `(hello|good morning) [dear] ${name}`,
    said: (name) => `good morning dear ${name}`,
    reply: (count) => `Hello! I have been greeted ${count} times.`,
  },
};
