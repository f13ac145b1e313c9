/** Changes that records of all shared documents have in common: plain fields, texts by their smallest change. */
import * as Y from 'yjs';

/** Makes a `Y.Text` that starts with `text`. */
export function textFrom(text: string): Y.Text {
	return new Y.Text(text);
}

export type FieldChange = Readonly<Record<string, string | number | boolean | null>>;

/** Sets plain fields and, by their smallest change, texts; what is so already stays untouched. Call inside a transaction. */
export function updateRecord(record: Y.Map<unknown>, change: FieldChange): void {
	for (const [field, value] of Object.entries(change)) {
		const present = record.get(field);
		if (present instanceof Y.Text) replaceText(present, value === null ? '' : String(value));
		else if (present !== value) record.set(field, value);
	}
}

/**
 * Changes a `Y.Text` into `next` by its smallest single replacement, so that what others type beside it at the same
 * time stays.
 */
export function replaceText(text: Y.Text, next: string): void {
	const old = text.toString();
	let start = 0;
	while (start < old.length && start < next.length && old[start] === next[start]) start++;
	if (isHighSurrogate(old, start - 1)) start--;
	let end = 0;
	while (
		end < old.length - start &&
		end < next.length - start &&
		old[old.length - 1 - end] === next[next.length - 1 - end]
	)
		end++;
	if (end > 0 && isHighSurrogate(old, old.length - end - 1)) end--;
	if (old.length - end > start) text.delete(start, old.length - end - start);
	if (next.length - end > start) text.insert(start, next.slice(start, next.length - end));
}

/** Half a character must not stay behind: Yjs would turn it into U+FFFD. */
function isHighSurrogate(text: string, at: number): boolean {
	const unit = text.charCodeAt(at);
	return unit >= 0xd800 && unit <= 0xdbff;
}
