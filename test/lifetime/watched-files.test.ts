import { mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { deferred } from "../../src/base/waiting/deferred.ts";
import { type FileSurvey, WatchedFiles } from "../../src/lifetime/resources/watched-files.ts";
import { folderWith } from "../grammar/templates-of.ts";

function surveyOf(file: string): FileSurvey {
  const found = statSync(file, { throwIfNoEntry: false });
  return { folders: [path.dirname(file)], fingerprint: `${found?.size} ${found?.ino}` };
}

/** Watches a file; `changed()` resolves at the next change. */
function watching(file: string, seen = surveyOf(file).fingerprint) {
  let next = deferred();
  const watched = new WatchedFiles({
    survey: () => surveyOf(file),
    seen,
    onChange: () => next.resolve(),
  });
  onTestFinished(() => watched[Symbol.dispose]());
  return {
    changed: async () => {
      await next.promise;
      next = deferred();
      return true;
    },
  };
}

test("an edit and a file that replaces another are noticed", async () => {
  const file = path.join(folderWith({ "a.yaml": "a" }), "a.yaml");
  const watched = watching(file);
  writeFileSync(file, "longer");
  expect(await watched.changed()).toBe(true);
  writeFileSync(`${file}~`, "longer");
  renameSync(`${file}~`, file);
  expect(await watched.changed()).toBe(true);
});

test("a change since the caller last looked is noticed without another one", async () => {
  const file = path.join(folderWith({ "a.yaml": "a" }), "a.yaml");
  const { fingerprint } = surveyOf(file);
  writeFileSync(file, "edited while the caller loaded it");
  expect(await watching(file, fingerprint).changed()).toBe(true);
});

test("a folder that disappears and returns is watched again", async () => {
  const root = folderWith({});
  const file = path.join(root, "sub", "a.yaml");
  mkdirSync(path.dirname(file));
  writeFileSync(file, "a");
  const watched = watching(file);
  rmSync(path.dirname(file), { recursive: true });
  expect(await watched.changed()).toBe(true);
  mkdirSync(path.dirname(file));
  writeFileSync(file, "again");
  expect(await watched.changed()).toBe(true);
});

test("after it is disposed nothing is reported", async () => {
  const file = path.join(folderWith({ "a.yaml": "a" }), "a.yaml");
  const calls: string[] = [];
  const watched = new WatchedFiles({
    survey: () => surveyOf(file),
    seen: "something else",
    onChange: () => calls.push("changed"),
  });
  watched[Symbol.dispose]();
  const other = watching(file, "something else");
  expect(await other.changed()).toBe(true);
  expect(calls).toEqual([]);
});
