/**
 * A mail draft (RFC 5322, 2045 to 2047): plain text and HTML beside each other, in characters that every relay lets
 * through. `X-Unsent` makes mail programs open it as a new message. It says neither when nor from whom: whoever sends it
 * does.
 */
import type { MailAnswer } from '#lib/protocol/api.ts';
import { mailBody, mailDocument } from './mail-html.ts';
import { issueText } from './plain-text.ts';
import { addressOf, latestOf, type PublishedIssue, type Setting } from './publication.ts';
import { dayOf, wordsIn } from './words.ts';

const newLine = '\r\n';
/** RFC 2047, 2: an encoded word has 75 characters at most; this many bytes fit into one. */
const wordBytes = 45;
/** RFC 2045, 6.7: without the line's end. */
const lineLength = 76;

export function mailOf(issue: PublishedIssue, setting: Setting): MailAnswer {
	return { subject: subjectOf(issue, setting), html: mailBody(issue, setting), text: textOf(issue, setting) };
}

export function mailDraft(issue: PublishedIssue, setting: Setting): string {
	// Neither `=_` nor anything else of it can stand in quoted-printable text.
	const boundary = `=_mitschrift_${issue.uid}`;
	const { language } = latestOf(issue).content;
	const part = (type: string, text: string) =>
		[
			`--${boundary}`,
			`Content-Type: ${type}; charset=utf-8`,
			'Content-Transfer-Encoding: quoted-printable',
			'',
			quotedPrintable(text),
		].join(newLine);
	return [
		`Subject: ${encodedWords(subjectOf(issue, setting))}`,
		'X-Unsent: 1',
		'MIME-Version: 1.0',
		`Content-Language: ${language}`,
		`Content-Type: multipart/alternative; boundary="${boundary}"`,
		'',
		part('text/plain', textOf(issue, setting)),
		part('text/html', mailDocument(issue, setting)),
		`--${boundary}--`,
		'',
	].join(newLine);
}

function subjectOf(issue: PublishedIssue, { publisher }: Setting): string {
	return `${publisher}: ${latestOf(issue).content.title}`.replace(/\s+/g, ' ');
}

function textOf(issue: PublishedIssue, setting: Setting): string {
	const { content } = latestOf(issue);
	const words = wordsIn(content.language);
	const notes = issue.versions.flatMap(({ note, at }) =>
		note === null ? [] : [words.corrected(dayOf(at, content.language, setting.timeZone), note)],
	);
	const online = `${words.inBrowser}: ${addressOf(setting, issue.name)}`;
	return `${[...notes, issueText(content), online].join('\n\n')}\n`;
}

/** Encoded whatever it says, so that no title can begin another header. */
function encodedWords(text: string): string {
	const words: string[] = [];
	let bytes = Buffer.alloc(0);
	for (const character of text) {
		const next = Buffer.concat([bytes, Buffer.from(character)]);
		if (next.length > wordBytes) words.push(encodedWord(bytes));
		bytes = next.length > wordBytes ? Buffer.from(character) : next;
	}
	return [...words, encodedWord(bytes)].join(`${newLine} `);
}

function encodedWord(bytes: Buffer): string {
	return `=?utf-8?B?${bytes.toString('base64')}?=`;
}

function quotedPrintable(text: string): string {
	return text.split('\n').map(quotedLine).join(newLine);
}

function quotedLine(line: string): string {
	const tokens = [...Buffer.from(line)].map((byte, index, all) => quotedByte(byte, index === all.length - 1));
	const lines: string[] = [];
	let current = '';
	for (const token of tokens) {
		if (current.length + token.length > lineLength - 1) {
			lines.push(`${current}=`);
			current = '';
		}
		current += token;
	}
	return [...lines, current].join(newLine);
}

function quotedByte(byte: number, last: boolean): string {
	const space = byte === 0x20 || byte === 0x09;
	const plain = (byte >= 0x21 && byte <= 0x7e && byte !== 0x3d) || (space && !last);
	return plain ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
