// For `setupFiles` in a vitest configuration: every test that leaves something behind fails.
import { guardLeaks } from "./leaks/guard-leaks.ts";

guardLeaks();
