import { errorOf } from '../../src/graph/error-body.ts';

const intune = {
  error: {
    code: 'BadRequest',
    message:
      '{\n  "_version": 3,\n  "Message": "An error has occurred - Operation ID (for customer support): 00000000-0000-0000-0000-000000000000 - Activity ID: 6676f0a0-0000-0000-0000-000000000000 - Url: https://fef.amsub0502.manage.microsoft.com/x",\n  "CustomApiErrorPhrase": "",\n  "RetryAfter": null\n}',
    innerError: { date: '2021-06-02T00:00:00', 'request-id': 'their-id' },
  },
};

test("Intune's JSON in a string is taken apart", () => {
  expect(errorOf(intune)).toEqual({
    code: 'BadRequest',
    message: 'An error has occurred',
    activityId: '6676f0a0-0000-0000-0000-000000000000',
    requestId: 'their-id',
  });
});

test('the missing scope is read from the words', () => {
  const message =
    'Application is not authorized to perform this operation. Application must have one of the following scopes: DeviceManagementManagedDevices.PrivilegedOperations.All - Operation ID (for customer support): 1';
  expect(errorOf({ error: { code: 'Forbidden', message } }).missingScope).toBe(
    'DeviceManagementManagedDevices.PrivilegedOperations.All',
  );
  const two = 'one of the following scopes: CloudPC.Read.All, CloudPC.ReadWrite.All';
  expect(errorOf({ error: { code: 'Forbidden', message: two } }).missingScope).toBe('CloudPC.Read.All');
});

test.each<[string, unknown, string]>([
  [
    'plain text from a gateway',
    { error: { code: 'X', message: 'Please retry again later.' } },
    'Please retry again later.',
  ],
  ['a page of HTML', '<html>\n<h1>502</h1></html>', '<html> <h1>502</h1></html>'],
  ['broken JSON in the string', { error: { code: 'X', message: '{ "Message": ' } }, '{ "Message":'],
  ['an echoed token', { error: { message: 'Bearer abc.def bad' } }, 'Bearer … bad'],
  ['a token alone', { error: { message: 'got eyJhbGciOi.eyJzdWIi.c2ln here' } }, 'got … here'],
  ['lines and controls', { error: { message: 'one\r\n\u0007two' } }, 'one two'],
  ['nothing', undefined, ''],
  ['null', null, ''],
  ['a list', [1], ''],
  ['an error that is text', { error: 'no' }, ''],
])('%s', (_, body, message) => {
  expect(errorOf(body).message).toBe(message);
});

test('a long message ends', () => {
  expect(errorOf({ error: { message: 'x'.repeat(5000) } }).message).toHaveLength(300);
});
