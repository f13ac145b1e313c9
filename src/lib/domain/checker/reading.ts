import type { Form } from '../facts/forms.ts';
import type { DateMention, TimeMention } from '../facts/recognise.ts';
import type { Calendar, Known } from './calendar.ts';
import type { Sentence } from './sentences.ts';

/** One sentence of a paragraph before the rules. Positions are those of the paragraph's text. */
export type Reading = { text: string; sentence: Sentence; calendar: Calendar };

/** A live fact in a paragraph, where the text has one character for it. */
export type FactMention = { at: number; kind: string; of: string; form: string };

/** Whose day a live fact shows, and how. */
export type Live = { known: Known; form: Form };

/** A day in a sentence: typed, or shown by a live fact. */
export type DayMention = DateMention & { live?: Live };

export type Mentions = {
	/** Typed ones. */
	dates: readonly DateMention[];
	/** Typed and live ones, by place. */
	days: readonly DayMention[];
	times: readonly TimeMention[];
	facts: readonly FactMention[];
};
