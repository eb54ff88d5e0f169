import type { WordLists } from "../language-pack.ts";

const HESITATIONS = ["uh", "um"];

export const WORDS: WordLists = {
  light:
    "a an the my our your this that these those to of in at for from with and is are am be was it its there some any me i we you can you could would will do does please".split(
      " ",
    ),
  asking: "what what's whats who who's whos whose which where where's wheres when how why".split(
    " ",
  ),
  hesitations: HESITATIONS,
  fillers: "er erm hmm hm ah oh well so like okay ok hey yeah right now just actually".split(" "),
  leading: "a an the my our your to of at for from with and is are".split(" "),
  between: ["and", "then", "and then", "and also", "also"],
  // No "okay" and no "hey": in speech they turn short words into others ("zero" becomes "okay no").
  before: ["please", ...HESITATIONS, "can you", "could you", "can you please", "could you please"],
  after: ["please", "thanks", "thank you"],
  negatedBefore: ["don't", "do not", "never", "please don't", "please do not"],
  negations: ["don't", "dont", "not", "never", "mustn't", "shouldn't"],
  negationsAfterVerb: [],
  contraries: {
    pairs: [
      ["on", "off"],
      ["open", "close"],
      ["open", "shut"],
      ["lock", "unlock"],
      ["start", "stop"],
      ["up", "down"],
      ["raise", "lower"],
      ["increase", "decrease"],
      ["louder", "quieter"],
      ["brighter", "darker"],
      ["warmer", "colder"],
      ["more", "less"],
      ["mute", "unmute"],
      ["pause", "resume"],
      ["enable", "disable"],
      ["add", "remove"],
      ["next", "previous"],
      ["left", "right"],
      ["in", "out"],
    ],
    prefixes: ["un", "dis", "de"],
  },
  yes: ["yes", "yeah", "yep", "yes please", "sure", "okay", "do it", "go ahead"],
  no: ["no", "nope", "no thanks", "no thank you", "never mind", "cancel"],
  samples: ["bread", "milk", "jazz", "coffee"],
};
