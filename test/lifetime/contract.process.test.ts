import { describe, expect, test } from "vitest";
import { contract } from "./contract/contract.ts";

/** `npm run stress` runs them as often as the contract demands. */
const TIMES = Number(process.env["EARSHOT_CONTRACT_TIMES"] ?? 1);

describe.each([...new Set(contract.map(({ id }) => id))])("%s", (wanted) => {
  const scenarios = contract.filter(
    ({ id, isInEveryTest = true }) => id === wanted && isInEveryTest,
  );
  test.each(scenarios)("$title", { timeout: 60_000 }, async ({ run }) => {
    for (let i = 0; i < TIMES; i++) {
      const pass = await run();
      expect(typeof pass === "number" ? pass : pass.tookMs).toBeGreaterThanOrEqual(0);
    }
  });
});
