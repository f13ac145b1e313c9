/** A published issue as a page: one answer that needs no script, for a phone, a laptop, and paper. */
import { blocksMarkup, plainManner, type Manner } from './blocks-markup.ts';
import type { ArticleContent } from './issue-content.ts';
import { markup, type Markup } from './markup.ts';
import { framed } from './page-frame.ts';
import {
	addressOf,
	latestOf,
	type PublishedIssue,
	type PublishedVersion,
	publicPath,
	type Setting,
} from './publication.ts';
import { issueProse } from './prose.ts';
import { dayOf, fullDate, moment, wordsIn } from './words.ts';

/** From so many articles on there is a list of them at the top. */
const listedFrom = 3;
const descriptionLength = 200;

export function issuePage(issue: PublishedIssue, version: PublishedVersion, setting: Setting): string {
	return framed({ ...frameOf(issue, version, setting), head: headOf(issue, version, setting) });
}

/** As the page would be, with a line that says that it is not. */
export function previewPage(issue: PublishedIssue, setting: Setting): string {
	const version = latestOf(issue);
	const words = wordsIn(version.content.language);
	const notice = markup`<div class="note screen"><p>${words.preview}</p></div>`;
	const frame = frameOf(issue, version, setting);
	return framed({ ...frame, head: robots, main: markup`${notice}${frame.main}` });
}

const robots = markup`<meta name="robots" content="noindex">`;

function frameOf(issue: PublishedIssue, version: PublishedVersion, setting: Setting) {
	const { title, date, language, articles } = version.content;
	return {
		title,
		language,
		setting,
		corner: markup`<time datetime="${date}">${fullDate(date, language)}</time>`,
		main: markup`<h1>${title}</h1>${notes(issue, version, setting)}${contents(version)}${articles.map((article, index) => articleMarkup(article, index, version))}`,
		foot: foot(issue, version, setting),
	};
}

function headOf(issue: PublishedIssue, version: PublishedVersion, setting: Setting): Markup {
	const { title, language } = version.content;
	const address = addressOf(setting, issue.name);
	const description = descriptionOf(version);
	return markup`<meta name="description" content="${description}">
<link rel="canonical" href="${address}">
<meta property="og:type" content="article">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${description}">
${setting.origin !== null && markup`<meta property="og:url" content="${address}">`}
<meta property="og:site_name" content="${setting.publisher}">
<meta property="og:locale" content="${language === 'de' ? 'de_DE' : 'en_GB'}">
<meta property="article:published_time" content="${new Date(issue.versions[0]?.at ?? version.at).toISOString()}">
<meta property="article:modified_time" content="${new Date(latestOf(issue).at).toISOString()}">
${version !== latestOf(issue) && robots}`;
}

function descriptionOf({ content }: PublishedVersion): string {
	const text = issueProse(content);
	if (text.length <= descriptionLength) return text;
	return `${text
		.slice(0, descriptionLength)
		.replace(/\s\S*$/, '')
		.toWellFormed()} …`;
}

/** What was corrected up to this version, and that there is a later one. */
function notes(issue: PublishedIssue, version: PublishedVersion, setting: Setting): Markup {
	const { language } = version.content;
	const words = wordsIn(language);
	const corrections = issue.versions.filter(({ number, note }) => note !== null && number <= version.number);
	const outdated =
		version !== latestOf(issue) &&
		markup`<div class="note"><p>${words.outdated} <a href="${publicPath}${issue.name}">${words.current}</a></p></div>`;
	const corrected =
		corrections.length > 0 &&
		markup`<div class="note">${corrections.map(({ at, note }) => markup`<p>${words.corrected(dayOf(at, language, setting.timeZone), note ?? '')}</p>`)}</div>`;
	return markup`${outdated}${corrected}`;
}

function contents({ content }: PublishedVersion): Markup | false {
	const titled = content.articles.map(({ title }, index) => ({ title, index })).filter(({ title }) => title !== '');
	if (titled.length < listedFrom) return false;
	const words = wordsIn(content.language);
	return markup`<nav aria-labelledby="contents"><h2 id="contents">${words.contents}</h2><ol>${titled.map(({ title, index }) => markup`<li><a href="#a${index + 1}">${title}</a></li>`)}</ol></nav>`;
}

function articleMarkup({ title, blocks }: ArticleContent, index: number, { content }: PublishedVersion): Markup {
	const heading = title !== '' && markup`<h2>${title}</h2>`;
	return markup`<article id="a${index + 1}">${heading}${blocksMarkup(blocks, pageManner(content.language))}</article>`;
}

function pageManner(language: PublishedVersion['content']['language']): Manner {
	const words = wordsIn(language);
	return {
		...plainManner(language),
		indented: (indent) => markup` class="i${indent}"`,
		around: (table) => markup`<div class="table" role="region" tabindex="0" aria-label="${words.table}">${table}</div>`,
	};
}

function foot(issue: PublishedIssue, version: PublishedVersion, setting: Setting): Markup {
	const { language } = version.content;
	const { timeZone } = setting;
	const words = wordsIn(language);
	const others = issue.versions.filter((other) => other !== version);
	const links = others.map((other) => {
		const path = other === latestOf(issue) ? issue.name : `${issue.name}/${other.number}`;
		return markup`<li><a href="${publicPath}${path}">${words.version(other.number, moment(other.at, language, timeZone))}</a></li>`;
	});
	return markup`<p>${words.published(moment(version.at, language, timeZone))}</p>${setting.origin !== null && markup`<p>${addressOf(setting, issue.name)}</p>`}${links.length > 0 && markup`<ul class="screen">${links}</ul>`}`;
}
