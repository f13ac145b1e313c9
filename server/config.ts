/** Environment → typed configuration, read once by `main.ts`. Everything has a default that runs. */
import path from 'node:path';
import * as v from 'valibot';
import { isProxyName } from './http/client-address.ts';

export type Config = {
	port: number;
	/** `localhost` means both loopback addresses. */
	host: string;
	dataFolder: string;
	buildFolder: string;
	/** Public origins such as `https://notizen.example.org`. Empty: a request's Origin must name its own Host. */
	origins: readonly string[];
	/** Addresses and networks of proxies whose `X-Forwarded-For` is believed; `loopback` is this machine. */
	trustedProxies: readonly string[];
	/** How many connections to documents one person may have, on all their devices together. */
	connectionsPerPerson: number;
	/** The link to set up is written into a file instead of printed: what is printed is kept. */
	setUpLinkInFile: boolean;
	/** Who shows it may read `/metrics`. Null: nobody. */
	metricsToken: string | null;
};

/** Everything that the server keeps is in this file, and in the log in the folder beside it. */
export function dataFileOf({ dataFolder }: Pick<Config, 'dataFolder'>): string {
	return path.join(dataFolder, 'mitschrift.sqlite');
}

/** Its message is one sentence for the person who starts the server. */
export class ConfigError extends Error {
	override name = 'ConfigError';
}

const environment = v.object({
	PORT: v.optional(
		v.pipe(
			v.string(),
			v.regex(/^\d{1,5}$/, 'PORT must be a number from 0 to 65535.'),
			v.transform(Number),
			v.maxValue(65535, 'PORT must be a number from 0 to 65535.'),
		),
		'3000',
	),
	HOST: v.optional(v.pipe(v.string(), v.trim(), v.nonEmpty('HOST must not be empty.')), 'localhost'),
	MITSCHRIFT_DATA: v.optional(v.pipe(v.string(), v.nonEmpty('MITSCHRIFT_DATA must name a folder.')), 'data'),
	MITSCHRIFT_BUILD: v.optional(v.pipe(v.string(), v.nonEmpty('MITSCHRIFT_BUILD must name a folder.')), 'build'),
	MITSCHRIFT_CONNECTIONS_PER_PERSON: v.optional(
		v.pipe(
			v.string(),
			v.regex(/^[1-9]\d{0,4}$/, 'MITSCHRIFT_CONNECTIONS_PER_PERSON must be a number from 1 to 99999.'),
			v.transform(Number),
		),
		'128',
	),
	MITSCHRIFT_METRICS_TOKEN: v.optional(
		v.pipe(v.string(), v.minLength(16, 'MITSCHRIFT_METRICS_TOKEN must have 16 characters or more.')),
	),
	MITSCHRIFT_SETUP_LINK: v.optional(v.literal('file', 'MITSCHRIFT_SETUP_LINK must be file, or not be set.')),
	MITSCHRIFT_TRUSTED_PROXY: v.optional(
		v.pipe(
			v.string(),
			v.transform(listOf),
			v.array(
				v.pipe(
					v.string(),
					v.check(
						isProxyName,
						'MITSCHRIFT_TRUSTED_PROXY must hold addresses or networks such as 10.0.0.0/8, or loopback.',
					),
				),
			),
		),
		'loopback',
	),
	MITSCHRIFT_ORIGIN: v.optional(
		v.pipe(
			v.string(),
			v.transform(listOf),
			v.array(
				v.pipe(
					v.string(),
					v.check(isOrigin, 'MITSCHRIFT_ORIGIN must hold origins such as https://notizen.example.org, without a path.'),
				),
			),
		),
		'',
	),
});

/** @throws ConfigError */
export function readConfig(env: Record<string, string | undefined>, root: string): Config {
	const read = v.safeParse(environment, env);
	if (!read.success) throw new ConfigError(read.issues[0].message);
	const { PORT, HOST, MITSCHRIFT_DATA, MITSCHRIFT_BUILD, MITSCHRIFT_ORIGIN, MITSCHRIFT_METRICS_TOKEN } = read.output;
	return {
		port: PORT,
		host: HOST,
		dataFolder: path.resolve(root, MITSCHRIFT_DATA),
		buildFolder: path.resolve(root, MITSCHRIFT_BUILD),
		origins: MITSCHRIFT_ORIGIN,
		trustedProxies: read.output.MITSCHRIFT_TRUSTED_PROXY,
		connectionsPerPerson: read.output.MITSCHRIFT_CONNECTIONS_PER_PERSON,
		setUpLinkInFile: read.output.MITSCHRIFT_SETUP_LINK === 'file',
		metricsToken: MITSCHRIFT_METRICS_TOKEN ?? null,
	};
}

/** Comma separated. */
function listOf(text: string): string[] {
	return text
		.split(',')
		.map((part) => part.trim())
		.filter(Boolean);
}

function isOrigin(text: string): boolean {
	const url = URL.parse(text);
	return url !== null && /^https?:$/.test(url.protocol) && url.origin === text;
}
