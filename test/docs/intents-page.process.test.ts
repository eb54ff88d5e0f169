import { testExamples } from "./page-examples.ts";

testExamples("docs/intents.md");
