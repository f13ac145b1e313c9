const platforms: [RegExp, string][] = [
	[/iPhone/, 'iPhone'],
	[/iPad/, 'iPad'],
	[/Android/, 'Android'],
	[/CrOS/, 'Chromebook'],
	[/Windows/, 'Windows'],
	[/Macintosh/, 'Mac'],
	[/Linux/, 'Linux'],
];

/** A name by which a person recognizes their device in a list: the platform, or a dash. */
export function deviceNameOf(userAgent: string | undefined): string {
	return platforms.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1] ?? '–';
}
