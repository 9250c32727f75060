// SPDX-License-Identifier: Apache-2.0
// The demo's handbook as its page adds it to a collection (some 3,000 passages), and questions of its readers.
import path from 'node:path';
import { readHandbook } from '../../demo/corpus/handbook.mjs';
import { breadthFirst, pageToPassages } from '../../demo/corpus/passages.mjs';
import { root } from './places.mjs';

export async function handbookPassages() {
  const pages = await readHandbook(path.join(root, 'demo/site/content/pages'));
  return breadthFirst(pages.map(pageToPassages));
}

export const handbookQuestions = [
  'my laptop was stolen, what now',
  'time off for a new baby',
  'who pays for my train ticket',
  'screen reader for blind users',
  'can I work from another country',
  'giving feedback to the person I manage',
  'how do I ask for a raise',
  'what to do on my first day',
  'buying software with a credit card',
  'is it allowed to have a second job',
  'getting help when I feel burnt out',
  'how are interviews scored',
  'where do I log my hours',
  'talking to journalists',
  'publishing code as open source',
  'someone treats me unfairly at work',
  'booking a hotel for a conference',
  'leaving the organisation',
  'security rules for passwords',
  'how to name a chat channel',
];
