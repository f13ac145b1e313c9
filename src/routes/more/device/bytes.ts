import { formatNumber } from '#lib/i18n/format.ts';

const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** `1,2 MB`: decimal units, as the settings of phones show them; a digit after the point below ten. */
export function formatBytes(bytes: number): string {
	let value = bytes;
	let unit = 0;
	while (value >= 999.5 && unit < units.length - 1) {
		value /= 1000;
		unit++;
	}
	const rounded = value < 9.95 && unit > 0 ? Math.round(value * 10) / 10 : Math.round(value);
	return `${formatNumber(rounded)} ${units[unit]}`;
}
