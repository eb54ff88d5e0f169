import type { WordLists } from "../language-pack.ts";

const HESITATIONS = ["euh"];
const PLEASE = ["s'il te plaît", "s'il vous plaît"];

export const WORDS: WordLists = {
  light:
    "le la les l' un une des du de d' au aux à a en et ou où dans sur pour par avec ce cet cette ces mon ma mes ton ta tes sa ses notre nos votre vos leur je j' tu il elle on nous vous ils elles me m' te t' se s' qu' que qui est es sont y ne n' pas c' ça moi toi lui".split(
      " ",
    ),
  asking: "quel quelle quels quelles quoi quand comment combien pourquoi".split(" "),
  hesitations: HESITATIONS,
  fillers: "heu hum hmm ah oh ben bah bon alors donc voilà quoi hein eh ok okay dis genre".split(
    " ",
  ),
  leading:
    "le la les l' un une des du de d' au aux à a en et dans sur pour par avec mon ma mes".split(
      " ",
    ),
  between: ["et", "puis", "et puis", "ensuite", "et ensuite"],
  // No "bon" and no "ok": in speech they turn short words into others.
  before: [...PLEASE, ...HESITATIONS, "alors", "tu peux", "est-ce que tu peux"],
  after: [...PLEASE, "merci"],
  negatedBefore: ["ne", "n'", "ne pas"],
  negations: ["ne", "n'", "pas", "jamais"],
  negationsAfterVerb: ["pas", "plus", "jamais"],
  contraries: {
    pairs: [
      ["allume", "éteins"],
      ["allumer", "éteindre"],
      ["ouvre", "ferme"],
      ["ouvrir", "fermer"],
      ["verrouille", "déverrouille"],
      ["monte", "baisse"],
      ["monter", "baisser"],
      ["augmente", "diminue"],
      ["augmente", "baisse"],
      ["démarre", "arrête"],
      ["lance", "arrête"],
      ["active", "désactive"],
      ["branche", "débranche"],
      ["plus", "moins"],
      ["ajoute", "enlève"],
      ["ajoute", "retire"],
      ["suivant", "précédent"],
      ["suivante", "précédente"],
      ["gauche", "droite"],
      ["haut", "bas"],
    ],
    prefixes: ["dé", "dés"],
  },
  yes: ["oui", "ouais", "oui merci", "d'accord", "vas-y", "bien sûr"],
  no: ["non", "non merci", "laisse tomber", "annule"],
  samples: ["pain", "lait", "jazz", "café"],
};
