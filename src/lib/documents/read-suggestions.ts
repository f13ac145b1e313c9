/** The open suggestions of a body as a list to review. Reading is total; it needs no editor. */
import * as Y from 'yjs';
import { keptReading } from './kept-reading.ts';
import { blocksIn, segmentsOf, type AuthoredMark, type Segment } from './body-segments.ts';
import { readAuthored, readChanges, readJoin, suggestionId, type Authored, type BlockForm } from './suggestion.ts';

export type Part =
	| { kind: 'ins' | 'del' | 'look'; text: string }
	| { kind: 'break' | 'join' | 'rule' | 'rule-gone' | 'fact' | 'fact-gone' }
	| { kind: 'form'; to: BlockForm };

export type Suggestion = Authored & {
	root: string;
	parts: Part[];
	/** The Yjs clients under which its marks were written: whose they are says who really made it. */
	clients: number[];
};

/** In the order of the text. */
export function readSuggestions(doc: Y.Doc, root: string): Suggestion[] {
	const found = new Map<string, Suggestion>();
	const add = ({ by, at, id }: Authored, part: Part, client: number | undefined) => {
		const key = `${by} ${suggestionId(id)}`;
		const known = found.get(key) ?? { by, at, id: suggestionId(id), root, parts: [], clients: [] };
		found.set(key, known);
		known.at = Math.min(known.at, at);
		addPart(known.parts, part);
		if (client !== undefined && !known.clients.includes(client)) known.clients.push(client);
	};
	for (const block of blocksIn(doc.getXmlFragment(root))) {
		for (const [authored, part, client] of partsIn(block)) add(authored, part, client);
	}
	return [...found.values()];
}

type Found = [authored: Authored, part: Part, client: number | undefined];
type Add = (...found: Found) => void;

const partsIn = keptReading((block: Y.XmlElement): readonly Found[] => {
	const found: Found[] = [];
	readBlock(block, (...each) => found.push(each));
	return found;
});

function readBlock(block: Y.XmlElement, add: Add): void {
	if (block.nodeName !== 'paragraph') return readNode(block, 'rule', add);
	const join = readJoin(block.getAttribute('join'));
	if (join && !join.accepted) add(join, { kind: 'join' }, clientOf(block, 'join'));
	const now = formOf(block);
	for (const change of readChanges(block.getAttribute('chg'))) {
		if (JSON.stringify(change.was) === JSON.stringify(now) && !change.isNew) continue;
		add(change, { kind: 'form', to: now }, clientOf(block, 'chg'));
	}
	for (const child of block.toArray()) {
		if (child instanceof Y.XmlText) readText(child, add);
		else if (child instanceof Y.XmlElement) readNode(child, 'fact', add);
	}
}

function readNode(node: Y.XmlElement, kind: 'rule' | 'fact', add: Add): void {
	const ins = readAuthored(node.getAttribute('ins'));
	const del = readAuthored(node.getAttribute('del'));
	if (ins) add(ins, { kind }, clientOf(node, 'ins'));
	if (del) add(del, { kind: `${kind}-gone` }, clientOf(node, 'del'));
}

function readText(text: Y.XmlText, add: Add): void {
	const clients = clientsOfMarks(text);
	const each = (marks: readonly AuthoredMark[], part: Part) => {
		for (const { key, attrs } of marks) add(attrs, part, clients.get(key));
	};
	for (const segment of segmentsOf(text)) {
		each(segment.ins, partOf(segment));
		each(segment.del, { kind: 'del', text: segment.content });
		// The look of what is only suggested is part of that suggestion.
		if (segment.ins.length === 0) each(segment.fmt, { kind: 'look', text: segment.content });
	}
}

function partOf({ isBreak, content }: Segment): Part {
	return isBreak ? { kind: 'break' } : { kind: 'ins', text: content };
}

/** Text that goes on is one part. */
function addPart(parts: Part[], part: Part): void {
	const last = parts.at(-1);
	if (last && 'text' in last && 'text' in part && last.kind === part.kind) last.text += part.text;
	else parts.push({ ...part });
}

function formOf(block: Y.XmlElement): BlockForm {
	const given: Record<string, unknown> = block.getAttributes();
	return {
		level: (given['level'] as BlockForm['level'] | undefined) ?? null,
		list: (given['list'] as BlockForm['list'] | undefined) ?? null,
		indent: (given['indent'] as number | undefined) ?? null,
		checked: given['checked'] === true ? true : null,
	};
}

function clientOf(element: Y.XmlElement, attribute: string): number | undefined {
	return element._map.get(attribute)?.id.client;
}

/** Who wrote the beginning of each mark. */
function clientsOfMarks(text: Y.XmlText): Map<string, number> {
	const clients = new Map<string, number>();
	for (let item = text._start; item; item = item.right) {
		const { content } = item;
		if (!item.deleted && content instanceof Y.ContentFormat && content.value !== null)
			clients.set(content.key, item.id.client);
	}
	return clients;
}
