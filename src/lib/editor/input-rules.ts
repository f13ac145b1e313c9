/** Markdown while typing: `# `, `- `, `1. `, `[] ` at a paragraph's start, `---`, `**x**` and `*x*`. */
import type { HeadingLevel, ListKind } from '#lib/documents/body-gate.ts';
import { InputRule, inputRules } from 'prosemirror-inputrules';
import type { MarkType } from 'prosemirror-model';
import type { Plugin } from 'prosemirror-state';
import { setAttributes } from './commands.ts';
import { attributesOf, isParagraph, schema, type ParagraphAttributes } from './schema.ts';

export function markdownRules(): Plugin {
	return inputRules({
		rules: [
			paragraphRule(/^(#{1,3}) $/, ([, hashes]) => ({
				level: (hashes?.length ?? 1) as HeadingLevel,
				list: null,
				indent: null,
				checked: null,
			})),
			paragraphRule(/^[-*+] $/, () => listItem('bullet')),
			paragraphRule(/^1[.)] $/, () => listItem('ordered')),
			paragraphRule(/^\[( |x|X)?\] $/, ([, tick]) => listItem('check', /x/i.test(tick ?? ''))),
			rule,
			markRule(/(?:^|[^*\w])(\*\*([^*\s](?:[^*]*[^*\s])?)\*\*)$/, schema.marks.strong),
			markRule(/(?:^|[^*\w])(\*([^*\s](?:[^*]*[^*\s])?)\*)$/, schema.marks.em),
		],
	});
}

const rule = new InputRule(/^---$/, (state, _match, start, end) => {
	const $start = state.doc.resolve(start);
	if ($start.depth !== 1 || !isParagraph($start.parent) || attributesOf($start.parent).list) return null;
	return state.tr.delete(start, end).insert($start.before(), schema.nodes.rule.create());
});

function listItem(list: ListKind, checked = false): Partial<ParagraphAttributes> {
	return { list, level: null, checked: checked || null };
}

function paragraphRule(pattern: RegExp, change: (match: RegExpMatchArray) => Partial<ParagraphAttributes>): InputRule {
	return new InputRule(pattern, (state, match, start, end) => {
		const $start = state.doc.resolve(start);
		if (!isParagraph($start.parent)) return null;
		return setAttributes(state.tr.delete(start, end), $start.before(), change(match));
	});
}

/** @param pattern its first group is what is typed with the signs, its second one without */
function markRule(pattern: RegExp, mark: MarkType): InputRule {
	return new InputRule(pattern, (state, match, _start, end) => {
		const [, signed = '', inner = ''] = match;
		const sign = (signed.length - inner.length) / 2;
		// The last sign is not in the document yet: this rule stands in for its insertion.
		const from = end - (signed.length - 1);
		const { tr } = state;
		tr.delete(from + sign + inner.length, end);
		tr.delete(from, from + sign);
		tr.addMark(from, from + inner.length, mark.create());
		return tr.removeStoredMark(mark);
	});
}
