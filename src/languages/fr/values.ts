import { decimal, type ValueRules } from "../value-rules.ts";

const MAX_WHOLE = 9999;

/** Whole numbers and what follows them, all times `sign`; the names of rules end in `name`. */
function numbers(name: string, sign: 1 | -1): Record<string, string> {
  const of = (value: number): string => decimal(value * sign);
  return {
    [`whole-${name}`]: `({0..${MAX_WHOLE}:${of(1)}}[ <decimals-${name}>| <fraction-${name}>]|<part-${name}>)`,
    [`decimals-${name}`]: `(virgule|point) ({0..9:${of(0.1)}}[ {0..9:${of(0.01)}}]|{10..99:${of(0.01)}}|{100..999:${of(0.001)}}|zéro zéro {1..9:${of(0.001)}}|zéro {10..99:${of(0.001)}})`,
    [`fraction-${name}`]: `(et demi[e][s]{plus:${of(0.5)}}|et [un] quart{plus:${of(0.25)}}|[et] trois quarts{plus:${of(0.75)}})`,
    [`part-${name}`]: `([un|une] demi[e]{plus:${of(0.5)}}|[un] quart{plus:${of(0.25)}}|[les] trois quarts{plus:${of(0.75)}})`,
  };
}

/** "deux heures", "une heure et demie", "une demi-heure", "un quart d'heure", "une heure trois quarts". */
function unit(words: string, seconds: number, part: string, of: string): Record<string, string> {
  const times = (share: number): string => decimal(share * seconds);
  const [one] = words.split("|");
  const about = Object.entries(ABOUT).map(([word, n]) => `${word}{plus:${times(n)}}`);
  return {
    [`${one}s`]: `{0..999:${times(1)}} (${words})[s]`,
    [`${one}s-et`]: `(<${one}s> (et demi[e]{plus:${times(0.5)}}|et [un] quart{plus:${times(0.25)}}|[et] trois quarts{plus:${times(0.75)}})|{0..99:${times(1)}} virgule {0..9:${times(0.1)}} (${words})[s]|une (${about.join("|")}) ${of}(${words})s|<${one}-part>)`,
    [`${one}-part`]: part,
  };
}

/** "une dizaine de minutes" */
const ABOUT = {
  dizaine: 10,
  douzaine: 12,
  quinzaine: 15,
  vingtaine: 20,
  trentaine: 30,
  quarantaine: 40,
  cinquantaine: 50,
  soixantaine: 60,
  centaine: 100,
};

export const VALUES: ValueRules = {
  ...numbers("positive", 1),
  ...numbers("negative", -1),
  number: "(<whole-positive>|moins <whole-negative>)",
  percent: "({0..100:1}[ <decimals-positive>| <fraction-positive>]|<share>)[ pour cent[s]]",
  share: "([la] moitié{plus:50}|[un|le] quart{plus:25}|[les] trois quarts{plus:75})",

  ...unit("seconde", 1, "[une] demi[e] seconde{plus:0.5}", "de "),
  ...unit(
    "minute",
    60,
    "([une] demi[e] minute{plus:30}|un quart de minute{plus:15}|trois quarts de minute{plus:45})",
    "de ",
  ),
  ...unit(
    "heure",
    3600,
    "([une] demi[e] heure{plus:1800}|[un] quart d'heure{plus:900}|[les] trois quarts d'heure{plus:2700})",
    "d'",
  ),
  ...unit("jour|journée", 86_400, "[une] demi[e] journée{plus:43200}", "de "),
  ...unit("semaine", 604_800, "[une] demi[e] semaine{plus:302400}", "de "),
  duration: `(<secondes>|<minutes>[ [et] <secondes>]|<heures>[ [et] <minutes>][ [et] <secondes>]|<jours>[ [et] <heures>][ [et] <minutes>][ [et] <secondes>]
    |<semaines>[ [et] <jours>][ [et] <heures>]|<secondes-et>|<minutes-et>|<heures-et>|<jours-et>|<semaines-et>|<clock-like>)`,
  // "une heure vingt", "deux minutes trente"
  "clock-like": "({0..23:3600} heure[s] {1..59:60}|{1..59:60} minute[s] {1..59:1})",

  time: "(<morning-clock>[ du matin| (de l'après midi|du soir){plus:720}]|<day-clock>[ du (matin|soir)| de l'après midi]|<named>)",
  "morning-clock": "{1..11:60} heure[s] [<minutes-after>] [pile|précise[s]]",
  "day-clock": "({0..0:60}|{12..23:60}) heure[s] [<minutes-after>] [pile|précise[s]]",
  named: "(midi{plus:720}|minuit{plus:0}) [<minutes-after>] [pile|précise[s]]",
  "minutes-after":
    "([et] {1..59:1} [minute[s]]|zéro {1..9:1}|et demi[e]{plus:30}|et [un] quart{plus:15}|[et] trois quarts{plus:45}|moins ([le|un] quart{plus:-15}|{1..29:-1} [minute[s]]))",
};
