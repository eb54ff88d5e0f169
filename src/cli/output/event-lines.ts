import type { CleanupReport } from "../../lifetime/cleanup/cleanup-report.ts";
import type { RunEvent } from "../../run/run-events.ts";
import { describeUnderstanding } from "./output.ts";

/** Remedy for a word without a pronunciation. */
export const UNSAYABLE_REMEDY = "give each a pronunciation under pronounce: (docs/templates.md)";

/** An event as a line for people. Undefined: nothing that a person needs a line for. */
export function describeEvent(event: RunEvent): string | undefined {
  switch (event.type) {
    case "ready":
      return "listening; Ctrl+C ends";
    case "intent":
      return describeUnderstanding(event);
    case "wake":
      return event.by === "request" ? "listening now" : `awake: ${event.text}`;
    case "asleep":
      return "asleep again";
    case "ignored":
      return `ignored: ${event.reason.replaceAll("-", " ")}`;
    case "error":
      return event.code === "LOG_FAILED" ? undefined : `failed: ${event.message}`;
    case "reply":
      return `says: ${event.text}`;
    case "reply-end":
      return describeReplyEnd(event);
    case "checked": {
      const value = event.value === undefined ? "" : `, so ${String(event.value)}`;
      return `${event.intent}: ${event.slot} is ${event.outcome}${value}`;
    }
    case "handled":
      return describeHandled(event);
    case "microphone":
      return describeMicrophone(event);
    case "skills":
      return describeSkills(event);
    case "templates":
      return describeTemplates(event);
    case "skill-log":
      return `[${event.skill}] ${event.level === "info" ? "" : `${event.level}: `}${event.message}`;
    case "alert":
      return `[${event.skill}] alert: ${event.name}`;
    case "shutdown":
      return describeReport(event.report);
    case "skill-lifecycle":
      return event.ok === false ? `[${event.skill}] ${event.hook} failed` : undefined;
    case "final": // the intent, or why there is none, tells more
    case "partial":
    case "speech-start":
    case "speech-end":
      return undefined;
  }
}

type Event<T extends RunEvent["type"]> = Extract<RunEvent, { type: T }>;

function describeReplyEnd({ outcome, message }: Event<"reply-end">): string | undefined {
  if (outcome === "failed") return `reply failed: ${message ?? ""}`;
  return outcome === "dropped" ? "reply dropped: too many were waiting" : undefined;
}

function describeHandled({ intent, handled, message }: Event<"handled">): string | undefined {
  if (message !== undefined) return `failed: ${intent}: ${message}`;
  return handled ? undefined : `nothing done: no skill takes ${intent}, or its rules refuse it`;
}

function describeMicrophone(event: Event<"microphone">): string {
  switch (event.state) {
    case "lost":
      return `microphone lost: ${event.message} Again in ${event.retryInMs / 1000} s`;
    case "opened":
      return `microphone is back (${event.recorder}) after ${(event.deafMs / 1000).toFixed(1)} s`;
    case "dropped":
      return `too slow: ${event.droppedMs} ms of audio lost`;
  }
}

function describeSkills(event: Event<"skills">): string {
  const { state, skills = [], reason, message, tookMs, retryInMs = 0, cleanupFailures = 0 } = event;
  const names = skills.length === 0 ? "none" : skills.join(", ");
  switch (state) {
    case "loaded":
      return `skills: ${names}`;
    case "reloaded": {
      const bad = cleanupFailures > 0 ? `; ${cleanupFailures} cleanups failed` : "";
      return `skills reloaded (${reason}) in ${Math.round(tookMs ?? 0)} ms: ${names}${bad}`;
    }
    case "failed":
      return `skills not reloaded, those before run on: ${message}`;
    case "crashed":
      return `skill crashed (${names}): ${message}; loaded again in ${retryInMs / 1000} s`;
  }
}

function describeTemplates(event: Event<"templates">): string {
  if (event.state === "failed")
    return `templates not reloaded, those before stay: ${event.message}`;
  const { unsayable } = event;
  if (unsayable.length === 0) return "templates reloaded";
  return `templates reloaded; never heard: ${unsayable.join(", ")}; ${UNSAYABLE_REMEDY}`;
}

function describeReport({ entries, durationMs, reason, ok }: CleanupReport): string {
  const head = `released ${entries.length} things in ${Math.round(durationMs)} ms (${reason})`;
  if (ok) return head;
  const bad = entries.filter(({ outcome }) => outcome !== "done");
  return [head, ...bad.map((e) => `  ${e.name}: ${e.outcome}`)].join("\n");
}
