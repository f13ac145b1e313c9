/**
 * Makes a body say what is given, by the smallest changes of the Yjs types that hold it: blocks and words that stay are
 * not touched, so that what others write in them at the same time merges. Call inside a transaction.
 */
import * as Y from 'yjs';
import { writeAttributes } from './body-attributes.ts';
import { diffContent, pairBlocks, sameBlock } from './body-diff.ts';
import {
	isText,
	readRichBody,
	toMarkAttributes,
	toYChildren,
	toYNode,
	type RichChild,
	type RichNode,
} from './rich-body.ts';

export function rewriteBody(doc: Y.Doc, root: string, target: readonly RichNode[]): void {
	const fragment = doc.getXmlFragment(root);
	const present = readRichBody(doc, root);
	// What reading had to leave out would not line up with what stands there.
	if (present.length !== fragment.length) return replaceAll(fragment, target);
	let at = 0;
	for (const { before, after } of pairBlocks(present, target)) {
		if (before && after) {
			if (!sameBlock(before, after)) rewriteBlock(fragment, at, before, after);
			at++;
		} else if (before) fragment.delete(at, 1);
		else if (after) fragment.insert(at++, [toYNode(after)]);
	}
}

/** Puts blocks behind what stands in a body. An empty paragraph at the end is written over. */
export function appendToBody(doc: Y.Doc, root: string, blocks: readonly RichNode[]): void {
	const fragment = doc.getXmlFragment(root);
	const last = readRichBody(doc, root).at(-1);
	if (last?.name === 'paragraph' && last.content.length === 0 && fragment.length > 0)
		fragment.delete(fragment.length - 1, 1);
	fragment.insert(fragment.length, blocks.map(toYNode));
}

function replaceAll(fragment: Y.XmlFragment, target: readonly RichNode[]): void {
	fragment.delete(0, fragment.length);
	fragment.insert(0, target.map(toYNode));
}

function rewriteBlock(fragment: Y.XmlFragment, at: number, before: RichNode, after: RichNode): void {
	const node: unknown = fragment.get(at);
	if (!(node instanceof Y.XmlElement) || node.nodeName !== after.name || after.name !== 'paragraph') {
		fragment.delete(at, 1);
		fragment.insert(at, [toYNode(after)]);
		return;
	}
	writeAttributes(node, node.getAttributes(), after.attrs);
	if (JSON.stringify(before.content) !== JSON.stringify(after.content))
		rewriteContent(node, before.content, after.content);
}

function rewriteContent(node: Y.XmlElement, before: readonly RichChild[], after: readonly RichChild[]): void {
	const only: unknown = node.length === 1 ? node.get(0) : null;
	if (only instanceof Y.XmlText) return rewriteText(only, before, after);
	node.delete(0, node.length);
	node.insert(0, toYChildren(after));
}

function rewriteText(text: Y.XmlText, before: readonly RichChild[], after: readonly RichChild[]): void {
	let at = 0;
	for (const { what, child } of diffContent(before, after)) {
		const length = isText(child) ? child.text.length : 1;
		if (what === 'del') text.delete(at, length);
		else {
			if (what === 'ins' && isText(child)) text.insert(at, child.text, toMarkAttributes(child.marks));
			else if (what === 'ins') text.insertEmbed(at, toYNode(child as RichNode), {});
			at += length;
		}
	}
}
