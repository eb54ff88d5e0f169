/** The folder that holds package.json: two levels above src/cli, three above dist/src/cli. */
export function packageRoot(): URL {
  return new URL(import.meta.url.endsWith(".ts") ? "../../" : "../../../", import.meta.url);
}
