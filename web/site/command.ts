// SPDX-License-Identifier: Apache-2.0
// `mayfly site` as a function of its arguments: the program is this and the process around it.
import { resolve } from 'node:path';
import { buildSite, outputWithin, type BuildContext } from './build-site.js';
import { closest } from './did-you-mean.js';
import { SiteError } from './errors.js';
import { ExtractCache } from './extract-cache.js';
import { GENERAL_HELP, siteHelp } from './help-text.js';
import { percent, tooFewFound } from './questions-report.js';
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

/** The site, and its questions where there are some; what asks them is loaded only then. */
async function buildAndAsk(
  settings: SiteSettings,
  context: BuildContext,
  { err, cwd, packageFolder }: Surroundings,
): Promise<Report> {
  if (settings.questions === undefined) {
    if (settings['questions-min'] === undefined) return buildSite(settings, context);
    throw new SiteError('invalid-option', '--questions-min needs --questions FILE');
  }
  const { prepareQuestions, answerQuestions } = await import('./questions.js');
  const around = { cwd, packageFolder, say: settings.quiet ? () => {} : err };
  const prepared = await prepareQuestions(settings, around);
  const report = await buildSite(settings, context);
  const questions = await answerQuestions(prepared, settings, report.output, around);
  return { ...report, questions };
}

function answersError({ questions }: Report): SiteError | undefined {
  if (!questions || !tooFewFound(questions)) return undefined;
  const { found, asked, share, top, least } = questions;
  return new SiteError(
    'too-few-found',
    `${found} of ${asked} questions (${percent(share)}) have their answer in the top ${top}, ` +
      `and --questions-min asks for ${least} %`,
  );
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
  const report = await buildAndAsk(settings, context, around);
  printReport(report, settings, around);
  if (settings.serve || settings.watch) await stayRunning(settings, context, around);
  // The report on standard output says what is the matter already.
  const failures = [answersError(report), strictError(report, settings)].filter((one) => !!one);
  for (const { message, code } of failures) around.err(`mayfly: ${message} [${code}]`);
  return failures[0]?.exitCode ?? 0;
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
