import { Hono } from 'hono';
import { answerError, createApi } from './api.ts';
import type { Services } from './environment.ts';
import { refuse } from './guard.ts';
import { operationsRoutes } from './operations-routes.ts';
import { publicRoutes } from './public-routes.ts';
import { securityHeaders } from './security-headers.ts';
import type { Build } from './static-files.ts';

/** Everything that is served over plain HTTP: the API, the operator's pages, what is published, the interface. */
export function createApp(services: Services, build: Build): Hono {
	const app = new Hono();
	app.use(securityHeaders(services.origins));
	app.route('/api', createApi(services));
	app.all('/api/*', (context) => refuse(context, 'not-found'));
	app.route('/', operationsRoutes(services.operations));
	app.route('/', publicRoutes(services));
	app.on(['GET', 'HEAD'], '/*', build.serve);
	app.onError((cause, context) => answerError(cause, context, services));
	return app;
}
