/**
 * By what a person gets in: a link, `/join#<token>` or `/setup#<token>`, or a code to type. Both stay in the fragment,
 * which no server log sees.
 */
import { formatCode, readCode } from '#lib/protocol/entry-code.ts';

export type EntryLink = { place: 'join' | 'setup'; token: string };
export { formatCode };

const tokenPattern = /^[A-Za-z0-9_-]{16,128}$/;

/**
 * Reads what somebody typed or pasted: a code, the whole link with whatever a messenger put around it, or the bare token.
 */
export function readEntry(text: string): EntryLink | null {
	const link = /\/(join|setup)\/?#([A-Za-z0-9_-]+)/.exec(text);
	const token = readSecret(link?.[2] ?? text);
	return token === null ? null : { place: link?.[1] === 'setup' ? 'setup' : 'join', token };
}

/** Whether a secret is one that people type. */
export function isCode(secret: string): boolean {
	return readCode(secret) !== null;
}

/** @param fragment with or without its `#` */
export function readSecret(fragment: string): string | null {
	const text = fragment.trim().replace(/^#/, '');
	return readCode(text)?.code ?? (tokenPattern.test(text) ? text : null);
}

export function toEntryLink(origin: string, { place, token }: EntryLink): string {
	return `${origin}/${place}#${token}`;
}

export function toEntryPath({ place, token }: EntryLink): string {
	return `/${place}#${token}`;
}
