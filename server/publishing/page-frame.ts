/** What all public pages have around what they say. */
import type { Language } from '#lib/domain/bulletin.ts';
import { markup, toText, type Piece } from './markup.ts';
import { pageStyle } from './page-style.ts';
import { publicPath, type Setting } from './publication.ts';
import { wordsIn } from './words.ts';

export type PageFrame = {
	title: string;
	language: Language;
	setting: Setting;
	head?: Piece;
	/** Beside the publisher's name. */
	corner?: Piece;
	main: Piece;
	foot?: Piece;
};

export function framed({ title, language, setting, head = null, corner = null, main, foot = null }: PageFrame): string {
	const words = wordsIn(language);
	const { publisher } = setting;
	return toText(markup`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · ${publisher}</title>
${head}
<link rel="icon" href="/icons/mark.svg" type="image/svg+xml">
<link rel="alternate" type="application/atom+xml" href="${publicPath}feed.xml" title="${publisher}">
<style>${pageStyle}</style>
</head>
<body>
<a class="skip" href="#content">${words.skip}</a>
<header><div class="mast"><a href="${publicPath}">${publisher}</a>${corner}</div></header>
<main id="content" tabindex="-1">${main}</main>
<footer><div class="about">${foot}<p class="screen"><a href="${publicPath}">${words.all}</a> · <a href="${publicPath}feed.xml">${words.feed}</a></p></div></footer>
</body>
</html>
`);
}
