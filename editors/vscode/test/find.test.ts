import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { expand, findServer, type Surroundings } from "../src/find";

function around(files: string[], more: Partial<Surroundings> = {}): Surroundings {
  return {
    folders: ["/project/app"],
    trusted: true,
    env: { PATH: "/usr/local/bin:/usr/bin", HOME: "/home/me" },
    platform: "linux",
    isExecutable: (file) => files.includes(file),
    ...more,
  };
}

const ENVIRONMENT = "/project/app/.venv/bin/golint-maps";
const SYSTEM = "/usr/bin/golint-maps";

test("the path of the settings comes first", () => {
  const found = findServer("/opt/golint-maps", around(["/opt/golint-maps", ENVIRONMENT, SYSTEM]));
  assert.equal(found.file, "/opt/golint-maps");
});

test("a path of the settings that is wrong is not replaced by another server", () => {
  const found = findServer("/opt/golint-maps", around([ENVIRONMENT, SYSTEM]));
  assert.deepEqual(found, { file: undefined, looked: ["/opt/golint-maps"] });
});

test("a bare name in the settings is looked up on the PATH", () => {
  assert.equal(findServer("golint-maps-dev", around(["/usr/bin/golint-maps-dev"])).file, "/usr/bin/golint-maps-dev");
  assert.equal(findServer("golint-maps-dev", around([SYSTEM])).file, undefined);
});

test("the virtual environment of the workspace comes before the PATH", () => {
  assert.equal(findServer("", around([ENVIRONMENT, SYSTEM])).file, ENVIRONMENT);
  assert.equal(findServer("  ", around([SYSTEM])).file, SYSTEM);
});

test("the second folder of a workspace counts too", () => {
  const found = findServer("", around(["/project/lib/venv/bin/golint-maps"], { folders: ["/project/app", "/project/lib"] }));
  assert.equal(found.file, "/project/lib/venv/bin/golint-maps");
});

test("a workspace that is not trusted has no say", () => {
  assert.equal(findServer("", around([ENVIRONMENT, SYSTEM], { trusted: false })).file, SYSTEM);
  assert.equal(findServer("", around([ENVIRONMENT], { trusted: false })).file, undefined);
});

test("the active virtual environment comes before the PATH", () => {
  const env = { PATH: "/usr/bin", VIRTUAL_ENV: "/home/me/env" };
  assert.equal(findServer("", around(["/home/me/env/bin/golint-maps", SYSTEM], { env })).file, "/home/me/env/bin/golint-maps");
});

test("relative folders on the PATH are passed over", () => {
  const env = { PATH: ".:bin:/usr/bin" };
  assert.equal(findServer("", around(["golint-maps", "bin/golint-maps", SYSTEM], { env })).file, SYSTEM);
});

test("on Windows it is an exe in Scripts", () => {
  const file = "C:\\app\\.venv\\Scripts\\golint-maps.exe";
  assert.equal(findServer("", around([file], { platform: "win32", folders: ["C:\\app"], env: {} })).file, file);
});

test("what was looked at is told", () => {
  const found = findServer("", around([]));
  assert.ok(found.file === undefined && found.looked.includes("/project/app/.venv/bin") && found.looked.includes("the PATH"));
});

test("home and workspace folder are filled in", () => {
  assert.equal(expand("~/bin/golint-maps", around([])), "/home/me/bin/golint-maps");
  assert.equal(expand("${workspaceFolder}/x", around([])), "/project/app/x");
  assert.equal(expand("/a~/x", around([])), "/a~/x");
});

test("every setting of the server that is sent is declared", () => {
  const manifest = JSON.parse(readFileSync("package.json", "utf-8"));
  const declared = Object.keys(manifest.contributes.configuration.properties);
  const source = readFileSync("src/extension.ts", "utf-8");
  const sent = /const keys = \[([^\]]*)\]/.exec(source)?.[1].match(/\w+/g) ?? [];
  assert.ok(sent.length > 5);
  for (const key of sent) {
    assert.ok(declared.includes(`golintMaps.${key}`), key);
  }
});
