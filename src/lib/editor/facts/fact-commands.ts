/** What can be done with facts. Each is one change: one step to undo, one suggestion where changes are suggested. */
import { readComments } from '#lib/documents/body-attributes.ts';
import type { Fact } from '#lib/domain/facts/fact.ts';
import { acknowledged, readFact, type FactSources } from '#lib/domain/facts/fact.ts';
import type { Command } from 'prosemirror-state';
import { schema } from '../schema.ts';
import { asItIs } from '../suggest/suggesting.ts';
import { factOf } from './fact-node.ts';

type Reference = Pick<Fact, 'kind' | 'of' | 'form'>;

/** Puts a fact in place of what stands there. Nothing happens when there is nothing to show. */
export function insertFact(
	reference: Reference,
	sources: FactSources,
	from: number,
	to: number,
	comments: unknown = null,
): Command {
	return (state, dispatch) => {
		const fact = acknowledged(reference, sources);
		if (!fact) return false;
		// Marks of a node are not in the document: a fact has none, and what is said about it is an attribute.
		dispatch?.(state.tr.replaceWith(from, to, schema.nodes.fact.create({ ...fact, comments })).scrollIntoView());
		return true;
	};
}

/** What the source says now was seen. It changes no word of the text, so it is never a suggestion. */
export function acknowledgeFact(at: number, sources: FactSources): Command {
	return (state, dispatch) => {
		const node = state.doc.nodeAt(at);
		const fact = node?.type === schema.nodes.fact ? acknowledged(factOf(node), sources) : null;
		if (!node || !fact) return false;
		if (dispatch) {
			const tr = state.tr.setNodeAttribute(at, 'text', fact.text).setNodeAttribute(at, 'was', fact.was);
			dispatch(asItIs(tr));
		}
		return true;
	};
}

/** Another way of writing the same. */
export function setFactForm(at: number, form: string, sources: FactSources): Command {
	return (state, dispatch) => {
		const node = state.doc.nodeAt(at);
		if (node?.type !== schema.nodes.fact) return false;
		return insertFact({ ...factOf(node), form }, sources, at, at + node.nodeSize, node.attrs.comments)(state, dispatch);
	};
}

/** Makes an ordinary text of it, as it reads now. */
export function factToText(at: number, sources: FactSources): Command {
	return (state, dispatch) => {
		const node = state.doc.nodeAt(at);
		if (node?.type !== schema.nodes.fact) return false;
		const { text } = readFact(factOf(node), sources);
		if (text === '') return false;
		const marks = readComments(node.attrs.comments).map((id) => schema.marks.comment.create({ id }));
		dispatch?.(state.tr.replaceWith(at, at + node.nodeSize, schema.text(text.replace(/\s*\n\s*/g, '\n'), marks)));
		return true;
	};
}

/** Puts a text in place of another, with the marks that stand there. */
export function replaceWords(from: number, to: number, text: string): Command {
	return (state, dispatch) => {
		dispatch?.(state.tr.insertText(text, from, to));
		return true;
	};
}
