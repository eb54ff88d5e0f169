import { EMBEDDED_MODEL } from "../../src/base/package-root.ts";
import { type Calibration, openModelFolder } from "../../src/models/model-folder.ts";

/** The fitted numbers of the embedded model. */
export const CALIBRATION: Calibration = (await openModelFolder(EMBEDDED_MODEL)).card.calibration;
