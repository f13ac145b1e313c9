/** A link by which a person gets in: `/join#<token>` or `/setup#<token>`. The token stays in the fragment, which no server log sees. */
export type EntryLink = { place: 'join' | 'setup'; token: string };

const tokenPattern = /^[A-Za-z0-9_-]{16,128}$/;

/** Reads what somebody pasted: the whole link, with whatever a messenger put around it, or the bare token. */
export function readEntryLink(text: string): EntryLink | null {
	const link = /\/(join|setup)\/?#([A-Za-z0-9_-]+)/.exec(text);
	const token = readToken(link?.[2] ?? text);
	return token === null ? null : { place: link?.[1] === 'setup' ? 'setup' : 'join', token };
}

/** @param fragment with or without its `#` */
export function readToken(fragment: string): string | null {
	const token = fragment.trim().replace(/^#/, '');
	return tokenPattern.test(token) ? token : null;
}

export function toEntryLink(origin: string, { place, token }: EntryLink): string {
	return `${origin}/${place}#${token}`;
}

export function toEntryPath({ place, token }: EntryLink): string {
	return `/${place}#${token}`;
}
