import { decimal, type ValueRules } from "../value-rules.ts";

const MAX_WHOLE = 9999;

/** Whole numbers and what follows them, all times `sign`; the names of rules end in `name`. */
function numbers(name: string, sign: 1 | -1): Record<string, string> {
  const of = (value: number): string => decimal(value * sign);
  return {
    [`whole-${name}`]: `({0..${MAX_WHOLE}:${of(1)}}[ <decimals-${name}>| <fraction-${name}>]|<part-${name}>)`,
    [`decimals-${name}`]: `point ({0..9:${of(0.1)}}[ {0..9:${of(0.01)}}[ {0..9:${of(0.001)}}]]|{10..99:${of(0.01)}})`,
    [`fraction-${name}`]: `and ((a|one) half{plus:${of(0.5)}}|(a|one) quarter{plus:${of(0.25)}}|three quarters{plus:${of(0.75)}})`,
    [`part-${name}`]: `([a|one] half{plus:${of(0.5)}}|[a|one] quarter{plus:${of(0.25)}}|three quarters{plus:${of(0.75)}}|<decimals-${name}>)`,
  };
}

/** "two hours", "an hour and a half", "half an hour", "two and a half hours", "1.5 hours". */
function unit(word: string, article: string, seconds: number): Record<string, string> {
  const of = (share: number): string => decimal(share * seconds);
  const { half, quarter, three } = { half: of(0.5), quarter: of(0.25), three: of(0.75) };
  const some = `([a] couple [of]{plus:${of(2)}}|[a] dozen{plus:${of(12)}})`;
  const more = `and ((a|one) half{plus:${half}}|(a|one) quarter{plus:${quarter}}|three quarters{plus:${three}})`;
  return {
    [`${word}s`]: `({0..999:${of(1)}} ${word}[s]|${article} ${word}{plus:${of(1)}})`,
    [`${word}s-and`]: `(<${word}s> ${more}|({0..999:${of(1)}}|(a|an){plus:${of(1)}}) ${more} ${word}[s]|${some} ${word}s|{0..99:${of(1)}} point {0..9:${of(0.1)}} ${word}[s]|<${word}-part>)`,
    [`${word}-part`]: `([a|one] half [a[n]|of (a[n]|one)] ${word}{plus:${half}}|[a|one] quarter [of [a[n]|one]] ${word}{plus:${quarter}}|three quarters [of (a[n]|one)] ${word}{plus:${three}})`,
  };
}

export const VALUES: ValueRules = {
  ...numbers("positive", 1),
  ...numbers("negative", -1),
  number: "(<whole-positive>|(minus|negative) <whole-negative>)",
  percent:
    "({0..100:1}[ <decimals-positive>| <fraction-positive>]|<share>)[ percent| per cent| percentage]",
  share: "([a|one] half{plus:50}|[a|one] quarter{plus:25}|three quarters{plus:75})",

  ...unit("second", "a", 1),
  ...unit("minute", "a", 60),
  ...unit("hour", "an", 3600),
  ...unit("day", "a", 86_400),
  ...unit("week", "a", 604_800),
  duration: `(<seconds>|<minutes>[ [and] <seconds>]|<hours>[ [and] <minutes>][ [and] <seconds>]|<days>[ [and] <hours>][ [and] <minutes>][ [and] <seconds>]
    |<weeks>[ [and] <days>][ [and] <hours>]|<seconds-and>|<minutes-and>|<hours-and>|<days-and>|<weeks-and>|a fortnight{plus:1209600}|<clock-like>)`,
  // "one hour thirty"
  "clock-like": "({1..23:3600} hour[s]|an hour{plus:3600}) {10..59:60}",

  time: "(<spoken-clock>|<early-clock> <am>|<early-clock> <pm>{plus:720}|<night>|<long-clock>|<named>)",
  // Without more said, an hour is the one of that number: 12 is noon.
  "spoken-clock": clock("{1..12:60}"),
  // With "am" or "pm", twelve counts as none.
  "early-clock": clock("({1..11:60}|twelve{plus:0})"),
  am: "(am|a m|in the morning)",
  pm: "(pm|p m|in the (afternoon|evening))",
  night: `(${clock("({1..4:60}|twelve{plus:0})")}|${clock("{6..11:60}")}{plus:720}) at night`,
  "long-clock": "({0..0:60}|{13..23:60}) (hundred [hours]|o'clock|hours|<minutes-after>)",
  "minutes-after": "({10..59:1}|(oh|o|zero) {1..9:1})",
  past: "(((a|one|) quarter{plus:15}|{1..29:1} [minute[s]]) (past|after)|half past{plus:30}|half{plus:30})",
  to: "((a|one|) quarter{plus:-15}|{1..29:-1} [minute[s]]) (to|before|till|til|of)",
  named: "(<past>|<to>|) ([twelve] (noon|midday){plus:720}|[twelve] midnight{plus:0})",
};

/** The ways to say a time of day, by the hours that may be said. */
function clock(hours: string): string {
  return `(${hours} [o'clock]|${hours} <minutes-after>|<past> ${hours}|<to> ${hours})`;
}
