/** The replies of the timers. */
export const WORDS = {
  en: {
    timerSet: (name, length) => `${name ? `The ${name} timer` : "The timer"} is set: ${length}.`,
    timeLeft: (name, length) => `${length} left${name ? ` for the ${name}` : ""}.`,
    timerEnds: (name) => (name ? `The ${name} timer is over.` : "The timer is over."),
    timersCancelled: "The timer is cancelled.",
    noTimer: "There is no timer.",
    alarmSet: (at) => `I wake you at ${at}.`,
    alarmRings: (at) => `It is ${at}. Time to get up!`,
    alarmsCancelled: "The alarm is cancelled.",
    noAlarm: "There is no alarm.",
  },
  fr: {
    timerSet: (name, length) => `Le minuteur${name && ` ${name}`} est lancé : ${length}.`,
    timeLeft: (name, length) => `Il reste ${length}${name && ` pour ${name}`}.`,
    timerEnds: (name) => `Le minuteur${name && ` ${name}`} est terminé.`,
    timersCancelled: "Le minuteur est annulé.",
    noTimer: "Il n'y a pas de minuteur.",
    alarmSet: (at) => `Je vous réveille à ${at}.`,
    alarmRings: (at) => `Il est ${at}, debout !`,
    alarmsCancelled: "Le réveil est annulé.",
    noAlarm: "Il n'y a pas de réveil.",
  },
};
