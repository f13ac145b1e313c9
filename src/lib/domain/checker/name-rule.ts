/** One name, spelled in two ways: a person of the directory with another letter in the first name or the last. */
import type { Finding } from './finding.ts';

const pairs = /(?<!\p{L})(\p{Lu}[\p{L}’'-]{1,40})([ \u00a0]{1,2})(\p{Lu}[\p{L}’'-]{1,40})/gu;
const titled =
	/(?<!\p{L})(?:Frau|Herrn?|Dr\.|Genoss(?:e|in|en)|Kolleg(?:e|in|en)|Mr\.?|Mrs\.?|Ms\.?) (\p{Lu}[\p{L}’'-]{3,})/gu;

/** First names side by side: `Jonas, Mara und Kim`. What a capitalised word stands before may be somebody's last name. */
const together =
	/(?<!\p{Lu}[\p{L}’'-]{0,40} )(?<!\p{L})\p{Lu}[\p{L}’'-]{1,40}(?:, \p{Lu}[\p{L}’'-]{1,40}){0,7} (?:und|and|&) \p{Lu}[\p{L}’'-]{1,40}/gu;

/** A word with how it sounds, however its letters are written: `plain`. A long text compares each of its names with each known one. */
type Spelled = { word: string; lower: string; plain: string };
type Name = { first: Spelled; last: Spelled };

const known = new WeakMap<readonly string[], Name[]>();

export function misspelledNames(text: string, people: readonly string[]): Finding[] {
	const names = namesOf(people);
	if (names.length === 0) return [];
	const found: Finding[] = [];
	// Overlapping pairs: of "Die Frida Baumgart" the first pair is none.
	for (let at = 0; ;) {
		pairs.lastIndex = at;
		const match = pairs.exec(text);
		if (!match) break;
		const [whole, first = '', , last = ''] = match;
		at = match.index + first.length;
		const finding = misspelledPair(
			{ first, last },
			{ from: match.index, length: whole.length },
			names,
			isSubject(text, match),
		);
		if (finding) found.push(finding);
	}
	for (const match of text.matchAll(titled)) {
		const [whole, last = ''] = match;
		const finding = misspelledLast(last, match.index + whole.length - last.length, names);
		if (finding) found.push(finding);
	}
	for (const { 0: list, index } of text.matchAll(together)) found.push(...misspelledFirsts(list, index, names));
	return found.filter(({ from, to }, at) => found.findIndex((other) => from < other.to && other.from < to) === at);
}

/** @param people the same list has the same names: a directory that is another is another list */
function namesOf(people: readonly string[]): readonly Name[] {
	const names = known.get(people) ?? people.flatMap(toName);
	known.set(people, names);
	return names;
}

function toName(name: string): Name[] {
	const words = name.trim().split(/\s+/);
	const [first, last] = [words[0], words.at(-1)];
	return words.length < 2 || first === undefined || last === undefined
		? []
		: [{ first: spelled(first), last: spelled(last) }];
}

function spelled(word: string): Spelled {
	return { word, lower: word.toLowerCase(), plain: plain(word) };
}

type Place = { from: number; length: number };

/** "Mara Sanders stellt vor": a sentence that begins with a name and goes on with its verb has no genitive there. */
function isSubject(text: string, { 0: whole, index = 0 }: RegExpMatchArray): boolean {
	if (!/(?:^|[.!?:;]\s)$/u.test(text.slice(Math.max(0, index - 2), index))) return false;
	const [, word = ''] =
		/^\s(\p{Ll}+)(?=[\s.!?])/u.exec(text.slice(index + whole.length, index + whole.length + 30)) ?? [];
	return verb.test(word) || (/.{2}t$/u.test(word) && !noVerb.test(word));
}

const verb =
	/^(?:war|wird|wurde|hatte|kann|konnte|will|wollte|soll|sollte|muss|musste|darf|mag|kam|ging|gab|sprach|schrieb|fand|is|was|has|had|reports?|presents?|says|said|leads|takes|writes|asks|joins|brings|thanks)$/u;
/** What may stand between a genitive and its noun. */
const noVerb =
	/^(?:mit|seit|samt|statt|anstatt|laut|nicht|jetzt|erst|zuerst|zuletzt|fast|oft|sonst|dort|selbst|längst|meist|weit|gut|sehr|bekannt|gesamt|äußerst|höchst|geplant|\p{L}+(?:haft|bereit))$/u;

function misspelledPair(
	typed: { first: string; last: string },
	place: Place,
	names: readonly Name[],
	isSubject: boolean,
): Finding | null {
	const first = spelled(typed.first);
	const spellings = withoutCase(typed.last).filter(({ ending }) => ending !== 's' || !isSubject);
	// Of two words that are nobody's, none is anybody's misspelled.
	const close = names.filter(
		(name) => alike(name.first, first) || spellings.some(({ spelling }) => alike(spelling, name.last)),
	);
	if (close.some((name) => same(name.first, first) && spellings.some(({ spelling }) => same(spelling, name.last))))
		return null;
	const near = nearest(
		close.flatMap((name) =>
			spellings.map(({ spelling, ending }) => ({
				name: `${name.first.word} ${name.last.word}`,
				ending,
				// One of both must be right, if written another way: two people may well have similar names.
				away: alike(name.first, first)
					? away(spelling, name.last)
					: alike(spelling, name.last)
						? away(first, name.first)
						: Infinity,
			})),
		),
	);
	return near && toFinding(place.from, place.length, near.name, near.ending);
}

function misspelledLast(typed: string, from: number, names: readonly Name[]): Finding | null {
	const spellings = withoutCase(typed);
	if (names.some(({ first, last }) => spellings.some(({ spelling }) => same(spelling, last) || same(spelling, first))))
		return null;
	const near = nearest(
		names.flatMap(({ last }) =>
			spellings.map(({ spelling, ending }) => ({
				name: last.word,
				ending,
				// Steiner is not Steinert.
				away:
					last.word.length < 5 || spelling.word.startsWith(last.word) || last.word.startsWith(spelling.word)
						? Infinity
						: away(spelling, last),
			})),
		),
	);
	return near && toFinding(from, typed.length, near.name, near.ending);
}

/** Beside somebody who is known: a first name with a letter twice that theirs has once. Any other letter makes another name. */
function misspelledFirsts(list: string, from: number, names: readonly Name[]): Finding[] {
	const words = [...list.matchAll(/\p{Lu}[\p{L}’'-]+/gu)].map(({ 0: word, index }) => {
		const typed = spelled(word);
		const right = names.some(({ first, last }) => same(first, typed) || same(last, typed));
		const name = names.find(({ first }) => (right ? same : isDoubled)(typed, first));
		return { name, right, at: from + index, length: word.length };
	});
	if (words.filter(({ name }) => name).length < 2) return [];
	return words.flatMap(({ name, right, at, length }) =>
		name && !right ? toFinding(at, length, name.first.word, '') : [],
	);
}

function isDoubled({ plain: a }: Spelled, { plain: b }: Spelled): boolean {
	return b.length > 3 && [...b].some((letter, at) => b.slice(0, at) + letter + b.slice(at) === a);
}

type Candidate = { name: string; ending: string; away: number };

function nearest(candidates: readonly Candidate[]): Candidate | null {
	const [first] = candidates.toSorted((a, b) => a.away - b.away);
	return first && first.away < Infinity ? first : null;
}

function toFinding(from: number, length: number, name: string, ending: string): Finding {
	const to = from + length;
	return { says: { kind: 'name', name }, from, to, mends: [{ from, to, text: name + ending, fact: null }] };
}

/** A name as it stands, and without the ending of a genitive. */
function withoutCase(word: string): { spelling: Spelled; ending: string }[] {
	const genitive = /^(.{3,}?)([’']s|s|[’'])$/u.exec(word);
	const whole = { spelling: spelled(word), ending: '' };
	return genitive ? [whole, { spelling: spelled(genitive[1] ?? word), ending: genitive[2] ?? '' }] : [whole];
}

function same(a: Spelled, b: Spelled): boolean {
	return a.lower === b.lower;
}

function alike(a: Spelled, b: Spelled): boolean {
	return a.plain === b.plain;
}

const written: Readonly<Record<string, string>> = {
	ä: 'ae',
	ö: 'oe',
	ü: 'ue',
	ß: 'ss',
	é: 'e',
	è: 'e',
	á: 'a',
	ç: 'c',
	ğ: 'g',
	ş: 's',
	ı: 'i',
};

function plain(word: string): string {
	return [...word.toLowerCase().replaceAll('ph', 'f')].map((letter) => written[letter] ?? letter).join('');
}

/**
 * How many letters are more, fewer, other or swapped: one at most, two in a long name; 0 when only the way of writing them
 * differs (Weiss, Weiß). Infinity for another name.
 */
function away({ plain: a }: Spelled, { plain: b }: Spelled): number {
	if (a === b) return 0;
	const shorter = Math.min(a.length, b.length);
	if (shorter < 4 || !soundsAlikeAtFirst(a, b)) return Infinity;
	const letters = distance(a, b);
	return letters <= (shorter >= 8 ? 2 : 1) ? letters : Infinity;
}

function soundsAlikeAtFirst(a: string, b: string): boolean {
	const sound = (word: string) => word.replace(/^[ck]/, 'k').replace(/^[ij]/, 'i')[0];
	return sound(a) === sound(b);
}

/** Letters to insert, delete, change or swap (optimal string alignment). */
function distance(a: string, b: string): number {
	const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, at) => at)];
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const change = (rows[i - 1]?.[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
			let least = Math.min((rows[i - 1]?.[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, change);
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
				least = Math.min(least, (rows[i - 2]?.[j - 2] ?? 0) + 1);
			row.push(least);
		}
		rows.push(row);
	}
	return rows[a.length]?.[b.length] ?? 0;
}
