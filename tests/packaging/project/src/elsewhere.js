// SPDX-License-Identifier: Apache-2.0
// For a bundle that has none of the package's files beside it.
import { Mayfly } from 'mayfly';
import { showAnswer } from './answer.js';

showAnswer(Mayfly, {
  workerUrl: '/mayfly/worker.js',
  model: '/mayfly/models/minilm.json',
  staticModel: '/mayfly/models/minilm-static.json',
});
