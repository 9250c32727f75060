// SPDX-License-Identifier: Apache-2.0
// Which models a visitor's device is asked to load.

/** Of navigator; each may be missing. */
export interface Device {
  readonly connection?: { readonly saveData?: boolean } | undefined;
  /** In GB, as far as the browser tells. */
  readonly deviceMemory?: number | undefined;
}

/** Below, the transformer's 60 MB in memory are too much beside a page. */
const LEAST_MEMORY_GB = 2;

/** As `Mayfly.create` takes them; a URL, undefined for the default, or none. */
export interface ModelChoice {
  readonly model: string | null | undefined;
  readonly staticModel: string | undefined;
  /** The transformer was left out for the sake of the device. */
  readonly spared: boolean;
}

export interface WishedModels {
  readonly model?: string | null | undefined;
  readonly staticModel?: string | null | undefined;
}

/** What the page asks for, else what the corpus comes with; less on a device that saves. */
export function chooseModels(
  page: WishedModels,
  corpus: WishedModels,
  device: Device,
): ModelChoice {
  const pick = (name: 'model' | 'staticModel') =>
    page[name] === undefined ? corpus[name] : page[name];
  const model = pick('model');
  const saves =
    device.connection?.saveData === true ||
    (device.deviceMemory !== undefined && device.deviceMemory < LEAST_MEMORY_GB);
  return {
    model: saves ? null : model,
    staticModel: pick('staticModel') ?? undefined,
    spared: saves && model !== null,
  };
}
