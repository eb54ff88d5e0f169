import type { NumberSpeller } from "../number-speller.ts";

const SMALL = (
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen " +
  "seventeen eighteen nineteen"
).split(" ");
const TENS = ["", "", ..."twenty thirty forty fifty sixty seventy eighty ninety".split(" ")];

export const NUMBERS: NumberSpeller = {
  belowThousand(n) {
    if (n < 100) return [belowHundred(n)];
    const hundreds = Math.floor(n / 100);
    const rest = n % 100;
    const heads = [
      [SMALL[hundreds] ?? "", "hundred"],
      ...(hundreds === 1 ? [["a", "hundred"]] : []),
    ];
    if (rest === 0) return heads;
    const tail = belowHundred(rest);
    return heads.flatMap((head) => [
      [...head, ...tail],
      [...head, "and", ...tail],
    ]);
  },
  thousands(n) {
    const heads = this.belowThousand(n).map((words) => [...words, "thousand"]);
    return n === 1 ? [...heads, ["a", "thousand"]] : heads;
  },
  afterThousands(n) {
    const tails = this.belowThousand(n);
    return n < 100 ? [...tails, ...tails.map((words) => ["and", ...words])] : tails;
  },
  inHundreds(hundreds) {
    if (hundreds < 11 || hundreds > 99 || hundreds % 10 === 0) return [];
    return [[...belowHundred(hundreds), "hundred"]];
  },
  million() {
    return ["million"];
  },
  minus: "minus",
  decimal(fraction) {
    return ["point", ...Array.from(fraction, (digit) => SMALL[Number(digit)] ?? "")];
  },
  half(n) {
    if (n === 0) return [["half"], ["a", "half"], ["one", "half"]];
    return [
      ["and", "a", "half"],
      ["and", "one", "half"],
    ];
  },
};

function belowHundred(n: number): string[] {
  const small = SMALL[n];
  if (small) return [small];
  const unit = n % 10;
  return [TENS[Math.floor(n / 10)] ?? "", ...(unit > 0 ? [SMALL[unit] ?? ""] : [])];
}
