/** Facts as files have them: the words of the moment, for no file follows a calendar. */
import { readComments } from '#lib/documents/body-attributes.ts';
import {
	isText,
	joined,
	orderedMarks,
	type RichChild,
	type RichMark,
	type RichNode,
} from '#lib/documents/rich-body.ts';
import { readAuthored } from '#lib/documents/suggestion.ts';
import { readFact, type Fact, type FactSources } from '#lib/domain/facts/fact.ts';

/** A fact that is only suggested, or is to go, is so as a text, too. */
export function factsToText(blocks: readonly RichNode[], sources: FactSources): RichNode[] {
	return blocks.map((block) => ({ ...block, content: joined(block.content.map((child) => toText(child, sources))) }));
}

function toText(child: RichChild, sources: FactSources): RichChild {
	if (isText(child)) return child;
	if (child.name !== 'fact') return { ...child, content: child.content.map((each) => toText(each, sources)) };
	const kept = (key: keyof Fact) => String(child.attrs[key] ?? '');
	const fact = { kind: kept('kind'), of: kept('of'), form: kept('form'), text: kept('text'), was: kept('was') };
	const marks = (['ins', 'del'] as const).flatMap((type): RichMark[] => {
		const attrs = readAuthored(child.attrs[type]);
		return attrs ? [{ type, attrs }] : [];
	});
	const comments = readComments(child.attrs.comments).map((id): RichMark => ({ type: 'comment', attrs: { id } }));
	return { text: readFact(fact, sources).text, marks: orderedMarks([...marks, ...comments]) };
}
