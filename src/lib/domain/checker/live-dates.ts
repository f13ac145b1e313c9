/**
 * Live dates as the rules read them: a live fact that shows a day stands in the sentence as a typed date does, and its day is
 * the calendar's. Of what the calendar does not hold (a cancelled meeting, a deleted one) nothing is said.
 */
import { fromForm, isDateShape, isMomentShape, toForm, writeShown, type Form } from '../facts/forms.ts';
import { weekdaysAround } from '../facts/weekday-words.ts';
import type { Calendar, Known } from './calendar.ts';
import type { Mend } from './finding.ts';
import type { DayMention, FactMention, Live } from './reading.ts';

/** @param text has one character for each fact */
export function liveDates(facts: readonly FactMention[], text: string, calendar: Calendar): DayMention[] {
	return facts.flatMap((fact) => {
		const live = liveOf(fact, calendar);
		if (!live) return [];
		const [year = 0, month = 0, day = 0] = live.known.date.split('-').map(Number);
		const [dateFrom, dateTo] = [fact.at, fact.at + 1];
		const { start: from, end: to, weekday } = weekdaysAround(text, dateFrom, dateTo);
		return {
			from,
			to,
			dateFrom,
			dateTo,
			day,
			month,
			year,
			weekday,
			language: live.form.language,
			numeric: false,
			live,
		};
	});
}

function liveOf({ kind, of, form: written }: FactMention, { known }: Calendar): Live | null {
	const form = fromForm(written);
	if (!form || !(isDateShape(form.shape) || isMomentShape(form.shape))) return null;
	const source = known.find((each) => each.kind === kind && each.id === of);
	return source ? { known: source, form } : null;
}

/** Something else of the calendar in place of a live date, written as that was. */
export function mendLive({ dateFrom, dateTo }: DayMention, known: Known, { language, shape }: Form): Mend {
	const form: Form = { language, shape: isMomentShape(shape) && known.start === null ? 'date' : shape };
	return {
		from: dateFrom,
		to: dateTo,
		text: reads(known, form),
		fact: { kind: known.kind, of: known.id, form: toForm(form) },
		live: true,
	};
}

/** What is underlined for it: the word beside it too, for a press on the date itself opens what is known of that. */
export function besideLive({ dateFrom, dateTo }: DayMention, text: string): { from: number; to: number } {
	const before = /[\p{L}\p{N}]+[^\s\p{L}\p{N}]?\s?$/u.exec(text.slice(Math.max(0, dateFrom - 40), dateFrom));
	const behind = before ? null : /^\s?\p{L}+/u.exec(text.slice(dateTo, dateTo + 40));
	return { from: dateFrom - (before?.[0].length ?? 0), to: dateTo + (behind?.[0].length ?? 0) };
}

/** A part of a text with what its live dates read. */
export function asRead(
	text: string,
	{ from, to }: { from: number; to: number },
	facts: readonly FactMention[],
	calendar: Calendar,
): string {
	let [words, at] = ['', from];
	for (const fact of facts) {
		const live = fact.at >= at && fact.at < to ? liveOf(fact, calendar) : null;
		if (!live) continue;
		words += text.slice(at, fact.at) + reads(live.known, live.form);
		at = fact.at + 1;
	}
	return words + text.slice(at, to);
}

function reads({ date, start }: Known, form: Form): string {
	return writeShown(isMomentShape(form.shape) ? `${date}T${start ?? ''}` : date, form) ?? '';
}
