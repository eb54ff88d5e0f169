import { all, begin } from "./scenario.mjs";

try {
  begin();
  await new Promise(() => {});
} finally {
  await all();
}
