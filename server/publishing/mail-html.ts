/**
 * An issue as HTML that mail programs show: every element carries its own style, nothing is loaded, nothing is laid out
 * by tables. Also what is pasted into a mail.
 */
import { blocksMarkup, plainManner, type Look, type Manner } from './blocks-markup.ts';
import { markup, toText, type Markup } from './markup.ts';
import { addressOf, latestOf, type PublishedIssue, type Setting } from './publication.ts';
import { dayOf, fullDate, wordsIn } from './words.ts';

const serif = 'Georgia, serif';
const sans = 'Arial, Helvetica, sans-serif';

const styles: Record<Parameters<Look>[0], string> = {
	p: `margin: 0 0 14px; font: 17px/1.55 ${serif}`,
	h3: `margin: 20px 0 8px; font: bold 18px/1.3 ${serif}`,
	h4: `margin: 18px 0 8px; font: bold 17px/1.3 ${serif}`,
	h5: `margin: 16px 0 6px; font: italic bold 16px/1.3 ${serif}`,
	ul: 'margin: 0 0 14px; padding-left: 24px',
	ol: 'margin: 0 0 14px; padding-left: 24px',
	li: `margin: 0 0 4px; font: 17px/1.5 ${serif}`,
	hr: 'margin: 24px 0; border: 0; border-top: 1px solid #8b867c',
	table: 'margin: 0 0 14px; border-collapse: collapse',
	th: `padding: 6px 10px; border: 1px solid #8b867c; font: bold 15px/1.4 ${serif}; text-align: left; vertical-align: top`,
	td: `padding: 6px 10px; border: 1px solid #8b867c; font: 15px/1.4 ${serif}; text-align: left; vertical-align: top`,
	a: 'color: #b3261e',
};

/** The part that is pasted: no page around it. */
export function mailBody(issue: PublishedIssue, setting: Setting): string {
	const { content } = latestOf(issue);
	const { title, date, language, articles } = content;
	const manner = mailManner(language);
	const parts = articles.map(
		(article) =>
			markup`${article.title !== '' && markup`<h2 style="margin: 28px 0 10px; font: bold 21px/1.25 ${serif}">${article.title}</h2>`}${blocksMarkup(article.blocks, manner)}`,
	);
	return toText(
		markup`<div lang="${language}" style="max-width: 640px; color: #1d1c1a"><p style="margin: 0 0 4px; font: 14px/1.4 ${sans}; color: #5d5a54"><strong>${setting.publisher}</strong> · ${fullDate(date, language)}</p><h1 style="margin: 0 0 14px; font: bold 28px/1.2 ${serif}">${title}</h1>${notes(issue, setting)}${parts}${readOnline(issue, setting)}</div>`,
	);
}

/** A whole document, for a mail's part. */
export function mailDocument(issue: PublishedIssue, setting: Setting): string {
	const { title, language } = latestOf(issue).content;
	const head = toText(
		markup`<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${title}</title></head><body style="margin: 16px">`,
	);
	return `${head}${mailBody(issue, setting)}</body></html>`;
}

function mailManner(language: Manner['language']): Manner {
	return {
		...plainManner(language),
		look: (element) => markup` style="${styles[element]}"`,
		indented: (indent) => markup` style="${`${styles.p}; margin-left: ${indent * 24}px`}"`,
	};
}

function notes({ versions }: PublishedIssue, { timeZone }: Setting): Markup {
	const { language } = versions.at(-1)?.content ?? { language: 'de' as const };
	const words = wordsIn(language);
	const corrected = versions.filter(({ note }) => note !== null);
	return markup`${corrected.map(({ at, note }) => markup`<p style="margin: 0 0 14px; padding: 10px 12px; background: #fdf1db; font: 15px/1.45 ${sans}">${words.corrected(dayOf(at, language, timeZone), note ?? '')}</p>`)}`;
}

function readOnline(issue: PublishedIssue, setting: Setting): Markup {
	const words = wordsIn(latestOf(issue).content.language);
	const address = addressOf(setting, issue.name);
	return markup`<p style="margin: 28px 0 0; padding-top: 12px; border-top: 1px solid #8b867c; font: 14px/1.5 ${sans}; color: #5d5a54">${words.inBrowser}: <a href="${address}" style="${styles.a}">${address}</a></p>`;
}
