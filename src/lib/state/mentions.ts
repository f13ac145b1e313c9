/**
 * A remark while it is written: in the field people stand by their names, in the document by their ids. Where somebody is
 * mentioned is noted, for a name alone may be two people's, or nobody's any more.
 */
import { remarkParts } from '#lib/documents/comments.ts';
import { mentionOf } from '#lib/documents/talks.ts';

/** UTF-16 units of what is typed, the sign before the name among them. */
export type Mention = { at: number; length: number; personId: string };

export type Typed = { text: string; mentions: readonly Mention[] };

/** `name`: such that no two of those who can be mentioned are called the same. */
export type Mentionable = { id: string; name: string };

/** A remark of the document as one types it. */
export function toTyped(words: string, nameOf: (id: string) => string): Typed {
	const mentions: Mention[] = [];
	let text = '';
	for (const part of remarkParts(words)) {
		const shown = 'text' in part ? part.text : `@${nameOf(part.personId)}`;
		if ('personId' in part) mentions.push({ at: text.length, length: shown.length, personId: part.personId });
		text += shown;
	}
	return { text, mentions };
}

/** After somebody typed, wherever: a mention is one as long as its words stand there in their order. */
export function typedOver(before: Typed, text: string): Typed {
	const most = Math.min(before.text.length, text.length);
	let from = 0;
	while (from < most && before.text[from] === text[from]) from++;
	let same = 0;
	while (same < most - from && before.text.at(-1 - same) === text.at(-1 - same)) same++;
	const [left, touched, right] = parted(before.mentions, from, before.text.length - same);
	const longer = text.length - before.text.length;
	const end = Math.max(before.text.length - same, ...touched.map(endOf)) + longer;
	let at = Math.min(from, ...touched.map((mention) => mention.at));
	const found = touched.flatMap((mention) => {
		const place = text.indexOf(before.text.slice(mention.at, endOf(mention)), at);
		if (place < 0 || place + mention.length > end) return [];
		at = place + mention.length;
		return [{ ...mention, at: place }];
	});
	return { text, mentions: [...left, ...found, ...moved(right, longer)] };
}

/** Puts a person in place of what stands between `from` and `to`, and a space behind. */
export function withMention({ text, mentions }: Typed, from: number, to: number, { id, name }: Mentionable): Typed {
	const shown = `@${name}`;
	const end = text[to] === ' ' ? to + 1 : to;
	const [left, , right] = parted(mentions, from, end);
	return {
		text: `${text.slice(0, from)}${shown} ${text.slice(end)}`,
		mentions: [
			...left,
			{ at: from, length: shown.length, personId: id },
			...moved(right, shown.length + 1 - (end - from)),
		],
	};
}

function endOf({ at, length }: Mention): number {
	return at + length;
}

/** Those before a stretch, in it, and behind. */
function parted(mentions: readonly Mention[], from: number, to: number): [Mention[], Mention[], Mention[]] {
	const left = mentions.filter((mention) => endOf(mention) <= from);
	const right = mentions.filter((mention) => endOf(mention) > from && mention.at >= to);
	return [left, mentions.filter((mention) => endOf(mention) > from && mention.at < to), right];
}

function moved(mentions: readonly Mention[], by: number): Mention[] {
	return mentions.map((mention) => ({ ...mention, at: mention.at + by }));
}

/** As the document holds it. Whoever is typed in full, as a word of its own, is mentioned too. */
export function fromTyped({ text, mentions }: Typed, people: readonly Mentionable[]): string {
	let held = '';
	let at = 0;
	for (const mention of mentions) {
		held += named(text, at, mention.at, people) + mentionOf(mention.personId);
		at = mention.at + mention.length;
	}
	return (held + named(text, at, text.length, people)).trim();
}

function named(text: string, from: number, to: number, people: readonly Mentionable[]): string {
	const ids = new Map(people.map(({ id, name }) => [name, id]));
	// The longest names first, so that nobody is taken for another whose name begins the same.
	const names = [...ids.keys()].filter((name) => name !== '').sort((a, b) => b.length - a.length);
	if (names.length === 0) return text.slice(from, to);
	const pattern = new RegExp(
		`(?<![\\p{L}\\p{M}\\p{N}._%+-])@(${names.map(escaped).join('|')})(?![-.'’]?[\\p{L}\\p{M}\\p{N}_])`,
		'gu',
	);
	let held = '';
	let at = from;
	for (const found of text.matchAll(pattern)) {
		const end = found.index + found[0].length;
		if (found.index < at || end > to) continue;
		held += text.slice(at, found.index) + mentionOf(ids.get(found[1] ?? '') ?? '');
		at = end;
	}
	return held + text.slice(at, to);
}

function escaped(name: string): string {
	return name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
