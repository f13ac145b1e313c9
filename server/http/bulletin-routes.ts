/** Approving and publishing an issue, for who writes bulletins. What comes of it is under `/b/`, for everybody. */
import type { PreviewAnswer } from '#lib/protocol/api.ts';
import { accessOf } from '#lib/protocol/policy.ts';
import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import { Refusal } from '../accounts/refusal.ts';
import type { Environment, Routes, Services } from './environment.ts';
import { requireSession } from './guard.ts';
import { ownOriginOf } from './origin.ts';
import { approvalRequest, correctionNote, publicationRequest, readBody } from './requests.ts';

export function bulletinRoutes(services: Services): Routes {
	const { publishing, site, origins, log } = services;
	const idOf = (context: Context<Environment>) => context.req.param('id') ?? '';
	const personOf = (context: Context<Environment>) => context.get('session').person.id;
	const originOf = (context: Context) => ownOriginOf(context.req.header('host'), origins);
	const noted = (event: string, context: Context<Environment>) =>
		log(event, { by: personOf(context), issue: idOf(context) });

	return new Hono<Environment>()
		.use(requireSession(services, (role) => accessOf(role, 'bulletin') === 'write'))
		.use(async (context, next) => {
			await next();
			// A change is noted in the directory before it is answered, and that takes its time.
			context.get('admitAgain')();
		})
		.get('/:id', async (context) => context.json(await publishing.state(idOf(context))))
		.post('/:id/approvals', async (context) => {
			const { hash } = await readBody(context, approvalRequest);
			const answer = await publishing.approve(idOf(context), personOf(context), hash, context.get('admitAgain'));
			noted('bulletin-approved', context);
			return context.json(answer, 201);
		})
		.delete('/:id/approvals', async (context) => {
			const answer = await publishing.withdrawApproval(idOf(context), personOf(context), context.get('admitAgain'));
			noted('bulletin-approval-withdrawn', context);
			return context.json(answer);
		})
		.post('/:id/publications', async (context) => {
			const { hash, note = null, page } = await readBody(context, publicationRequest);
			const answer = await publishing.publish(
				idOf(context),
				personOf(context),
				{ hash, note, page },
				context.get('admitAgain'),
			);
			noted('bulletin-published', context);
			return context.json(answer, 201);
		})
		.delete('/:id/page', async (context) => {
			const answer = await publishing.withdrawPage(idOf(context), personOf(context), context.get('admitAgain'));
			noted('bulletin-withdrawn', context);
			return context.json(answer);
		})
		.post('/:id/page', async (context) => {
			const answer = await publishing.showPage(idOf(context), personOf(context), context.get('admitAgain'));
			noted('bulletin-shown-again', context);
			return context.json(answer);
		})
		.get('/:id/preview', async (context) => {
			const note = v.safeParse(correctionNote, context.req.query('note'));
			const { hash, content, page } = await publishing.read(idOf(context));
			const html = site.preview(originOf(context), idOf(context), content, note.success ? note.output : null);
			return context.json({ hash, html, page } satisfies PreviewAnswer);
		})
		.get('/:id/mail', (context) => {
			const mail = site.mail(originOf(context), idOf(context));
			if (!mail) throw new Refusal('not-found');
			return context.json(mail);
		})
		.get('/:id/mail.eml', (context) => {
			const draft = site.mailDraft(originOf(context), idOf(context));
			if (!draft) throw new Refusal('not-found');
			return context.body(draft.text, 200, {
				'content-type': 'message/rfc822',
				// A page's name has nothing in it that a header would have to quote.
				'content-disposition': `attachment; filename="${draft.fileName}"`,
			});
		});
}
