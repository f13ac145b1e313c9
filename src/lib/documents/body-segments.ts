/** A body's texts cut into pieces of equal marks, and the marks by their kind: what reading and deciding suggestions share. */
import * as Y from 'yjs';
import { markName } from './body-gate.ts';
import { isAuthored, strikesInsertions, type Authored } from './suggestion.ts';

export type StoredMark = { key: string; name: string; attrs: Record<string, unknown> };
export type AuthoredMark = { key: string; attrs: Authored & Record<string, unknown> };

export type Segment = {
	text: Y.XmlText;
	at: number;
	content: string;
	marks: StoredMark[];
	ins: AuthoredMark[];
	/** Only those that strike this piece. */
	del: AuthoredMark[];
	/** Strikes that stand here by chance: see `suggestion.ts`. */
	void: AuthoredMark[];
	fmt: AuthoredMark[];
	isBreak: boolean;
};

export function segmentsOf(text: Y.XmlText): Segment[] {
	let at = 0;
	return (text.toDelta() as { insert: unknown; attributes?: Record<string, unknown> }[]).flatMap(
		({ insert, attributes = {} }) => {
			const content = typeof insert === 'string' ? insert : '';
			const segment = toSegment(text, at, content, attributes);
			at += content === '' ? 1 : content.length;
			return content === '' ? [] : [segment];
		},
	);
}

function toSegment(text: Y.XmlText, at: number, content: string, attributes: Record<string, unknown>): Segment {
	const marks = Object.entries(attributes).map(([key, value]) => ({
		key,
		name: markName(key),
		attrs: typeof value === 'object' && value !== null ? { ...value } : {},
	}));
	const authored = (name: string) => marks.filter((mark) => mark.name === name).filter(isAuthoredMark);
	const ins = authored('ins');
	const dels = authored('del');
	const strikes = ({ attrs }: AuthoredMark) => ins.length === 0 || strikesInsertions(attrs.id);
	return {
		text,
		at,
		content,
		marks,
		ins,
		del: dels.filter(strikes),
		void: dels.filter((mark) => !strikes(mark)),
		fmt: authored('fmt'),
		isBreak: marks.some(({ name }) => name === 'brk'),
	};
}

function isAuthoredMark(mark: StoredMark): mark is StoredMark & AuthoredMark {
	return isAuthored(mark.attrs);
}

/** All blocks of a body, those in tables too, each before what it holds. */
export function blocksIn(body: Y.XmlFragment): Y.XmlElement[] {
	return body
		.toArray()
		.flatMap((child) =>
			child instanceof Y.XmlElement ? [child, ...(child.nodeName === 'paragraph' ? [] : blocksIn(child))] : [],
		);
}
