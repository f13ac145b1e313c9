/**
 * Markup for HTML and XML. Invariant: text becomes markup only by being escaped. What is not made by `markup` is text, in
 * an element or between the quotes of an attribute, whatever it looks like; there is no way to say otherwise.
 */
const made = Symbol('markup');

export type Markup = { readonly [made]: string };
export type Piece = Markup | string | number | null | false | readonly Piece[];

export function markup(strings: TemplateStringsArray, ...pieces: Piece[]): Markup {
	return { [made]: strings.reduce((before, after, index) => before + textOf(pieces[index - 1] ?? null) + after) };
}

export function toText(piece: Markup): string {
	return piece[made];
}

function textOf(piece: Piece): string {
	if (piece === null || piece === false) return '';
	if (typeof piece === 'string' || typeof piece === 'number') return escape(String(piece));
	return made in piece ? piece[made] : piece.map(textOf).join('');
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escape(text: string): string {
	return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
