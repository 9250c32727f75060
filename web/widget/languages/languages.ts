// SPDX-License-Identifier: Apache-2.0
// The widget's words by primary language subtag.
import { en } from './en.js';
import { de } from './de.js';
import { fr } from './fr.js';
import { es } from './es.js';
import { pt } from './pt.js';
import { it } from './it.js';
import { nl } from './nl.js';
import { pl } from './pl.js';
import { ru } from './ru.js';
import { ja } from './ja.js';
import { zh } from './zh.js';
import { ar } from './ar.js';

export type { MessageKey, Plurals, Texts } from './en.js';

export const LANGUAGES = { en, de, fr, es, pt, it, nl, pl, ru, ja, zh, ar };
