import type { DateMention, TimeMention } from '../facts/recognise.ts';
import type { Calendar } from './calendar.ts';
import type { Sentence } from './sentences.ts';

/** One sentence of a paragraph before the rules. Positions are those of the paragraph's text. */
export type Reading = { text: string; sentence: Sentence; calendar: Calendar };

/** A live fact in a paragraph, where the text has one character for it. */
export type FactMention = { at: number; kind: string; of: string };

export type Mentions = {
	dates: readonly DateMention[];
	times: readonly TimeMention[];
	facts: readonly FactMention[];
};
