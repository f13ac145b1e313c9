/**
 * What a document shows that stands elsewhere: its entry in the directory, and the present values of its facts. Both change
 * without a change of the document; kept with its state they say what was there.
 */
import type { BulletinEntry } from './bulletin.ts';
import { acknowledged, caveatsOf, readFact, type Caveat, type Fact, type FactSources } from './facts/fact.ts';
import type { Meeting } from './meeting.ts';

/** Of an issue or a meeting, by field; empty where there is none. */
export type Entry = Readonly<Record<string, string>>;

/** `shows`: as if acknowledged then, without a person's name; null where the source was deleted. */
type ShownFact = { shows: Pick<Fact, 'text' | 'was'> | null; caveats: readonly Caveat[] };

export type Beside = { entry: Entry; facts: Readonly<Record<string, ShownFact>> };

export type Listed = { bulletins: readonly BulletinEntry[]; meetings: readonly Meeting[] };

/** @param name of the issue, or of what belongs to the meeting */
export function entryOf({ bulletins, meetings }: Listed, { kind, id }: { kind: string; id: string }): Entry {
	if (kind === 'bulletin') {
		const { title = '', date = '' } = bulletins.find((each) => each.id === id) ?? {};
		return { title, date };
	}
	const { title = '', start = '', end, place = '', status = '' } = meetings.find((each) => each.id === id) ?? {};
	return { title, start, end: end ?? '', place, status };
}

/** Nothing where it cannot be read here. */
export function shownNow(fact: Fact, sources: FactSources): Beside['facts'] {
	const reading = readFact(fact, sources);
	if (reading.state === 'unreadable') return {};
	const now = acknowledged(fact, sources);
	return { [keyOf(fact)]: { shows: now && { text: now.text, was: now.was }, caveats: caveatsOf(reading) } };
}

function keyOf({ kind, of, form }: Pick<Fact, 'kind' | 'of' | 'form'>): string {
	return JSON.stringify([kind, of, form]);
}

/** Whether something of it reads otherwise; of facts that are known of both times. */
export function isOtherBeside(then: Beside, now: Beside): boolean {
	const differs = (one: unknown, other: unknown) => JSON.stringify(one) !== JSON.stringify(other);
	const known = Object.keys(then.facts).filter((key) => Object.hasOwn(now.facts, key));
	return differs(then.entry, now.entry) || known.some((key) => differs(then.facts[key], now.facts[key]));
}

/** What a fact read as, and why it did not hold. */
export type FactWords = { text: string; caveats: readonly Caveat[] };

export function factNow(fact: Fact, sources: FactSources): FactWords {
	const reading = readFact(fact, sources);
	return { text: reading.text, caveats: caveatsOf(reading) };
}

/**
 * As it was shown then; where nobody noted that, as it had been acknowledged.
 * @param fact of the state of then
 */
export function factThen(fact: Fact, beside: Beside | undefined, sources: FactSources): FactWords {
	const known = beside?.facts[keyOf(fact)];
	const reading = readFact({ ...fact, ...known?.shows }, sources);
	const old = reading.state === 'live' ? reading.old : null;
	return { text: old ?? reading.text, caveats: known?.caveats ?? caveatsOf(reading) };
}
