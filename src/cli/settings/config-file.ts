import { existsSync } from "node:fs";
import path from "node:path";
import { readYaml } from "../../base/yaml/read-yaml.ts";
import type { YamlValue } from "../../base/yaml/yaml-value.ts";
import type { FoundSetting } from "./found-setting.ts";
import { SETTING_KEYS, SETTINGS, type SettingKey } from "./settings.ts";

const DEFAULT_FILE = "earshot.yaml";

/**
 * The settings of `given`; without it those of `earshot.yaml`, which may be absent.
 * @throws EarshotError CONFIG_INVALID with the place of the mistake
 */
export function readConfigFile(given: string | undefined): Map<SettingKey, FoundSetting> {
  const file = given ?? DEFAULT_FILE;
  if (given === undefined && !existsSync(file)) return new Map();
  const base = path.dirname(path.resolve(file));
  const root = readYaml(file, { code: "CONFIG_INVALID", expected: 'expected "key: value" lines' });
  const found = root.record(SETTING_KEYS, "earshot.yaml (see docs/configuration.md)");
  return new Map(
    SETTING_KEYS.flatMap((key) => {
      const node = found.get(key);
      return node === undefined ? [] : [[key, { values: readValues(key, node), base }] as const];
    }),
  );
}

function readValues(key: SettingKey, node: YamlValue): FoundSetting["values"] {
  const { many, default: usual } = SETTINGS[key];
  const isFlag = typeof usual === "boolean";
  return (many === true ? node.itemsOrOne() : [node]).map((item) => ({
    text: isFlag ? item.flagText() : item.writtenText(),
    origin: `${item.place()}: ${key}`,
  }));
}
