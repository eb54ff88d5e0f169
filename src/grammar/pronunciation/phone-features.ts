/** Articulation of a vowel: where it begins, and where it ends if that is another place (a diphthong). */
export type VowelFeatures = {
  readonly kind: "vowel";
  /** 0: close ("i") … 1: open ("a"). */
  readonly openness: number;
  /** 0: front … 1: back. */
  readonly backness: number;
  readonly rounded: boolean;
  readonly nasal: boolean;
  readonly rhotic: boolean;
  /** The phone that a diphthong glides to. */
  readonly glide?: "ɪ" | "ʊ";
};

export type ConsonantFeatures = {
  readonly kind: "consonant";
  /** 0: lips … 1: throat. */
  readonly place: number;
  readonly manner: "stop" | "affricate" | "fricative" | "nasal" | "lateral" | "approximant";
  readonly voiced: boolean;
};

export type PhoneFeatures = VowelFeatures | ConsonantFeatures;

type VowelRow = readonly [openness: number, backness: number, traits?: string, glide?: "ɪ" | "ʊ"];
type ConsonantRow = readonly [place: number, manner: ConsonantFeatures["manner"], voiced: boolean];

/** After the vowel chart of the International Phonetic Alphabet; traits: r(ounded), n(asal), h (rhotic). */
const VOWELS: Readonly<Record<string, VowelRow>> = {
  i: [0, 0],
  y: [0, 0, "r"],
  u: [0, 1, "r"],
  ɪ: [0.17, 0.15],
  ʊ: [0.17, 0.85, "r"],
  e: [0.33, 0],
  ø: [0.33, 0.1, "r"],
  o: [0.33, 1, "r"],
  ə: [0.5, 0.5],
  ɚ: [0.5, 0.5, "h"],
  ɛ: [0.67, 0],
  œ: [0.67, 0.1, "r"],
  ɔ: [0.67, 1, "r"],
  ʌ: [0.67, 0.8],
  æ: [0.83, 0],
  a: [1, 0.2],
  ɑ: [1, 1],
  ɛ̃: [0.67, 0, "n"],
  œ̃: [0.67, 0.1, "rn"],
  ɑ̃: [1, 1, "n"],
  ɔ̃: [0.67, 1, "rn"],
  eɪ: [0.33, 0, "", "ɪ"],
  aɪ: [1, 0.3, "", "ɪ"],
  ɔɪ: [0.67, 1, "r", "ɪ"],
  aʊ: [1, 0.4, "", "ʊ"],
  oʊ: [0.4, 0.9, "r", "ʊ"],
};

const CONSONANTS: Readonly<Record<string, ConsonantRow>> = {
  p: [0, "stop", false],
  b: [0, "stop", true],
  t: [0.4, "stop", false],
  d: [0.4, "stop", true],
  k: [0.8, "stop", false],
  ɡ: [0.8, "stop", true],
  tʃ: [0.58, "affricate", false],
  dʒ: [0.58, "affricate", true],
  f: [0.1, "fricative", false],
  v: [0.1, "fricative", true],
  θ: [0.25, "fricative", false],
  ð: [0.25, "fricative", true],
  s: [0.4, "fricative", false],
  z: [0.4, "fricative", true],
  ʃ: [0.58, "fricative", false],
  ʒ: [0.58, "fricative", true],
  ʁ: [0.9, "fricative", true],
  h: [1, "fricative", false],
  m: [0, "nasal", true],
  n: [0.4, "nasal", true],
  ɲ: [0.65, "nasal", true],
  ŋ: [0.8, "nasal", true],
  l: [0.4, "lateral", true],
  ɹ: [0.5, "approximant", true],
  j: [0.65, "approximant", true],
  w: [0.4, "approximant", true],
};

/** How a phone of the embedded model is articulated; undefined for symbols it does not have. */
export function phoneFeatures(phone: string): PhoneFeatures | undefined {
  const vowel = VOWELS[phone];
  if (vowel) {
    const [openness, backness, traits = "", glide] = vowel;
    return {
      kind: "vowel",
      openness,
      backness,
      rounded: traits.includes("r"),
      nasal: traits.includes("n"),
      rhotic: traits.includes("h"),
      ...(glide && { glide }),
    };
  }
  const consonant = CONSONANTS[phone];
  return (
    consonant && {
      kind: "consonant",
      place: consonant[0],
      manner: consonant[1],
      voiced: consonant[2],
    }
  );
}
