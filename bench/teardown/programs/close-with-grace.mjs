import closeWithGrace from "close-with-grace";
import { all, begin, LIMIT_MS } from "./scenario.mjs";

closeWithGrace({ delay: LIMIT_MS }, all);
begin();
