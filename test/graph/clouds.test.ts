import { cloudOf } from '../../src/graph/clouds.ts';

test.each([
  ['global', 'https://graph.microsoft.com'],
  ['GCC', 'https://graph.microsoft.com'],
  ['GCC High', 'https://graph.microsoft.us'],
  ['usgov', 'https://graph.microsoft.us'],
  ['DoD', 'https://dod-graph.microsoft.us'],
  ['china', 'https://microsoftgraph.chinacloudapi.cn'],
  ['https://graph.microsoft.us/', 'https://graph.microsoft.us'],
  ['https://Graph.Microsoft.com/v1.0', 'https://graph.microsoft.com'],
])('%s is %s', (said, graph) => {
  expect(cloudOf(said)?.graph).toBe(graph);
});

test.each(['', 'mars', 'https://graph.microsoft.com.evil.example', 'http://graph.microsoft.com', 'constructor'])(
  '%p is no cloud',
  (said) => {
    expect(cloudOf(said)).toBeUndefined();
  },
);
