// For `setupFiles` of a vitest configuration: every test of every file fails when it leaves something behind.
import { guardLeaks } from "./leaks/guard-leaks.ts";

guardLeaks();
