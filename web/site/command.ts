// SPDX-License-Identifier: Apache-2.0
// `mayfly site` as a function of its arguments: the program is this and the process around it.
import { resolve } from 'node:path';
import { buildSite, outputWithin, type BuildContext } from './build-site.js';
import { closest } from './did-you-mean.js';
import { SiteError } from './errors.js';
import { ExtractCache } from './extract-cache.js';
import { GENERAL_HELP, siteHelp } from './help-text.js';
import { parseCall, readOptions } from './read-options.js';
import { reportText, type Report } from './report.js';
import { serveSite } from './serve-site.js';
import type { SiteSettings } from './settings.js';
import { watchSite } from './watch-site.js';

export interface Surroundings {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly packageFolder: string;
  readonly version: string;
  out(line: string): void;
  err(line: string): void;
  /** Resolves when --serve and --watch are to end. */
  untilEnded(): Promise<void>;
}

const COMMANDS = ['site'];

function asSiteError(error: unknown): SiteError {
  if (error instanceof SiteError) return error;
  const { message, code } = error as NodeJS.ErrnoException;
  // Node's own file errors say path and reason; anything else is a defect of this program.
  if (code !== undefined) return new SiteError('unreadable', message, { cause: error });
  const stack = error instanceof Error ? error.stack : String(error);
  return new SiteError('internal', `this should not happen, please report it: ${stack}`);
}

function printError(error: SiteError, json: boolean, { out, err }: Surroundings): number {
  const { code, message } = error;
  if (json) out(JSON.stringify({ error: { code, message } }));
  else err(`mayfly: ${message} [${code}]`);
  return error.exitCode;
}

function printReport(report: Report, settings: SiteSettings, { out }: Surroundings): void {
  // One line per build under --watch, so that a program can read them one by one.
  if (settings.json) out(JSON.stringify(report, undefined, settings.watch ? undefined : 2));
  else if (!settings.quiet) out(reportText(report));
}

function strictError({ warnings }: Report, { strict }: SiteSettings): SiteError | undefined {
  if (!strict || warnings.length === 0) return undefined;
  const codes = warnings.map(({ code }) => code).join(', ');
  return new SiteError(
    'warnings',
    `there are warnings, and --strict takes them as errors: ${codes}`,
  );
}

async function stayRunning(
  settings: SiteSettings,
  context: BuildContext,
  around: Surroundings,
): Promise<void> {
  const folder = resolve(context.cwd, settings.folder);
  const say = settings.json || settings.quiet ? () => {} : around.out;
  const rebuild = async () => {
    try {
      printReport(await buildSite(settings, context), settings, around);
    } catch (error) {
      printError(asSiteError(error), settings.json === true, around);
    }
  };
  const watching = settings.watch
    ? await watchSite(folder, outputWithin(folder, settings.output), rebuild)
    : undefined;
  const served = settings.serve ? await serveSite(folder, settings.host, settings.port) : undefined;
  if (served) say(`serving ${served.url} (Ctrl-C ends it)`);
  if (watching) say(`watching ${folder} (Ctrl-C ends it)`);
  await around.untilEnded();
  await watching?.close();
  await served?.close();
}

async function runSite(args: readonly string[], around: Surroundings): Promise<number> {
  const call = parseCall(args);
  if (call.values.help) return (around.out(siteHelp()), 0);
  if (call.values.version) return (around.out(around.version), 0);
  const settings = await readOptions(call, around.environment, around.cwd);
  const { cwd, packageFolder } = around;
  const context = { cwd, packageFolder, cache: new ExtractCache() };
  const report = await buildSite(settings, context);
  printReport(report, settings, around);
  const strict = strictError(report, settings);
  if (settings.serve || settings.watch) await stayRunning(settings, context, around);
  if (!strict) return 0;
  // The report on standard output names the warnings already.
  around.err(`mayfly: ${strict.message} [${strict.code}]`);
  return strict.exitCode;
}

function unknownCommand(name: string): SiteError {
  const hint = closest(name, COMMANDS);
  const help = hint ? `did you mean mayfly ${hint}?` : 'mayfly --help lists them';
  return new SiteError('unknown-command', `there is no command "${name}"; ${help}`);
}

/** Runs a call and returns its exit code; never throws. */
export async function run(args: readonly string[], around: Surroundings): Promise<number> {
  const [command, ...rest] = args;
  try {
    if (command === undefined || command === '--help' || command === '-h' || command === 'help') {
      around.out(GENERAL_HELP);
      return command === undefined ? 2 : 0;
    }
    if (command === '--version') return (around.out(around.version), 0);
    if (!COMMANDS.includes(command)) throw unknownCommand(command);
    return await runSite(rest, around);
  } catch (error) {
    return printError(asSiteError(error), rest.includes('--json'), around);
  }
}
