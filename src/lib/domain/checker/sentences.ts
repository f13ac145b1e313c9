/** Sentences of a paragraph. The dot of an ordinal, of an abbreviation or within a date ends none. */
export type Sentence = { from: number; to: number };

const abbreviations =
	/(?<![\p{L}\p{N}]|\d[.,:])(?:z\.\s?B|u\.\s?a|d\.\s?h|o\.\s?ä|i\.\s?d\.\s?R|Dr|Prof|Nr|ca|usw|bzw|inkl|Str|St|Tel|evtl|ggf|Mio|Abs|Art|vgl|sog|e\.g|i\.e|Mr|Mrs|Ms|approx|No|v|s|Mo|Di|Mi|Do|Fr|Sa|So|\p{L}|\d{1,3})$/iu;

const end = /[.!?…]["“”»’)]*(?=\s)|\n+/gu;

export function sentencesOf(text: string, mentions: readonly { from: number; to: number }[]): Sentence[] {
	const found: Sentence[] = [];
	let from = 0;
	for (const match of text.matchAll(end)) {
		if (match[0].startsWith('.') && !endsSentence(text, match.index, mentions)) continue;
		const to = match.index + match[0].length;
		found.push({ from, to });
		from = to;
	}
	if (from < text.length) found.push({ from, to: text.length });
	return found;
}

function endsSentence(text: string, dot: number, mentions: readonly { from: number; to: number }[]): boolean {
	if (mentions.some(({ from, to }) => dot >= from && dot < to - 1)) return false;
	const next = /^.[^\p{L}\p{N}]*(\S)/u.exec(text.slice(dot, dot + 12))?.[1] ?? '';
	if (next !== '' && next === next.toLowerCase() && next !== next.toUpperCase()) return false;
	// "am 18.1. Wir treffen uns": the date's own dot may end the sentence, and what follows begins with a small word.
	if (mentions.some(({ to }) => dot === to - 1)) return beginsSentence(text.slice(dot + 1));
	return !abbreviations.test(text.slice(Math.max(0, dot - 10), dot));
}

function beginsSentence(rest: string): boolean {
	return /^\s+(?:Wir|Ihr|Es|Er|Sie|Die|Der|Das|Den|Dem|Ein|Eine|Wer|Was|Alle|Bitte|Im|In|Am|Auf|Bei|Zu|Zum|Zur|Für|Mit|Nach|Vor|Danach|Dort|Dabei|Auch|Und|Aber|We|You|It|The|A|An|All|Please|At|On|This|There|Then)\s/u.test(
		rest,
	);
}
