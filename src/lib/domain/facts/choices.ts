/** In which forms a fact can be written, and which facts a text about a day may want. */
import type { LocalDate } from '../local-time.ts';
import type { Language } from './calendar-words.ts';
import { languages } from './calendar-words.ts';
import { acknowledged, caveatsOf, readFact, type Caveat, type Fact, type FactKind, type FactSources } from './fact.ts';
import { dateShapes, fromForm, isDateShape, isMomentShape, momentShapes, toForm, type Shape } from './forms.ts';

export type WrittenForm = { form: string; text: string };

const dated: readonly Shape[] = [...momentShapes, ...dateShapes];

/** The ways in which the same may be written, in both languages; a place or a resolution has one. */
export function formsFor(fact: Fact, sources: FactSources): WrittenForm[] {
	const present = fromForm(fact.form);
	if (!present) return [];
	const forms = languages.flatMap((language) => alike(present.shape).map((shape) => toForm({ language, shape })));
	const written = forms.flatMap((form) => {
		const reading = acknowledged({ ...fact, form }, sources) && readFact({ ...fact, form }, sources);
		return reading ? [{ form, text: reading.text }] : [];
	});
	return written.filter(
		({ form, text }, at) => form === fact.form || written.findIndex((other) => other.text === text) === at,
	);
}

function alike(shape: Shape): readonly Shape[] {
	if (isMomentShape(shape) || isDateShape(shape)) return dated;
	if (shape === 'time' || shape === 'span') return ['time', 'span'];
	return shape === 'place' || shape === 'text' ? [] : ['holder', 'office', 'holder-office'];
}

/** What of a source is offered first, and what after it. */
export const offered: Readonly<Record<FactKind, readonly Shape[]>> = {
	meeting: ['when', 'date', 'time', 'place'],
	action: ['date', 'place'],
	shift: ['span', 'when'],
	resolution: ['text'],
	office: ['holder', 'holder-office', 'office'],
};

export type Source = { kind: FactKind; of: string; what: string; day: LocalDate | null };

export type Choice = Pick<Fact, 'kind' | 'of' | 'form'> & { text: string; what: string; caveats: readonly Caveat[] };

/**
 * What can be inserted into a text about a day: what comes next first, what was long ago last; of each its likeliest form
 * before any second one. What reads as nothing (a meeting without a place) is left out,
 * and so is a motion that was rejected.
 */
export function choicesOf(
	sources: readonly Source[],
	asOf: LocalDate,
	language: Language,
	facts: FactSources,
): Choice[] {
	const sorted = sources.toSorted((a, b) => rank(a, asOf).localeCompare(rank(b, asOf)));
	const rounds = Math.max(...Object.values(offered).map((shapes) => shapes.length));
	const found: Choice[] = [];
	for (let round = 0; round < rounds; round++)
		for (const { kind, of, what } of sorted) {
			const shape = offered[kind][round];
			const form = shape && toForm({ language, shape });
			const fact = form && acknowledged({ kind, of, form }, facts);
			const reading = fact && readFact(fact, facts);
			if (!reading || reading.text === '') continue;
			const caveats = caveatsOf(reading);
			if (!caveats.includes('rejected')) found.push({ kind, of, form: fact.form, text: reading.text, what, caveats });
		}
	return found;
}

/** Sorts as text: days to come by nearness, the day itself, then what has no day, then days that were, the latest first. */
function rank({ day }: Source, asOf: LocalDate): string {
	if (day === null) return '2';
	if (day > asOf) return `0${day}`;
	if (day === asOf) return '1';
	return `3${[...day].map((digit) => (/\d/.test(digit) ? String(9 - Number(digit)) : digit)).join('')}`;
}

/** The choices that hold every word that was typed. */
export function narrow<C extends Pick<Choice, 'text' | 'what'>>(choices: readonly C[], query: string): C[] {
	const words = query.toLowerCase().split(/\s+/).filter(Boolean);
	return choices.filter(({ text, what }) => {
		const all = `${text} ${what}`.toLowerCase();
		return words.every((word) => all.includes(word));
	});
}
