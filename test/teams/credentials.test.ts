import { TeamsAdapter } from '../../src/teams/adapter.ts';
import { credentialsFactory } from '../../src/teams/credentials.ts';
import { appId, Framework, tenantId } from './framework.ts';
import { activity, open, ours, post } from './house.ts';

test('authentication is on, and for us alone', async () => {
  const factory = credentialsFactory({ clientId: appId, tokens: ours });
  expect(await factory.isAuthenticationDisabled()).toBe(false);
  expect(await factory.isValidAppId('')).toBe(false);
  expect(await factory.isValidAppId(appId)).toBe(true);
});

test('the US government has its own channel, and no other is known', () => {
  const make = (channelService: string) => () =>
    new TeamsAdapter({ credentials: { clientId: appId, tokens: ours }, channelService, connectorTimeoutMs: 1 });
  expect(make('https://botframework.azure.us')).not.toThrow();
  expect(make('https://botframework.example')).toThrow('ChannelService');
});

test.each([
  ['none', () => Promise.resolve(null), 'the credential gave none'],
  ['an error', () => Promise.reject(new Error('AADSTS7000222: expired\nTrace ID: x')), 'AADSTS7000222: expired'],
])('without a token, for the credential gives %s, nothing is sent, and later it may be', async (_, getToken, why) => {
  const framework = new Framework();
  await framework.start();
  const house = await open(framework, {
    authentication: { is: 'on', credentials: { clientId: appId, tokens: { getToken } } },
  });
  await post(house, activity(framework), { authorization: framework.token() });
  await house.desk.until(() => house.desk.heard.length === 1);
  const { place } = house.desk.heard[0]!;
  expect(place.tenantId).toBe(tenantId);
  const failed = house.teams.messenger.post(place, { text: 'x' });
  await expect(failed).rejects.toMatchObject({ name: 'NotNow', message: `Connector: 0 NoToken: ${why}`, lost: false });
  expect(framework.calls).toHaveLength(0);
  await house.teams.stop();
  await framework.stop();
});
