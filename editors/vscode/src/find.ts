// Which server to start. No part of VS Code is needed here, so that it can be tested without it.

import * as os from "node:os";
import * as path from "node:path";

/** What the search may look at: the folders of the workspace, the environment, and whether a file can be started. */
export interface Surroundings {
  folders: readonly string[];
  trusted: boolean;
  env: Readonly<Record<string, string | undefined>>;
  platform: NodeJS.Platform;
  isExecutable(file: string): boolean;
}

/** Where the server was found, or where it was looked for in vain. */
export type Found = { file: string; why: string } | { file: undefined; looked: string[] };

/**
 * The server to start: the one of the settings, or else that of a virtual environment of the workspace, or else the
 * first one on the PATH. A workspace that is not trusted has no say in it.
 */
export function findServer(setting: string, around: Surroundings): Found {
  const paths = around.platform === "win32" ? path.win32 : path.posix;
  const names = around.platform === "win32" ? ["golint-maps.exe", "golint-maps.cmd"] : ["golint-maps"];
  const looked: string[] = [];
  const first = (folder: string): string | undefined => {
    looked.push(folder);
    return names.map((name) => paths.join(folder, name)).find((file) => around.isExecutable(file));
  };
  if (setting.trim() !== "") {
    const named = expand(setting.trim(), around);
    if (!named.includes("/") && !named.includes(paths.sep)) {
      const file = onPath(named, around, paths);
      return file === undefined ? { file: undefined, looked: [`${named} on the PATH`] } : { file, why: "settings" };
    }
    if (around.isExecutable(named)) {
      return { file: named, why: "settings" };
    }
    return { file: undefined, looked: [named] };
  }
  const bin = around.platform === "win32" ? "Scripts" : "bin";
  if (around.trusted) {
    for (const folder of around.folders) {
      for (const environment of [".venv", "venv"]) {
        const file = first(paths.join(folder, environment, bin));
        if (file !== undefined) {
          return { file, why: "virtual environment of the workspace" };
        }
      }
    }
  }
  const active = around.env.VIRTUAL_ENV;
  if (active) {
    const file = first(paths.join(active, bin));
    if (file !== undefined) {
      return { file, why: "active virtual environment" };
    }
  }
  for (const name of names) {
    const file = onPath(name, around, paths);
    if (file !== undefined) {
      return { file, why: "PATH" };
    }
  }
  return { file: undefined, looked: [...looked, "the PATH"] };
}

/** A path of the settings with `~` and `${workspaceFolder}` filled in. */
export function expand(text: string, around: Pick<Surroundings, "folders" | "env">): string {
  const home = around.env.HOME ?? around.env.USERPROFILE ?? os.homedir();
  const folder = around.folders[0] ?? "";
  return text.replace(/^~(?=$|[/\\])/, () => home).replace(/\$\{workspaceFolder\}/g, () => folder);
}

function onPath(name: string, around: Surroundings, paths: path.PlatformPath): string | undefined {
  const folders = (around.env.PATH ?? around.env.Path ?? "").split(paths.delimiter);
  // A relative folder on the PATH would be one of whatever is the working directory, perhaps of the workspace.
  return folders
    .filter((folder) => paths.isAbsolute(folder))
    .map((folder) => paths.join(folder, name))
    .find((file) => around.isExecutable(file));
}
