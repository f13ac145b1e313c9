/**
 * The name of a shared document is `kind:id`. Client and relay both parse it here, so that a name that one of
 * them would not make is a name that the other refuses.
 */

export const documentKinds = ['directory', 'agenda', 'minutes', 'closed', 'register', 'roster', 'bulletin'] as const;
export type DocumentKind = (typeof documentKinds)[number];

export type DocumentName = `${DocumentKind}:${string}`;

/** Kinds of which an association has exactly one, under the id `main`. */
const singletons: ReadonlySet<DocumentKind> = new Set(['directory', 'register']);

/** Kinds whose names are kept for a later release: they parse, but nobody may open them yet. */
export const reservedKinds: ReadonlySet<DocumentKind> = new Set(['closed', 'register']);

const idPattern = /^[a-z0-9]{1,32}$/;

export const directoryName: DocumentName = 'directory:main';

/** @throws RangeError when the id could not be parsed again. */
export function toDocumentName(kind: DocumentKind, id: string): DocumentName {
	const name: DocumentName = `${kind}:${id}`;
	if (!parseDocumentName(name)) throw new RangeError(`not a document name: ${JSON.stringify(name)}`);
	return name;
}

/** Total: anything that is not a document's name gives `null`. */
export function parseDocumentName(text: string): { kind: DocumentKind; id: string; name: DocumentName } | null {
	const [kind, id, ...rest] = text.split(':');
	if (rest.length > 0 || id === undefined || !isKind(kind) || !idPattern.test(id)) return null;
	if (singletons.has(kind) && id !== 'main') return null;
	return { kind, id, name: `${kind}:${id}` };
}

function isKind(text: string | undefined): text is DocumentKind {
	return (documentKinds as readonly (string | undefined)[]).includes(text);
}
