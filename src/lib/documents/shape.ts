/**
 * The shapes that all shared documents have in common: a schema version, records under ids, an order by fractional
 * index, and reading that never throws.
 *
 * A record is a `Y.Map` under its id in a root `Y.Map`; reading takes what has the right form and leaves alone what has
 * not: whatever a newer app or a broken client wrote is skipped, never overwritten.
 */
import * as Y from 'yjs';

export type RecordMap = Y.Map<Y.Map<unknown>>;

/** The origin of every change that a person makes here; undo and the count of unsaved changes look at it. */
export const localOrigin = Symbol('local');

/** Runs one change as one transaction of the person at this device. */
export function transactLocal<T>(doc: Y.Doc, change: () => T): T {
	return doc.transact(change, localOrigin);
}

/** The schema version that wrote a document last; 0 for one that nobody wrote yet. */
export function schemaVersionOf(doc: Y.Doc): number {
	const version = doc.getMap('meta').get('schema');
	return typeof version === 'number' && Number.isInteger(version) ? version : 0;
}

/** Notes the schema version when it is higher than the one that stands. Call inside a transaction. */
export function stampSchema(doc: Y.Doc, version: number): void {
	if (schemaVersionOf(doc) < version) doc.getMap('meta').set('schema', version);
}

export function recordsOf(doc: Y.Doc, name: string): RecordMap {
	return doc.getMap(name);
}

/** The record under `id`, or undefined when there is none or something else stands there. */
export function recordAt(doc: Y.Doc, name: string, id: string): Y.Map<unknown> | undefined {
	const value: unknown = recordsOf(doc, name).get(id);
	return value instanceof Y.Map ? value : undefined;
}

/** Every record that `read` accepts; what it answers `null` for is skipped. */
export function readRecords<T>(doc: Y.Doc, name: string, read: (record: Y.Map<unknown>, id: string) => T | null): T[] {
	const found: T[] = [];
	recordsOf(doc, name).forEach((value: unknown, id) => {
		const record = value instanceof Y.Map ? read(value, id) : null;
		if (record !== null) found.push(record);
	});
	return found;
}

/** A text field, whatever stands there: a `Y.Text`, a string, or the empty text. */
export function readText(value: unknown): string {
	if (value instanceof Y.Text) return value.toString();
	return typeof value === 'string' ? value : '';
}

/** A reference to a record or person; null when there is none. */
export function readId(value: unknown): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}

export function oneOf<T extends string>(choices: readonly T[], value: unknown, otherwise: T): T {
	return choices.find((choice) => choice === value) ?? otherwise;
}

/** The keys of a set that is kept as a `Y.Map` of `true`. */
export function readSet(value: unknown): string[] {
	if (!(value instanceof Y.Map)) return [];
	const keys: string[] = [];
	value.forEach((held: unknown, key) => held === true && keys.push(key));
	return keys.sort();
}

export type Ordered = { id: string; order: string };

/** Order by fractional index; equal indexes (two people inserted at one place) fall back to the id. */
export function byOrder(a: Ordered, b: Ordered): number {
	return a.order < b.order ? -1 : a.order > b.order ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** Stands behind every index that `fractional-indexing` makes. */
export const lastOrder = 'zzzz';

/** Fractional indexes are base-62 digits; anything else came from elsewhere and is sorted to the end. */
export function readOrder(value: unknown): string {
	return typeof value === 'string' && /^[0-9A-Za-z]{1,200}$/.test(value) ? value : lastOrder;
}
