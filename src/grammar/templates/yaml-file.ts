import { readYaml } from "../../base/yaml/read-yaml.ts";
import type { YamlValue } from "../../base/yaml/yaml-value.ts";

/** Reads a YAML file of templates or lists. Throws TEMPLATES_INVALID with the place of the first mistake. */
export function readYamlFile(path: string): YamlValue {
  return readYaml(path, {
    code: "TEMPLATES_INVALID",
    expected: "expected keys such as intents, lists or expansion_rules",
    empty: "the file is empty: write intents or lists into it",
  });
}
