import { guestPort } from "../../workers/guest-port.ts";
import type { FromThread, ToThread } from "../protocol.ts";
import { SkillThread } from "../thread/skill-thread.ts";
import { setThread } from "../thread/the-thread.ts";

const port = guestPort<ToThread, FromThread>();
if (port === undefined) throw new Error("The thread of skills is started by a SkillHost only");
const thread = new SkillThread(port);
setThread(thread);
await thread.run();
