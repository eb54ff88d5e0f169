import type { Language } from "../../languages/language.ts";

/** Replies that Earshot itself has to give; a file of replies may have others under the same keys. */
export const OWN_REPLIES: Readonly<Record<string, Readonly<Record<Language, readonly string[]>>>> =
  {
    "earshot.not-understood": {
      en: ["I did not get that.", "Sorry, what was that?"],
      fr: ["Je n'ai pas compris.", "Pardon, vous disiez ?"],
    },
    "earshot.ambiguous": {
      en: ["That can mean more than one thing.", "Which one do you mean?"],
      fr: ["Cela peut vouloir dire plusieurs choses.", "Que voulez-vous dire exactement ?"],
    },
    "earshot.unhandled": {
      en: ["I understand, but nobody here does that.", "I know that one, but I cannot do it."],
      fr: [
        "J'ai compris, mais rien ici ne sait le faire.",
        "Je comprends, mais je ne sais pas le faire.",
      ],
    },
    "earshot.failed": {
      en: ["That did not work.", "Something went wrong."],
      fr: ["Cela n'a pas marché.", "Il y a eu un problème."],
    },
    "earshot.done": { en: ["Done.", "All right."], fr: ["C'est fait.", "D'accord."] },
  };
