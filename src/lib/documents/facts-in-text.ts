/**
 * A fact is an element in its paragraph's text, where it counts as one letter: so it comes and goes without dividing the
 * text, and whoever writes behind it keeps their place. In bodies from before it stands between two texts; both are read.
 */
import * as Y from 'yjs';

/** `at`: before how much of the text it stands, in UTF-16 units. */
export type PlacedFact = { fact: Y.XmlElement; at: number };

/** In the order of the text. */
export function factsAmong(text: Y.XmlText): PlacedFact[] {
	const found: PlacedFact[] = [];
	let at = 0;
	for (let item = text._start; item; item = item.right) {
		if (item.deleted || !item.countable) continue;
		const type = item.content instanceof Y.ContentType ? item.content.type : null;
		if (type instanceof Y.XmlElement) found.push({ fact: type, at });
		at += item.length;
	}
	return found;
}

/** Takes an element out of what holds it. */
export function removeElement(element: Y.XmlElement): void {
	const parent: unknown = element.parent;
	if (parent instanceof Y.XmlText) {
		const place = factsAmong(parent).find(({ fact }) => fact === element);
		if (place) parent.delete(place.at, 1);
	} else if (parent instanceof Y.XmlFragment) parent.delete(parent.toArray().indexOf(element), 1);
}
