import type { Node } from 'prosemirror-model';
import { PluginKey, type EditorState } from 'prosemirror-state';

/** Of the plugin that draws facts; its `words` says in which words it shows one. */
export const factsKey = new PluginKey('facts');

/** The words in which an editor shows a fact: where it follows no calendar, those that it was last shown in. */
export function shownWords(state: EditorState, fact: Node): string {
	const words = factsKey.get(state)?.spec['words'] as ((fact: Node) => string) | undefined;
	return words ? words(fact) : String(fact.attrs.text ?? '');
}
