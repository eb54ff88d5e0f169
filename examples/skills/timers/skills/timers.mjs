// Timers ("set a pasta timer for nine minutes") and alarms ("wake me at half past six"), which survive a restart.
import { alert, every, language, now, onIntent, onStart, persisted, sayDuration } from "earshot/skills";
import { WORDS } from "./_words.mjs";

/** If a timer or alarm rang while Earshot was not running, it is announced up to this long afterwards, ms. */
const STILL_NEWS_MS = 60 * 60_000;

const memory = persisted({
  /** @type {{ name: string, endsMs: number }[]} */
  timers: [],
  /** @type {{ at: string, ringsMs: number }[]} */
  alarms: [],
});
const words = WORDS[language()];
let lastTickMs = now();

onIntent("SetTimer", ({ slots: { name = "", length } }) => {
  memory.timers = memory.timers.filter((timer) => timer.name !== name || name === "");
  memory.timers.push({ name, endsMs: now() + length * 1_000 });
  return words.timerSet(name, sayDuration(length));
});

onIntent("TimeLeft", ({ slots: { name } }) => {
  const timers = memory.timers.filter((timer) => name === undefined || timer.name === name);
  if (timers.length === 0) return words.noTimer;
  const next = timers.reduce((a, b) => (a.endsMs <= b.endsMs ? a : b));
  return words.timeLeft(next.name, sayDuration((next.endsMs - now()) / 1_000));
});

onIntent("CancelTimer", ({ slots: { name } }) => {
  const before = memory.timers.length;
  memory.timers = memory.timers.filter((timer) => name !== undefined && timer.name !== name);
  return memory.timers.length < before ? words.timersCancelled : words.noTimer;
});

onIntent("SetAlarm", ({ slots: { at } }) => {
  memory.alarms.push({ at, ringsMs: nextTime(at, now()) });
  return words.alarmSet(at);
});

onIntent("CancelAlarm", () => {
  const had = memory.alarms.length > 0;
  memory.alarms = [];
  return had ? words.alarmsCancelled : words.noAlarm;
});

every("1s", ring);
onStart(ring); // announces what ended while Earshot was not running

function ring() {
  followClock();
  const nowMs = now();
  for (const { name, endsMs } of take("timers", (timer) => timer.endsMs <= nowMs)) {
    if (nowMs - endsMs < STILL_NEWS_MS) tell(words.timerEnds(name));
  }
  for (const { at, ringsMs } of take("alarms", (alarm) => alarm.ringsMs <= nowMs)) {
    if (nowMs - ringsMs < STILL_NEWS_MS) tell(words.alarmRings(at));
  }
}

function tell(text) {
  alert(text, { cooldown: 0 });
}

/** Removes and returns the entries that are due. */
function take(list, isDue) {
  const due = memory[list].filter(isDue);
  if (due.length > 0) memory[list] = memory[list].filter((item) => !isDue(item));
  return due;
}

/** For a clock that was set back: a timer is a duration and moves along; an alarm is a time of day and stays. */
function followClock() {
  const jumpMs = now() - lastTickMs;
  lastTickMs = now();
  if (jumpMs >= 0) return;
  for (const timer of memory.timers) timer.endsMs += jumpMs;
}

/** "06:30" → the next time that clocks show it, ms since 1970. */
function nextTime(at, fromMs) {
  const [hours, minutes] = at.split(":").map(Number);
  const time = new Date(fromMs);
  time.setHours(hours, minutes, 0, 0);
  if (time.getTime() <= fromMs) time.setDate(time.getDate() + 1);
  return time.getTime();
}
