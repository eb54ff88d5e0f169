import { createServer } from "node:http";
import { createTerminus } from "@godaddy/terminus";
import { all, begin, LIMIT_MS } from "./scenario.mjs";

const server = createServer().listen(0, "127.0.0.1");
createTerminus(server, { signals: ["SIGTERM", "SIGINT"], timeout: LIMIT_MS, onSignal: all });
begin();
