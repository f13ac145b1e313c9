/** The list of what is published, and the pages that say why there is nothing to read. */
import type { Language } from '#lib/domain/bulletin.ts';
import { markup, type Markup } from './markup.ts';
import { framed } from './page-frame.ts';
import { latestOf, publicPath, type PublishedIssue, type Setting } from './publication.ts';
import { fullDate, wordsIn } from './words.ts';

export function indexPage(issues: readonly PublishedIssue[], setting: Setting): string {
	const language = languageOf(issues);
	const words = wordsIn(language);
	const list = issues.length > 0 ? markup`<ul class="issues">${issues.map(entry)}</ul>` : markup`<p>${words.none}</p>`;
	return framed({
		title: words.bulletins,
		language,
		setting,
		head: markup`<meta property="og:type" content="website"><meta property="og:title" content="${words.bulletins}"><meta property="og:site_name" content="${setting.publisher}">`,
		main: markup`<h1>${words.bulletins}</h1>${list}`,
	});
}

export function absentPage(why: 'missing' | 'withdrawn', language: Language, setting: Setting): string {
	const words = wordsIn(language);
	const [title, text] =
		why === 'missing' ? [words.missingTitle, words.missing] : [words.withdrawnTitle, words.withdrawn];
	return framed({
		title,
		language,
		setting,
		head: markup`<meta name="robots" content="noindex">`,
		main: markup`<h1>${title}</h1><p>${text}</p>`,
	});
}

function entry(issue: PublishedIssue): Markup {
	const { title, date, language } = latestOf(issue).content;
	const words = wordsIn(language);
	return markup`<li lang="${language}"><time datetime="${date}">${fullDate(date, language)}</time><a href="${publicPath}${issue.name}">${title || words.bulletin}</a></li>`;
}

/** Of so many issues: the association may have changed its language, and one issue in another does not. */
const recent = 5;

/** Of what stands around the issues: that of most of the latest. */
export function languageOf(issues: readonly PublishedIssue[]): Language {
	const latest = issues.slice(0, recent);
	const english = latest.filter((issue) => latestOf(issue).content.language === 'en');
	return english.length > latest.length / 2 ? 'en' : 'de';
}
