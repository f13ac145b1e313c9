/**
 * What a rich body may consist of, and the gate that every body passes before an editor is bound to it.
 *
 * The binding between Yjs and the editor deletes, for everybody, each node and mark that it does not know, as soon as one
 * character is typed (y-prosemirror #39, #275). So these tables hold every name there is, the editor's schema is checked
 * against them, and a body with any other name, attribute, value or nesting is shown but never bound.
 */
import * as Y from 'yjs';

/** The version of the tables below. A document that notes a higher one under `meta.bodies` is read-only here. */
export const bodySchema = 1;

export const headingLevels = [1, 2, 3] as const;
export type HeadingLevel = (typeof headingLevels)[number];

export const listKinds = ['bullet', 'ordered', 'check'] as const;
export type ListKind = (typeof listKinds)[number];

export const maxIndent = 8;

type Check = (value: unknown) => boolean;

const text = (longest: number): Check => {
	return (value) => typeof value === 'string' && value.length <= longest;
};
const among = (choices: readonly unknown[]): Check => {
	return (value) => choices.includes(value);
};
const whole = (least: number, most: number): Check => {
	return (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
};

const optional = (check: Check): Check => {
	return (value) => value === undefined || check(value);
};

const ids: Check = (value) => {
	return text(100_000)(value) && /^[\w-]{1,64}(?: [\w-]{1,64})*$/.test(String(value));
};

/** Before a person's id: the attribute of a paragraph that holds what this person suggests of its form. */
export const changePrefix = 'chg:';

/** Before a comment's id: the attribute of a fact that it is about. Of each its own, so that two people's both stand. */
export const commentPrefix = 'comment:';

const suggested = { ins: text(2000), del: text(2000) };
const authored = { by: text(64), at: whole(0, Number.MAX_SAFE_INTEGER), id: text(64) };

/** Node name → attribute → which values it may have. An attribute that is absent has its default, `null`. */
export const bodyNodes: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
	paragraph: {
		level: among(headingLevels),
		list: among(listKinds),
		indent: whole(1, maxIndent),
		checked: among([true]),
		join: text(2000),
		ins: text(2000),
		/** All people's changes in one, as the editor and files have them. */
		chg: text(100_000),
	},
	rule: suggested,
	fact: {
		kind: text(40),
		of: text(200),
		form: text(40),
		text: text(1000),
		was: text(1000),
		...suggested,
		/** The ids of all comments on it in one, with spaces between, as the editor and files have them. */
		comments: ids,
	},
	table: suggested,
	row: suggested,
	cell: { header: among([true]), colspan: whole(2, 100), rowspan: whole(2, 1000) },
};

/** Mark name → attribute → which values it may have. A mark carries all of its attributes but those that may be undefined. */
export const bodyMarks: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
	strong: {},
	em: {},
	link: { href: text(4000) },
	ins: authored,
	del: authored,
	brk: { form: optional(text(200)) },
	fmt: { ...authored, was: text(4000) },
	comment: { id: text(64) },
};

/** Which elements may stand in which; `paragraph` holds text besides. */
const children: Readonly<Record<string, readonly string[]>> = {
	body: ['paragraph', 'rule', 'table'],
	paragraph: ['fact'],
	text: ['fact'],
	rule: [],
	fact: [],
	table: ['row'],
	row: ['cell'],
	cell: ['paragraph'],
};

/** What was found that this version does not know. */
export type Unknown = { what: 'version' | 'node' | 'mark' | 'attribute' | 'value' | 'content'; name: string };

/** Looks through a whole body. @returns what must not be bound, or null when everything is known */
export function findUnknown(body: Y.XmlFragment): Unknown | null {
	return newerVersion(body) ?? firstUnknown(body.toArray(), (child) => unknownIn(child, 'body'));
}

/** Looks through what one transaction changed in a body that was fully known before. */
export function findUnknownChange(
	body: Y.XmlFragment,
	events: readonly Y.YEvent<Y.AbstractType<unknown>>[],
): Unknown | null {
	return newerVersion(body) ?? firstUnknown(events, (event) => unknownAt(event, body));
}

function newerVersion(body: Y.XmlFragment): Unknown | null {
	const version: unknown = body.doc?.getMap('meta').get('bodies');
	return typeof version === 'number' && version > bodySchema ? { what: 'version', name: String(version) } : null;
}

function unknownAt(event: Y.YEvent<Y.AbstractType<unknown>>, body: Y.XmlFragment): Unknown | null {
	const { target } = event;
	if (target === body) {
		// Of a text, Yjs makes the changes by writing: it deletes the marks' ends that are not needed.
		const added = [...event.changes.added].flatMap((item): unknown[] => item.content.getContent());
		return firstUnknown(added, (child) => unknownIn(child, 'body'));
	}
	const parent = target.parent;
	if (parent instanceof Y.XmlText) return unknownIn(target, 'text');
	return unknownIn(target, parent instanceof Y.XmlElement ? parent.nodeName : 'body');
}

function unknownIn(node: unknown, parent: string): Unknown | null {
	if (node instanceof Y.XmlText) {
		return parent === 'paragraph' ? unknownText(node) : { what: 'content', name: `text in ${parent}` };
	}
	if (!(node instanceof Y.XmlElement)) return { what: 'node', name: 'not an element' };
	const name = node.nodeName;
	const attributes = bodyNodes[name];
	if (!attributes || !Object.hasOwn(bodyNodes, name)) return { what: 'node', name };
	// Each name may stand only in fixed others, none in itself: so the nesting is bounded too.
	if (!children[parent]?.includes(name)) return { what: 'content', name: `${name} in ${parent}` };
	return (
		unknownAttributes(name, node.getAttributes(), attributes) ??
		firstUnknown(node.toArray(), (child) => unknownIn(child, name))
	);
}

function unknownText(node: Y.XmlText): Unknown | null {
	return firstUnknown<{ insert?: unknown; attributes?: Record<string, unknown> }>(node.toDelta(), (part) => {
		const { insert } = part;
		if (typeof insert !== 'string')
			return insert instanceof Y.XmlElement ? unknownIn(insert, 'text') : { what: 'content', name: 'embedded object' };
		return firstUnknown(Object.entries(part.attributes ?? {}), ([key, value]) => unknownMark(markName(key), value));
	});
}

/** Marks of which several may stand on one text are stored under their name and a hash of their attributes. */
export function markName(key: string): string {
	return /^(.*)--[a-zA-Z0-9+/=]{8}$/.exec(key)?.[1] ?? key;
}

function unknownMark(name: string, value: unknown): Unknown | null {
	const attributes = bodyMarks[name];
	if (!attributes || !Object.hasOwn(bodyMarks, name)) return { what: 'mark', name };
	if (typeof value !== 'object' || value === null) return { what: 'value', name };
	const missing = Object.keys(attributes).find((key) => !Object.hasOwn(value, key) && !attributes[key]?.(undefined));
	if (missing !== undefined) return { what: 'value', name: `${name}.${missing}` };
	return unknownAttributes(name, { ...value }, attributes);
}

function unknownAttributes(
	name: string,
	values: Readonly<Record<string, unknown>>,
	known: Readonly<Record<string, Check>>,
): Unknown | null {
	return firstUnknown(Object.entries(values), ([key, value]) => {
		const check = Object.hasOwn(known, key) ? known[key] : checkOfMany(key, known);
		if (!check) return { what: 'attribute', name: `${name}.${key}` };
		return value === null || value === undefined || check(value) ? null : { what: 'value', name: `${name}.${key}` };
	});
}

function checkOfMany(key: string, known: Readonly<Record<string, Check>>): Check | undefined {
	if (known.chg && isChange(key)) return text(2000);
	return known.comments && commentIn(key) !== null ? among([true]) : undefined;
}

/** The id of the comment that an attribute of a fact stands for; null for another attribute. */
export function commentIn(key: string): string | null {
	const id = key.startsWith(commentPrefix) ? key.slice(commentPrefix.length) : '';
	return /^[\w-]{1,64}$/.test(id) ? id : null;
}

/** Of one person, whose id is as long as one may be. */
function isChange(key: string): boolean {
	return key.startsWith(changePrefix) && key.length <= changePrefix.length + 64;
}

function firstUnknown<T>(items: readonly T[], look: (item: T) => Unknown | null): Unknown | null {
	for (const item of items) {
		const found = look(item);
		if (found) return found;
	}
	return null;
}
