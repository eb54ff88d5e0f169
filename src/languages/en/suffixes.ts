/** Forms of what follows an English apostrophe, by the phone before it: "kettle's", "alexa's", "fridge's", "john'll". */
export function suffixForms(suffix: string, lastPhone: string): readonly string[] | undefined {
  switch (suffix) {
    case "s":
      if (/^(s|z|ʃ|ʒ|tʃ|dʒ)$/.test(lastPhone)) return ["ɪ z", "ə z"];
      return /^(p|t|k|f|θ)$/.test(lastPhone) ? ["s"] : ["z"];
    case "ll":
      return ["ə l", "l"];
    case "d":
      return /^[td]$/.test(lastPhone) ? ["ə d", "ɪ d"] : ["d", "ə d"];
    case "ve":
      return ["ə v", "v"];
    case "re":
      return ["ɚ"];
    case "m":
      return ["m"];
    case "t":
      return ["t"];
    default:
      return undefined;
  }
}
