import { Command, CommanderError } from "commander";
import { cleanupRegistry } from "../lifetime/cleanup/cleanup-registry.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { demoCommand } from "./commands/demo.ts";
import { intentsCommand } from "./commands/intents.ts";
import { packageVersion } from "../base/package-version.ts";
import { recognizeCommand } from "./commands/recognize.ts";
import { traceTarget } from "../trace/trace-target.ts";
import { runCommand } from "./commands/run.ts";
import { serviceCommand } from "./commands/service.ts";
import { skillsCommand } from "./commands/skills.ts";
import { statusCommand } from "./commands/status.ts";
import { traceCommand } from "./commands/trace.ts";
import { transcribeCommand } from "./commands/transcribe.ts";
import { understandCommand } from "./commands/understand.ts";

const USAGE_ERROR = 2;

/** Parses the command line and runs one command. Sets `process.exitCode`: 0 done, 1 failed, 2 usage. */
export async function main(args: readonly string[]): Promise<void> {
  // onnxruntime would leave a log of its telemetry in the temp folder. Its native code sees this thread's variables only.
  process.env["ORT_DISABLE_TELEMETRY"] ??= "1";
  if (traceTarget()?.kind === "invalid") {
    process.exitCode = USAGE_ERROR; // the trace has said what is wrong
    return;
  }
  using _signals = cleanupRegistry.installSignalHandlers();
  const program = new Command("earshot")
    .description("Voice commands that always let go: speech → intent → action.")
    .version(packageVersion())
    .showHelpAfterError("(earshot --help lists commands and options)")
    .exitOverride();
  const commands = [
    runCommand(),
    recognizeCommand(),
    transcribeCommand(),
    understandCommand(),
    intentsCommand(),
    skillsCommand(),
    statusCommand(),
    serviceCommand(),
    doctorCommand(),
    demoCommand(),
    traceCommand(),
  ];
  for (const command of commands) program.addCommand(command.copyInheritedSettings(program));
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? 0 : USAGE_ERROR; // commander has printed the message
  }
}
