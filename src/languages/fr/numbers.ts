import type { NumberSpeller } from "../number-speller.ts";

const SMALL =
  "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split(
    " ",
  );
const TENS = ["", "", "vingt", "trente", "quarante", "cinquante", "soixante"];
/** Belgium and Switzerland: septante, nonante; huitante (and octante) for eighty. */
const REGIONAL: Readonly<Record<number, readonly string[]>> = {
  7: ["septante"],
  8: ["huitante", "octante"],
  9: ["nonante"],
};

export const NUMBERS: NumberSpeller = {
  belowThousand(n) {
    if (n < 100) return belowHundred(n);
    const hundreds = Math.floor(n / 100);
    const rest = n % 100;
    const head = hundreds === 1 ? [] : [SMALL[hundreds] ?? ""];
    if (rest > 0)
      return belowHundred(rest).flatMap((tail) => [
        [...head, "cent", ...tail],
        ...(hundreds > 1 ? [[...head, "cents", ...tail]] : []),
      ]);
    return hundreds === 1
      ? [["cent"]]
      : [
          [...head, "cents"],
          [...head, "cent"],
        ];
  },
  thousands(n) {
    if (n === 1) return [["mille"]];
    return this.belowThousand(n)
      .filter((words) => !["une", "cents", "vingts"].includes(words.at(-1) ?? ""))
      .map((words) => [...words, "mille"]);
  },
  afterThousands(n) {
    return this.belowThousand(n);
  },
  inHundreds(hundreds) {
    if (hundreds < 11 || hundreds > 19) return [];
    return belowHundred(hundreds).flatMap((head) => [
      [...head, "cents"],
      [...head, "cent"],
    ]);
  },
  million(n) {
    return n === 1 ? ["million"] : ["millions"];
  },
  minus: "moins",
  decimal(fraction) {
    const zeros = /^0*/.exec(fraction)?.[0].length ?? 0;
    const rest = fraction.slice(zeros);
    return [
      "virgule",
      ...Array.from({ length: zeros }, () => "zéro"),
      ...(rest ? (this.belowThousand(Number(rest.slice(0, 3)))[0] ?? []) : []),
    ];
  },
  half(n) {
    const halves = ["et demi", "et demie", "et demis", "et demies"].map((half) => half.split(" "));
    return n === 0 ? [["demi"], ["demie"], ["un", "demi"], ["une", "demie"]] : halves;
  },
};

function belowHundred(n: number): string[][] {
  if (n === 1) return [["un"], ["une"]];
  const small = SMALL[n];
  if (small) return [[small]];
  if (n < 20) return [["dix", SMALL[n - 10] ?? ""]];
  const tens = Math.floor(n / 10);
  const unit = n % 10;
  return [
    ...ofFrance(n, tens, unit),
    ...(REGIONAL[tens] ?? []).flatMap((word) => plain(word, unit)),
  ];
}

function ofFrance(n: number, tens: number, unit: number): string[][] {
  if (tens >= 8) {
    if (n === 80)
      return [
        ["quatre", "vingts"],
        ["quatre", "vingt"],
      ];
    return belowHundred(n - 80).map((tail) => ["quatre", "vingt", ...tail]);
  }
  if (tens < 7) return plain(TENS[tens] ?? "", unit);
  if (n === 71) return [["soixante", "et", "onze"]];
  return belowHundred(n - 60).map((tail) => ["soixante", ...tail]);
}

function plain(tens: string, unit: number): string[][] {
  if (unit === 0) return [[tens]];
  if (unit === 1)
    return [
      [tens, "et", "un"],
      [tens, "et", "une"],
    ];
  return [[tens, SMALL[unit] ?? ""]];
}
