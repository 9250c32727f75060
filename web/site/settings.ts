// SPDX-License-Identifier: Apache-2.0

/** Checked options, under the names of the flags. */
export interface SiteSettings {
  /** Of the built site. */
  readonly folder: string;
  readonly output: string;
  readonly include: readonly string[];
  readonly exclude?: readonly string[];
  readonly 'base-url'?: string;
  readonly language?: string;
  readonly 'force-language'?: string;
  readonly 'keep-repeated'?: boolean;
  readonly compression: 'both' | 'gzip' | 'none';
  readonly 'chunk-size': number;
  readonly 'max-page-size': number;
  readonly model: string;
  readonly 'static-model': string;
  readonly 'no-assets'?: boolean;
  readonly cache?: string;
  readonly strict?: boolean;
  readonly questions?: string;
  readonly 'questions-top': number;
  readonly 'questions-min'?: number;
  readonly 'dry-run'?: boolean;
  readonly serve?: boolean;
  readonly port: number;
  readonly host: string;
  readonly watch?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}
