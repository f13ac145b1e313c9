/** The parts of a Word file around its text, written. */
import { xmlText } from './xml.ts';

export const namespaces =
	'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="w14 w15"';
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

/** Of the numbering that every file has; each numbered list that begins anew has one of its own behind these. */
export const fixedLists = { bullet: 1, open: 2, done: 3 } as const;
export const firstOrdered = 10;

/** One entry of a thread, as Word holds it. */
export type WordComment = {
	id: number;
	author: string;
	date: string;
	text: string;
	paraId: string;
	parent: string | null;
	done: boolean;
};

export function contentTypes(comments: boolean): string {
	const part = (name: string, type: string) => `<Override PartName="/word/${name}.xml" ContentType="${type}+xml"/>`;
	return `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${part('document', `${word}.document.main`)}${part('styles', `${word}.styles`)}${part('settings', `${word}.settings`)}${part('numbering', `${word}.numbering`)}${comments ? part('comments', `${word}.comments`) + part('commentsExtended', `${word}.commentsExtended`) : ''}<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`;
}

export const packageRels = `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`;

/** @param links addresses; the n-th is `link<n>` */
export function relsXml(links: readonly string[], comments: boolean): string {
	const own = ['styles', 'settings', 'numbering', ...(comments ? ['comments'] : [])].map(
		(name) => `<Relationship Id="${name}" Type="${office}/${name}" Target="${name}.xml"/>`,
	);
	if (comments) {
		own.push(
			'<Relationship Id="commentsExtended" Type="http://schemas.microsoft.com/office/2011/relationships/commentsExtended" Target="commentsExtended.xml"/>',
		);
	}
	const outside = links.map(
		(href, at) =>
			`<Relationship Id="link${at}" Type="${office}/hyperlink" Target="${xmlText(href)}" TargetMode="External"/>`,
	);
	return `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${own.join('')}${outside.join('')}</Relationships>`;
}

export const settingsXml = `${head}<w:settings ${namespaces}><w:defaultTabStop w:val="709"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`;

/** @param ordered how many numbered lists there are; the first is there in any case, for what was in one */
export function numberingXml(ordered: number): string {
	const levels = (format: string, text: (level: number) => string) =>
		Array.from(
			{ length: 9 },
			(_, level) =>
				`<w:lvl w:ilvl="${level}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text(level)}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="${(level + 1) * 360}" w:hanging="360"/></w:pPr></w:lvl>`,
		).join('');
	const abstract = (id: number, content: string) =>
		`<w:abstractNum w:abstractNumId="${id}"><w:multiLevelType w:val="hybridMultilevel"/>${content}</w:abstractNum>`;
	const num = (id: number, of: number, more = '') =>
		`<w:num w:numId="${id}"><w:abstractNumId w:val="${of}"/>${more}</w:num>`;
	const restart = Array.from(
		{ length: 9 },
		(_, level) => `<w:lvlOverride w:ilvl="${level}"><w:startOverride w:val="1"/></w:lvlOverride>`,
	).join('');
	const numbered = Array.from({ length: Math.max(1, ordered) }, (_, at) => num(firstOrdered + at, 4, restart)).join('');
	return `${head}<w:numbering ${namespaces}>${abstract(
		1,
		levels('bullet', () => '•'),
	)}${abstract(
		2,
		levels('bullet', () => '☐'),
	)}${abstract(
		3,
		levels('bullet', () => '☑'),
	)}${abstract(
		4,
		levels('decimal', (level) => `%${level + 1}.`),
	)}${num(fixedLists.bullet, 1)}${num(fixedLists.open, 2)}${num(fixedLists.done, 3)}${numbered}</w:numbering>`;
}

export function stylesXml(language: string): string {
	const heading = (level: number, size: number) =>
		`<w:style w:type="paragraph" w:styleId="Heading${level}"><w:name w:val="heading ${level}"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before="${level === 1 ? 360 : 240}" w:after="80"/><w:outlineLvl w:val="${level - 1}"/></w:pPr><w:rPr><w:b/><w:sz w:val="${size}"/></w:rPr></w:style>`;
	return `${head}<w:styles ${namespaces}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="22"/><w:lang w:val="${language}"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style><w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:rPr><w:b/><w:sz w:val="48"/></w:rPr></w:style>${heading(1, 34)}${heading(2, 28)}${heading(3, 25)}${heading(4, 23)}<w:style w:type="paragraph" w:styleId="ListParagraph"><w:name w:val="List Paragraph"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="40"/></w:pPr></w:style><w:style w:type="paragraph" w:customStyle="1" w:styleId="Indented"><w:name w:val="Mitschrift Indented"/><w:basedOn w:val="Normal"/></w:style><w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="0563C1"/><w:u w:val="single"/></w:rPr></w:style><w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders>${['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>`).join('')}</w:tblBorders></w:tblPr></w:style></w:styles>`;
}

export function commentsXml(comments: readonly WordComment[]): string {
	const all = comments.map(({ id, author, date, text, paraId }) => {
		const lines = text.split('\n');
		const paragraphs = lines.map((line, at) => {
			const last = at === lines.length - 1 ? ` w14:paraId="${paraId}"` : '';
			return `<w:p${last}><w:r><w:t xml:space="preserve">${xmlText(line)}</w:t></w:r></w:p>`;
		});
		const initials = author
			.split(/\s+/)
			.map((word) => word[0] ?? '')
			.join('')
			.slice(0, 3);
		return `<w:comment w:id="${id}" w:author="${xmlText(author)}" w:date="${date}" w:initials="${xmlText(initials)}">${paragraphs.join('')}</w:comment>`;
	});
	return `${head}<w:comments ${namespaces}>${all.join('')}</w:comments>`;
}

export function commentsExtendedXml(comments: readonly WordComment[]): string {
	const all = comments.map(
		({ paraId, parent, done }) =>
			`<w15:commentEx w15:paraId="${paraId}"${parent === null ? '' : ` w15:paraIdParent="${parent}"`} w15:done="${done ? 1 : 0}"/>`,
	);
	return `${head}<w15:commentsEx ${namespaces}>${all.join('')}</w15:commentsEx>`;
}
