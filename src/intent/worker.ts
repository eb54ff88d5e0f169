import { serve } from "../workers/serve.ts";
import { IntentSession } from "./intent-session.ts";
import type { IntentProtocol } from "./protocol.ts";

const session = new IntentSession();

serve<IntentProtocol>({
  load: (request) => session.load(request),
  classify: ({ text, context }) => session.classify(text, context),
});
