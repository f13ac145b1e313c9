/**
 * What the association decides for itself, as the server answers it and the interface reads it.
 *
 * `GET /api/settings` (who writes for the association) answers `Settings`; `PATCH /api/settings` (admin) changes what it
 * names and answers all of them. Refusals: `forbidden`, `bad-request`, `passkeys-unavailable`.
 */
export type Settings = {
	name: string;
	/** IANA name, such as `Europe/Berlin`: what the wall-clock times of all documents mean. */
	timeZone: string;
	/** From when on whoever writes for the association needs a passkey, ISO 8601 in UTC; null: nobody needs one. */
	passkeysFrom: string | null;
	/** How many board members have to approve an issue of the bulletin before it is published. */
	approvalsNeeded: number;
};

/** `passkeysRequired` starts the grace period, or takes the requirement back. What is not named stays. */
export type SettingsChange = { name?: string; timeZone?: string; passkeysRequired?: boolean; approvalsNeeded?: number };

/** What people have to add a passkey once it is required. Days. */
export const passkeyGraceDays = 14;
