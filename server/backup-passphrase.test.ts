import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readBackupPassphrase } from './backup-passphrase.ts';

const phrase = 'Sonne über dem Rathaus';

test('it is in the environment, or the first line of a file', () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'mitschrift-phrase-'));
	writeFileSync(path.join(folder, 'phrase'), `${phrase}\r\n# nicht verlieren\n`);
	const read = (env: Record<string, string>) => readBackupPassphrase(env, folder);
	expect(read({})).toBeNull();
	expect(read({ MITSCHRIFT_BACKUP_PASSPHRASE: phrase })).toBe(phrase);
	expect(read({ MITSCHRIFT_BACKUP_PASSPHRASE_FILE: 'phrase' })).toBe(phrase);
	expect(() => read({ MITSCHRIFT_BACKUP_PASSPHRASE_FILE: 'none' })).toThrow('cannot be read');
	expect(() => read({ MITSCHRIFT_BACKUP_PASSPHRASE: phrase, MITSCHRIFT_BACKUP_PASSPHRASE_FILE: 'phrase' })).toThrow(
		'not both',
	);
	for (const short of ['', 'elf Zeichen'])
		expect(() => read({ MITSCHRIFT_BACKUP_PASSPHRASE: short })).toThrow('12 characters or more');
	rmSync(folder, { recursive: true });
});
