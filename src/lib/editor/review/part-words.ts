/** What a part of a suggestion is called where it has no text of its own to show. */
import type { Place, What } from '#lib/documents/read-suggestions.ts';
import { readFact, type Fact, type FactSources } from '#lib/domain/facts/fact.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { ToldPart } from './entered-by.ts';

/** @param sources what facts show now; without, what they showed last is said */
export function partWords(part: What, sources?: FactSources): string {
	switch (part.kind) {
		case 'ins':
		case 'del':
			return part.text;
		case 'look':
			return `${m.review_look()} ${part.text}`;
		case 'break':
			return placed(m.review_break(), part.place);
		case 'join':
			return placed(m.review_join(), part.place);
		case 'rule':
			return placed(m.review_rule(), part.place);
		case 'rule-gone':
			return placed(m.review_rule_gone(), part.place);
		case 'fact':
			return m.review_fact({ text: factWords(part.fact, sources) });
		case 'fact-gone':
			return m.review_fact_gone({ text: factWords(part.fact, sources) });
		case 'form':
			return formWords(part.to);
	}
}

/** What has no words of its own is found by those around it. */
function placed(what: string, { before, after }: Place = { before: '', after: '' }): string {
	if (before && after) return m.review_place_between({ what, before, after });
	if (before) return m.review_place_behind({ what, before });
	return after ? m.review_place_before({ what, after }) : what;
}

/** As it stands in the text. */
function factWords(fact: Fact, sources?: FactSources): string {
	return (sources ? readFact(fact, sources).text : fact.text) || '–';
}

function formWords({ level, list }: Extract<What, { kind: 'form' }>['to']): string {
	if (level !== null) return m.review_form_heading({ level });
	if (list === null) return m.review_form_text();
	return { bullet: m.review_form_bullet, ordered: m.review_form_ordered, check: m.review_form_check }[list]();
}

/** A suggestion in a few words, for those who hear the list. */
export function suggestionWords(parts: readonly ToldPart[], sources?: FactSources): string {
	const words = parts.map(({ part, by }) => `${by} ${spoken(part, sources)}`.trim());
	const all = words.join(' ');
	return all.length > 120 ? `${all.slice(0, 119)}…` : all;
}

function spoken(part: What, sources?: FactSources): string {
	if (part.kind === 'ins') return `${m.review_inserted_spoken()} ${part.text}`;
	return part.kind === 'del' ? `${m.review_struck_spoken()} ${part.text}` : partWords(part, sources);
}
