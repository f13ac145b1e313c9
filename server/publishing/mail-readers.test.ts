/** The mail draft as programs that are not ours read it: the parser of Nodemailer, and Python's where Python is installed. */
import type { Block } from '#lib/documents/body.ts';
import { simpleParser } from 'mailparser';
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { hostileTexts } from '../../tests/support/hostile-texts.ts';
import { cleanText } from './issue-content.ts';
import { mailDocument } from './mail-html.ts';
import { mailDraft, mailOf } from './mail.ts';
import type { PublishedIssue, Setting } from './publication.ts';

const setting: Setting = {
	publisher: 'Bündnis Auenbrück „Süd“',
	timeZone: 'Europe/Berlin',
	origin: 'https://notizen.example.org',
};

function issueOf(title: string, words: string): PublishedIssue {
	const span = { text: words, strong: false, em: false, href: null, ins: false, del: false };
	const block: Block = { kind: 'text', level: null, list: null, indent: 0, checked: false, spans: [span] };
	const content = {
		title,
		date: '2025-01-09',
		language: 'de' as const,
		articles: [{ id: 'a1', title, blocks: [block] }],
	};
	const at = Date.parse('2025-01-09T20:00:00Z');
	return {
		name: '2025-01-09-rundbrief',
		uid: '6f1c1c2e-0000-4000-8000-000000000001',
		versions: [{ number: 1, content, note: null, at }],
	};
}

const issues = [
	issueOf(
		'Größe, Maße, Straßenbahn: was der Vorstand am 10. Dezember über 1.400 Plakate beschlossen hat – und was nicht',
		'Das Wahlbüro tagt. = 100 % 🗳️',
	),
	issueOf('Kurz', `${'Ein langer Absatz ohne Ende. '.repeat(60)}\n.\n..\n--=_mitschrift\nFrom hier an`),
	...hostileTexts.map((text) => issueOf(cleanText(text), cleanText(text))),
];

/** A mail's lines end as the reader's system has it, and the last one may be there or not. */
const lines = (text: string) => text.replace(/\r\n?/g, '\n').trimEnd();

test('Nodemailer’s parser finds the subject, both bodies and nothing else', async () => {
	for (const issue of issues) {
		const mail = await simpleParser(mailDraft(issue, setting), { skipTextToHtml: true, skipTextLinks: true });
		const { subject, text } = mailOf(issue, setting);
		expect(mail.subject).toBe(subject);
		expect(lines(mail.text ?? '')).toBe(lines(text));
		expect(lines(mail.html || '')).toBe(lines(mailDocument(issue, setting)));
		expect(mail.attachments).toEqual([]);
		expect([...mail.headers.keys()].sort()).toEqual([
			'content-language',
			'content-type',
			'mime-version',
			'subject',
			'x-unsent',
		]);
	}
});

const python = spawnSync('python3', ['-c', 'import email']).status === 0;
if (!python) console.warn('skipped: Python is not installed here, so its reader does not look at our mail');

const reader = `
import email, json, sys
from email import policy
read = []
for source in json.load(sys.stdin):
    mail = email.message_from_bytes(source.encode('ascii'), policy=policy.default)
    parts = [(part.get_content_type(), part.get_content()) for part in mail.walk() if not part.is_multipart()]
    read.append({'subject': mail['subject'], 'headers': sorted(key.lower() for key in mail.keys()), 'parts': parts,
                 'faults': [str(fault) for part in mail.walk() for fault in part.defects]})
json.dump(read, sys.stdout)
`;

test.skipIf(!python)('Python’s email module reads the same, and finds no fault in it', () => {
	const input = JSON.stringify(issues.map((issue) => mailDraft(issue, setting)));
	const { stdout, stderr } = spawnSync('python3', ['-c', reader], { input, env: { ...process.env, PYTHONUTF8: '1' } });
	expect(stderr.toString()).toBe('');
	const read = JSON.parse(stdout.toString()) as { subject: string; parts: [string, string][]; faults: string[] }[];
	for (const [at, issue] of issues.entries()) {
		const { subject, text } = mailOf(issue, setting);
		const parts = read[at]?.parts.map(([type, content]) => [type, lines(content)]);
		expect({ ...read[at], parts }).toEqual({
			subject,
			headers: ['content-language', 'content-type', 'mime-version', 'subject', 'x-unsent'],
			parts: [
				['text/plain', lines(text)],
				['text/html', lines(mailDocument(issue, setting))],
			],
			faults: [],
		});
	}
});
