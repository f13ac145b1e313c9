/** An office (Amt): what somebody is in a body, under the label that the association uses. */
export type Office = {
	id: string;
	bodyId: string | null;
	/** "Vorsitz", "Kasse", "Schriftführung". */
	title: string;
	/** Null while nobody holds it. */
	personId: string | null;
	order: string;
};

export const maxOfficeTitle = 80;
