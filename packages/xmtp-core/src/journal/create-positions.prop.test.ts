import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { startMachine } from '../../test/start-machine.ts';

const events = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('hear', 'send') },
    { weight: 2, arbitrary: fc.constantFrom('flush', 'cutPower', 'kill', 'restart') },
  ),
  { maxLength: 12 },
);

test.prop([events], { numRuns: 8, examples: [[['hear', 'cutPower', 'hear']], [['send', 'cutPower', 'send']]] })(
  'no position that was seen is ever given to another row',
  async (happened) => {
    const machine = await startMachine();
    const last = { hear: 0, send: 0 };
    for (const [index, event] of happened.entries()) {
      if (event === 'hear' || event === 'send') {
        const position = machine[event](`${index}`);
        expect(position).toBeGreaterThan(last[event]);
        last[event] = position;
      } else machine[event]();
    }
    machine.close();
  },
);
