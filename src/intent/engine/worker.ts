import { serve } from "../../workers/serve.ts";
import { IntentSession } from "./intent-session.ts";
import type { IntentProtocol } from "./protocol.ts";

const session = new IntentSession();

serve<IntentProtocol>(
  {
    load: (request, { native }) => session.load(request, native),
    classify: (request, { native }) => session.classify(request, native),
  },
  { close: ({ native }) => session.close(native) },
);
