// SPDX-License-Identifier: Apache-2.0
// Words that carry no meaning of their own, in the languages of the widget that have them: marking each
// "the" of a text hides the words that matter. They are still searched.
const FUNCTION_WORDS = new Set(
  // English, German, French
  (
    'a an and are as at be by can do does for from get how i if in is it me my of on or our that the ' +
    'this to we what when where which who why will with you your ' +
    'aber als auf aus bei bin das dem den der die du ein eine einen er es für ich im ist kann man mein ' +
    'mit nicht oder sich sie sind und von was wer wie wir wird wo zu zum zur ' +
    'au aux avec ce ces cette comment dans de des du elle en est et il je la le les leur ma mais mon ne ' +
    'nous ou où par pas pour que qui sa se ses son sont sur un une vous ' +
    // Spanish, Portuguese, Italian
    'al como con cuando del donde el ella es esta este hay lo los las mi no para pero por qué quién se ' +
    'si sin su una uno y ao com da das do dos e ele em essa este eu isso meu na nas no nos o os ou quem ' +
    'são sem seu uma um che chi ci come con cosa da dal della delle di dove gli ho il io lo mio nel non ' +
    'per più quando sono sul un ' +
    // Dutch, Polish, Russian
    'bij dat de een en er het hoe ik in is met mijn naar niet of op te uit van voor waar wat we wie zijn ' +
    'zo co czy dla do gdzie i jak jest kto mi na nie o od po się są to w z za że ' +
    'а без в во вы где да для до его и из или к как когда кто мне мой мы на не но о об от по с со так то ' +
    'у что это я'
  ).split(' '),
);

/** The ranges whose words carry meaning. */
export function tellingMatches<Range extends readonly [number, number]>(
  text: string,
  ranges: readonly Range[],
): readonly Range[] {
  return ranges.filter(([begin, end]) => !FUNCTION_WORDS.has(text.slice(begin, end).toLowerCase()));
}
