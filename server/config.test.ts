import path from 'node:path';
import { expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const root = path.resolve('/srv/mitschrift');

test('everything has a default that runs', () => {
	expect(readConfig({}, root)).toEqual({
		port: 3000,
		host: 'localhost',
		dataFolder: path.join(root, 'data'),
		buildFolder: path.join(root, 'build'),
		origins: [],
		trustedProxies: ['loopback'],
		connectionsPerPerson: 128,
		setUpLinkInFile: false,
		metricsToken: null,
	});
});

test('the environment says otherwise', () => {
	const env = {
		PORT: '80',
		HOST: '::',
		MITSCHRIFT_DATA: path.resolve('/var/lib/mitschrift'),
		MITSCHRIFT_BUILD: 'other',
		MITSCHRIFT_ORIGIN: 'https://a.example, http://localhost:3000',
		MITSCHRIFT_METRICS_TOKEN: 'sixteen-letters!',
		MITSCHRIFT_TRUSTED_PROXY: '10.0.0.5, fd00::/8',
		MITSCHRIFT_CONNECTIONS_PER_PERSON: '64',
		MITSCHRIFT_SETUP_LINK: 'file',
	};
	expect(readConfig(env, root)).toEqual({
		port: 80,
		host: '::',
		dataFolder: path.resolve('/var/lib/mitschrift'),
		buildFolder: path.join(root, 'other'),
		origins: ['https://a.example', 'http://localhost:3000'],
		trustedProxies: ['10.0.0.5', 'fd00::/8'],
		connectionsPerPerson: 64,
		setUpLinkInFile: true,
		metricsToken: 'sixteen-letters!',
	});
});

test.each([
	['PORT', 'abc'],
	['PORT', '65536'],
	['PORT', '-1'],
	['HOST', ' '],
	['MITSCHRIFT_DATA', ''],
	['MITSCHRIFT_ORIGIN', 'notizen.example.org'],
	['MITSCHRIFT_ORIGIN', 'https://a.example/path'],
	['MITSCHRIFT_ORIGIN', 'ftp://a.example'],
	['MITSCHRIFT_CONNECTIONS_PER_PERSON', '0'],
	['MITSCHRIFT_CONNECTIONS_PER_PERSON', 'many'],
	['MITSCHRIFT_METRICS_TOKEN', ''],
	['MITSCHRIFT_METRICS_TOKEN', 'too-short'],
])('%s=%j is refused in one sentence that names it', (name, value) => {
	const read = () => readConfig({ [name]: value }, root);
	expect(read).toThrow(ConfigError);
	expect(read).toThrow(new RegExp(`^${name} must .*\\.$`));
});

test('a proxy that is not named by an address is refused in a sentence', () => {
	expect(() => readConfig({ MITSCHRIFT_TRUSTED_PROXY: 'caddy' }, root)).toThrow(ConfigError);
	expect(readConfig({ MITSCHRIFT_TRUSTED_PROXY: '' }, root).trustedProxies).toEqual([]);
});
