import fc from 'fast-check';

/** What has meant something, somewhere, to whoever reads names: markdown, mentions, templates, OData, spreadsheets, logs. */
const fragments = [
  ...[
    '[click](http://evil.example)',
    '![x](http://evil.example/x.png)',
    '<http://evil.example>',
    '[a]: http://evil.example',
  ],
  ...['<at>Alex</at>', '<at id="0">', '&lt;at&gt;', '&#60;at&#62;', '<b>', '</p>', '<script>', '<img src=x onerror=x>'],
  ...[
    '**',
    '__',
    '_',
    '*',
    '~~',
    '`',
    '```',
    '# ',
    '> ',
    '- ',
    '+ ',
    '1. ',
    '---',
    '===',
    '|',
    '\\',
    '[',
    '](',
    ')',
    '![',
  ],
  ...[
    '${secret}',
    '${$root}',
    '${1+1}',
    '${',
    '$',
    '{{DATE(2026-01-01T00:00:00Z)}}',
    '{{TIME(2026-01-01T00:00:00Z, LONG)}}',
  ],
  ...[
    '{{',
    '}}',
    '{',
    '}',
    "'",
    "''",
    "' or '1' eq '1",
    "') or contains(deviceName,'",
    '%27',
    '%2F',
    '..',
    '../..',
    '/',
    '?',
    '&$top=1',
    '#',
  ],
  ...['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1', '"', '""', ',', ';', '“', '”', '’', '„', '«'],
  ...['\n', '\r\n', '\r', '\u2028', '\u2029', '\u0085', '\t', '\0', '\u001b[31m', '\u00a0', '    ', '\u3000'],
  ...[
    '\u202e',
    '\u2066',
    '\u2069',
    '\u200b',
    '\u200d',
    '\ufeff',
    '\u00ad',
    '\ud800',
    '\udfff',
    'é',
    'é',
    '👩‍💻',
    '🇩🇪',
    'שלום',
    '長',
  ],
  ...[
    '{"level":"error"}',
    '"}\n{"a":1',
    '__proto__',
    'constructor',
    'toString',
    'null',
    'undefined',
    '#INC0012',
    'ticket #4711',
  ],
  ...[
    'lock ',
    'device ',
    'status ',
    'of ',
    'from ',
    'on ',
    'remove app ',
    'restore ',
    'refresh policy on ',
    'reprovision ',
    'MBP-042',
  ],
  ...['help', 'hi', '?', '.', '--', '–', 'for ', 'notify ', 'subscriptions', '@Jane Doe', 'a', ' '],
];

/** Foreign text: anything at all, and most of all what has done harm before. At most `longest` UTF-16 units. */
export const foreign = (longest = 200): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom(...fragments) },
        { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
        { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
        { weight: 1, arbitrary: fc.string({ unit: 'grapheme-ascii', maxLength: 12 }) },
      ),
      { maxLength: 24 },
    )
    .map((parts) => parts.join('').slice(0, longest));

/** A few characters over and over, as long as Teams lets a message be: what makes a careless pattern take for ever. */
export const endless = fc.record({
  begin: fc.constantFrom('', 'lock ', '"', '#', '(', '<at>'),
  part: fc.array(fc.constantFrom(...fragments), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')),
  end: fc.constantFrom('', '!', 'x', '"'),
});

export const spelledOut = ({
  begin,
  part,
  end,
}: {
  readonly begin: string;
  readonly part: string;
  readonly end: string;
}): string => begin + part.repeat(Math.ceil(20_000 / part.length)) + end;
