/** What the checker says of a whole text, with its places in the document, and which typed dates could be live facts. */
import type { Calendar } from '#lib/domain/checker/calendar.ts';
import { checkText, matchesIn, type Match } from '#lib/domain/checker/check-text.ts';
import { findingKey, type Finding, type Mend } from '#lib/domain/checker/finding.ts';
import { asRead } from '#lib/domain/checker/live-dates.ts';
import type { Node } from 'prosemirror-model';
import { paragraphText, toPositions, type ParagraphText } from './paragraph-text.ts';

/** A finding with its place in the document. */
export type Placed = {
	key: string;
	finding: Finding;
	from: number;
	to: number;
	/** The paragraph's words, for who reads the finding apart from its text. */
	words: string;
	typed: string;
};

/** A typed date that is a known one's day, and what it can be made. */
export type Offer = { from: number; to: number; typed: string; matches: readonly Pick<Match, 'known' | 'mend'>[] };

export type Checked = { found: Placed[]; offers: Offer[] };

/** @param known what was found in a paragraph before: none is changed in place */
export function checkDocument(doc: Node, calendar: Calendar, known: WeakMap<Node, Checked>): Checked {
	const all: Checked = { found: [], offers: [] };
	doc.descendants((node, at) => {
		if (!node.isTextblock) return true;
		const local = known.get(node) ?? checkParagraph(node, calendar);
		known.set(node, local);
		for (const each of local.found) all.found.push(shifted(each, at + 1));
		for (const each of local.offers) all.offers.push(shiftedOffer(each, at + 1));
		return false;
	});
	return all;
}

function shifted(placed: Placed, by: number): Placed {
	const { finding } = placed;
	const mends = finding.mends.map((mend) => moved(mend, by));
	return { ...moved(placed, by), finding: { ...finding, mends } };
}

function shiftedOffer(offer: Offer, by: number): Offer {
	return { ...moved(offer, by), matches: offer.matches.map((each) => ({ ...each, mend: moved(each.mend, by) })) };
}

function moved<T extends { from: number; to: number }>(range: T, by: number): T {
	return { ...range, from: range.from + by, to: range.to + by };
}

/** With positions counted from the paragraph's content. */
function checkParagraph(paragraph: Node, calendar: Calendar): Checked {
	const read = paragraphText(paragraph);
	const findings = checkText(read.text, calendar, read.facts);
	const found = findings.map((finding) => {
		const typed = asRead(read.text, finding, read.facts, calendar);
		const mends = finding.mends.map((mend) => placedMend(mend, read));
		return {
			finding: { ...finding, mends },
			key: findingKey(finding, typed),
			words: read.text,
			typed,
			...toPositions(read, 0, finding.from, finding.to),
		};
	});
	return { found, offers: offersIn(read, calendar, findings) };
}

/** What there is something to say about is not offered as it stands. */
function offersIn(read: ParagraphText, calendar: Calendar, findings: readonly Finding[]): Offer[] {
	const offers = new Map<number, Offer & { matches: Offer['matches'][number][] }>();
	for (const { from, to, known, mend } of matchesIn(read.text, calendar)) {
		if (findings.some((finding) => finding.from < to && from < finding.to)) continue;
		const place = toPositions(read, 0, from, to);
		const offer = offers.get(from) ?? { ...place, typed: read.text.slice(from, to), matches: [] };
		offer.matches.push({ known, mend: placedMend(mend, read) });
		offers.set(from, offer);
	}
	return [...offers.values()];
}

function placedMend(mend: Mend, read: ParagraphText): Mend {
	return { ...mend, ...toPositions(read, 0, mend.from, mend.to) };
}
