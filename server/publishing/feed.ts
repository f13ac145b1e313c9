/**
 * An Atom feed (RFC 4287) of what is published. An entry keeps its id; a correction makes it newer. Where it is not known
 * under which address people reach us its links are relative, as section 2 of it allows.
 */
import { blocksMarkup, plainManner } from './blocks-markup.ts';
import { markup, toText, type Markup } from './markup.ts';
import { languageOf } from './index-page.ts';
import { addressOf, latestOf, type PublishedIssue, type Setting } from './publication.ts';
import { dayOf, wordsIn } from './words.ts';

/** Readers ask again and again: older issues are on the page of all. */
const atMost = 30;

/**
 * @param uid of the feed; stays when the address changes
 * @param changedAt when any page came, went or came back last, so that the feed's own time never goes back
 */
export function feedOf(issues: readonly PublishedIssue[], uid: string, setting: Setting, changedAt: number): string {
	const shown = issues.slice(0, atMost);
	const language = languageOf(shown);
	const words = wordsIn(language);
	const updated = Math.max(changedAt, ...shown.map((issue) => latestOf(issue).at));
	return toText(markup`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">
<id>urn:uuid:${uid}</id>
<title>${words.bulletins} · ${setting.publisher}</title>
<updated>${new Date(updated).toISOString()}</updated>
<link rel="self" type="application/atom+xml" href="${addressOf(setting, 'feed.xml')}"/>
<link rel="alternate" type="text/html" href="${addressOf(setting, '')}"/>
<author><name>${setting.publisher}</name></author>
<generator>Mitschrift</generator>
${shown.map((issue) => entry(issue, setting))}</feed>
`);
}

function entry(issue: PublishedIssue, setting: Setting): Markup {
	const latest = latestOf(issue);
	const { title, language } = latest.content;
	return markup`<entry xml:lang="${language}">
<id>urn:uuid:${issue.uid}</id>
<title>${title}</title>
<published>${new Date(issue.versions[0]?.at ?? latest.at).toISOString()}</published>
<updated>${new Date(latest.at).toISOString()}</updated>
<link rel="alternate" type="text/html" hreflang="${language}" href="${addressOf(setting, issue.name)}"/>
<content type="html">${toText(content(issue, setting))}</content>
</entry>
`;
}

/** HTML inside XML: made as markup, and then escaped as the text that it is there. */
function content(issue: PublishedIssue, { timeZone }: Setting): Markup {
	const { language, articles } = latestOf(issue).content;
	const words = wordsIn(language);
	const notes = issue.versions.flatMap(({ note, at }) =>
		note === null ? [] : [markup`<p><em>${words.corrected(dayOf(at, language, timeZone), note)}</em></p>`],
	);
	const parts = articles.map(
		({ title, blocks }) =>
			markup`${title !== '' && markup`<h2>${title}</h2>`}${blocksMarkup(blocks, plainManner(language))}`,
	);
	return markup`${notes}${parts}`;
}
