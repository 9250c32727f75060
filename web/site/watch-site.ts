// SPDX-License-Identifier: Apache-2.0
import { watch } from 'chokidar';
import { relative, sep } from 'node:path';

/** Generators write many files in a row: one build when they have been quiet for so long. */
const QUIET_MS = 150;

export interface Watching {
  close(): Promise<void>;
}

/**
 * Calls `build` after changes in `folder`, never twice at once; changes during a build lead to another.
 * `output` is what the build itself writes, relative to `folder`. Resolves when watching has begun.
 */
export async function watchSite(
  folder: string,
  output: string,
  build: () => Promise<void>,
): Promise<Watching> {
  const own = (path: string) => {
    const inside = relative(folder, path).split(sep).join('/');
    return (
      inside === output ||
      inside.startsWith(`${output}/`) ||
      /(?:^|\/)node_modules(?:\/|$)/.test(inside)
    );
  };
  const watcher = watch(folder, { ignoreInitial: true, ignored: own });
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let again = false;
  const run = () => {
    if (running) {
      again = true;
      return;
    }
    running = build().finally(() => {
      running = undefined;
      if (again) {
        again = false;
        run();
      }
    });
  };
  watcher.on('all', (_event, path) => {
    if (!/\.x?html?$/i.test(path)) return;
    clearTimeout(timer);
    timer = setTimeout(run, QUIET_MS);
  });
  await new Promise<void>((ready) => watcher.once('ready', ready));
  return {
    close: async () => {
      clearTimeout(timer);
      await watcher.close();
      await running;
    },
  };
}
