/**
 * What others have put since into what one change made: it stays when the change is taken back, and so does what holds it.
 * Of a paragraph that is its form, not the change's own letters; of an article all that its record says, as soon as others
 * wrote in its text.
 */
import * as Y from 'yjs';
import { bodyRoot } from './body.ts';

type Type = Y.AbstractType<unknown>;

export class OthersWork {
	readonly #doc: Y.Doc;
	readonly #maps: readonly string[];
	readonly #isOurs: (id: Y.ID) => boolean;
	readonly #known = new Map<Type, boolean>();

	/**
	 * @param maps roots with records under ids
	 * @param isOurs whether what has the id was made by the change
	 */
	constructor(doc: Y.Doc, maps: readonly string[], isOurs: (id: Y.ID) => boolean) {
		this.#doc = doc;
		this.#maps = maps;
		this.#isOurs = isOurs;
	}

	/** Whether what the change inserted has to stay. */
	keeps(item: Y.Item): boolean {
		for (let at: Y.Item | null = item; at; at = parentOf(at)._item) {
			const records = this.#maps.find((name) => parentOf(at as Y.Item) === this.#doc.share.get(name));
			if (records !== undefined) return this.#isOurs(at.id) && at.parentSub !== null && this.#isUsed(at, at.parentSub);
		}
		if (item.content instanceof Y.ContentType) return this.#isIn(item.content.type);
		const { _item: holder } = parentOf(item);
		return item.parentSub !== null && holder !== null && this.#isOurs(holder.id) && this.#isIn(parentOf(item));
	}

	/** Whether others changed the record, wrote in its body, or answered it with a record of theirs. */
	#isUsed({ content }: Y.Item, id: string): boolean {
		if (!(content instanceof Y.ContentType)) return false;
		const body = this.#doc.share.get(bodyRoot(id));
		return this.#isIn(content.type) || (body !== undefined && this.#isIn(body as Type)) || this.#isAnswered(id);
	}

	#isAnswered(id: string): boolean {
		return this.#maps.some((root) => {
			const records = [...this.#doc.getMap(root).values()].filter((each) => each instanceof Y.Map);
			return records.some((each) => each._item && !this.#isOurs(each._item.id) && [...each.values()].includes(id));
		});
	}

	#isIn(type: Type): boolean {
		const known = this.#known.get(type) ?? this.#look(type);
		this.#known.set(type, known);
		return known;
	}

	/** A look that others gave a word is nothing without the word. */
	#look(type: Type): boolean {
		const items = type instanceof Y.Map ? [...type._map.values()] : [];
		for (let item = type._start; item; item = item.right) items.push(item);
		return items.some((item) => {
			if (item.deleted || !item.countable) return false;
			return !this.#isOurs(item.id) || (item.content instanceof Y.ContentType && this.#isIn(item.content.type));
		});
	}
}

function parentOf(item: Y.Item): Type {
	return item.parent as Type;
}
