// SPDX-License-Identifier: Apache-2.0
// One source for every bundler.
import { Mayfly } from 'mayfly';
import minilmStatic from 'mayfly/minilm-static';
import { showAnswer } from './answer.js';

showAnswer(Mayfly, { staticModel: minilmStatic });
