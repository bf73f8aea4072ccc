import { cloudOf } from '../../src/graph/clouds.ts';

test.each([
  ['global', 'https://graph.microsoft.com'],
  ['worldwide', 'https://graph.microsoft.com'],
  ['UsGov', 'https://graph.microsoft.us'],
  ['usgovdod', 'https://dod-graph.microsoft.us'],
  ['usdod', 'https://dod-graph.microsoft.us'],
  [' china ', 'https://microsoftgraph.chinacloudapi.cn'],
  ['https://graph.microsoft.us/', 'https://graph.microsoft.us'],
  ['https://Graph.Microsoft.com', 'https://graph.microsoft.com'],
])('%s is %s', (said, graph) => {
  expect(cloudOf(said)?.graph).toBe(graph);
});

test.each([
  '',
  '/',
  'mars',
  'GCC High',
  'https://graph.microsoft.com.evil.example',
  'https://graph.microsoft.com@evil.example',
  'https://graph.microsoft.com/v1.0',
  'http://graph.microsoft.com',
  'https://login.microsoftonline.com',
  'constructor',
])('%p is no cloud', (said) => {
  expect(cloudOf(said)).toBeUndefined();
});
