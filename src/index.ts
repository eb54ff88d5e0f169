export { EarshotError, type EarshotErrorCode } from "./errors.ts";
