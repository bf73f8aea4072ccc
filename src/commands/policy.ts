import { checkPolicy } from './policyCheck.ts';
import { explainPolicy } from './policyExplain.ts';
import { writeSchema } from './policySchema.ts';
import { runCommand } from './run.ts';

process.exitCode = await runCommand(
  { explain: explainPolicy, check: checkPolicy, schema: writeSchema },
  process.argv.slice(2),
);
