// Starts `golint-maps lsp` and connects it with VS Code. All else is the server's business.

import { accessSync, constants, statSync } from "node:fs";
import * as vscode from "vscode";
import { LanguageClient, RevealOutputChannelOn, type LanguageClientOptions } from "vscode-languageclient/node";
import { findServer } from "./find";

const SECTION = "golintMaps";
// A change of these is one of the process; the server asks for the others by itself.
const STARTING = ["enable", "path", "args"].map((key) => `${SECTION}.${key}`);
const INSTALL = "How to install it";

let client: LanguageClient | undefined;
let channel: vscode.LogOutputChannel;
// Starting and stopping one after the other, however often it is asked for.
let turn: Promise<void> = Promise.resolve();

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  channel = vscode.window.createOutputChannel("golint-maps", { log: true });
  context.subscriptions.push(
    channel,
    vscode.commands.registerCommand("golintMaps.restart", restart),
    vscode.commands.registerCommand("golintMaps.showLog", () => channel.show()),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration((event) =>
      STARTING.some((key) => event.affectsConfiguration(key)) ? restart() : undefined,
    ),
  );
  await restart();
}

export async function deactivate(): Promise<void> {
  turn = turn.then(stop);
  await turn;
}

function restart(): Promise<void> {
  turn = turn.then(stop).then(start).catch(report);
  return turn;
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  await running?.dispose().catch(report);
}

async function start(): Promise<void> {
  const settings = vscode.workspace.getConfiguration(SECTION);
  if (!settings.get<boolean>("enable", true)) {
    return;
  }
  const folders = (vscode.workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === "file");
  const found = findServer(settings.get<string>("path", ""), {
    folders: folders.map((folder) => folder.uri.fsPath),
    trusted: vscode.workspace.isTrusted,
    env: process.env,
    platform: process.platform,
    isExecutable,
  });
  if (found.file === undefined) {
    channel.warn(`no golint-maps in ${found.looked.join(", ")}`);
    void explain();
    return;
  }
  channel.info(`starting ${found.file} (${found.why})`);
  const options: LanguageClientOptions = {
    documentSelector: [
      { scheme: "file", language: "go" },
      { scheme: "untitled", language: "go" },
    ],
    outputChannel: channel,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    diagnosticCollectionName: "golint-maps",
    initializationOptions: serverSettings(settings),
  };
  const run = { command: found.file, args: ["lsp", ...settings.get<string[]>("args", [])] };
  client = new LanguageClient(SECTION, "golint-maps", run, options);
  await client.start();
}

/** What the server understands, of all that can be set. */
function serverSettings(settings: vscode.WorkspaceConfiguration): Record<string, unknown> {
  const keys = ["configuration", "select", "ignore", "minLevel", "minConfidence", "scope", "delay", "codeLens", "severity"];
  return Object.fromEntries(keys.map((key) => [key, settings.get(key)]));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

async function explain(): Promise<void> {
  const text = "golint-maps was not found. Install it with pip, or set golintMaps.path.";
  const choice = await vscode.window.showWarningMessage(text, INSTALL, "Open settings");
  if (choice === INSTALL) {
    const document = await vscode.workspace.openTextDocument({
      language: "markdown",
      content: "# Install golint-maps\n\n```sh\npython3 -m venv .venv && .venv/bin/pip install 'golint-maps[lsp]'\n```\n\nThen run the command *golint-maps: Restart the server*.\n",
    });
    await vscode.window.showTextDocument(document);
  } else if (choice !== undefined) {
    await vscode.commands.executeCommand("workbench.action.openSettings", `${SECTION}.path`);
  }
}

function report(error: unknown): void {
  channel.error(error instanceof Error ? error : String(error));
  void vscode.window.showErrorMessage("golint-maps could not be started; its log says why.");
}
