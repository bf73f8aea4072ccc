/**
 * What a turn costs before there is a bot: botbuilder and restify, a text that is echoed, a card that never changes.
 * No authentication, as in the sandbox. `PORT` says where it listens.
 */
import { ActivityHandler, CardFactory, CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import restify from 'restify';

const card = CardFactory.adaptiveCard({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'TextBlock', text: 'Confirmed.', wrap: true }],
}).content as object;

class Echo extends ActivityHandler {
  constructor() {
    super();
    this.onMessage(async (context, next) => {
      await context.sendActivity(`You said: ${context.activity.text}`);
      await next();
    });
  }

  override async onAdaptiveCardInvoke() {
    return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card as Record<string, unknown> };
  }
}

const echo = new Echo();
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const server = restify.createServer();
server.use(restify.plugins.bodyReader({ maxBodySize: 256 * 1024 }));
server.use(...restify.plugins.jsonBodyParser({ bodyReader: true }));
server.post('/api/messages', async (request, response) => {
  await adapter.process(request, response, (context) => echo.run(context));
});
server.listen(Number(process.env['PORT']), '127.0.0.1');
