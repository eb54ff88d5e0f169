import type { SkillReply, Slots } from "../host/skill-events.ts";

const KEY = /^[a-z][\w-]*(\.[\w-]+)+$/i;

/** "lights.on" is the key of a reply; "The lights are on." is said as it is. */
export function toReply(text: string, slots: Slots = {}): SkillReply {
  const plain: Slots = JSON.parse(JSON.stringify(slots)); // parts of `state` cannot leave the thread
  return KEY.test(text) ? { key: text, slots: plain } : { text, slots: plain };
}
