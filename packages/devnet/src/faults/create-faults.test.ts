import { expect, test } from 'vitest';
import { type Caller, createFaults } from './create-faults.ts';
import { type FaultPlan, faultPlanSchema } from './fault-plan-schema.ts';

const caller: Caller = { peer: '127.0.0.1:1', appVersion: 'app/1', installationIds: new Set(['aa']) };

function create(plan: FaultPlan, now = () => 1_000) {
  const faults = createFaults({ plan, now });
  const call = (method: string) => faults.judgeCall({ method, streaming: method.startsWith('Subscribe'), caller });
  return { faults, call };
}

test('no plan, no faults', () => {
  const { faults, call } = create({});
  expect(call('SendGroupMessages')).toEqual({ delayMs: 0, silent: false, errorBefore: null, errorAfterwards: null });
  expect(faults.judgeEvent({ method: 'SubscribeGroupMessages', caller })).toBe('deliver');
  expect(faults.injected()).toEqual({});
});

test('a seed repeats itself, another seed does not, and the probability is met', () => {
  const plan = { errors: [{ code: 'INTERNAL' as const, probability: 0.3 }], latency: [{ ms: 5, jitterMs: 10 }] };
  const run = (seed: number) => {
    const { call } = create({ ...plan, seed });
    return Array.from({ length: 1_000 }, () => call('QueryGroupMessages'));
  };
  const first = run(7);
  expect(run(7)).toEqual(first);
  expect(run(8)).not.toEqual(first);
  const failed = first.filter(({ errorBefore }) => errorBefore !== null).length;
  expect(failed).toBeGreaterThan(230);
  expect(failed).toBeLessThan(370);
  const delays = first.map(({ delayMs }) => delayMs);
  expect(Math.min(...delays)).toBeGreaterThanOrEqual(5);
  expect(Math.max(...delays)).toBeLessThan(15);
});

test('a plan that is set again begins again', () => {
  const plan = {
    errors: [
      { code: 'INTERNAL' as const, probability: 0.5 },
      { code: 'UNKNOWN' as const, times: 1 },
    ],
  };
  const { faults, call } = create(plan);
  const run = () => Array.from({ length: 20 }, () => call('QueryGroupMessages').errorBefore?.code);
  const first = run();
  faults.set(plan);
  expect(run()).toEqual(first);
});

test('an error hits its method, as often as it may, before or after the work', () => {
  const { call } = create({
    errors: [
      { method: 'GetInboxIds', code: 'UNAVAILABLE', times: 1, message: 'gone' },
      { method: 'SendGroupMessages', code: 'INTERNAL', afterwards: true },
    ],
  });
  expect(call('GetInboxIds').errorBefore).toMatchObject({ code: 'UNAVAILABLE', message: 'gone' });
  expect(call('GetInboxIds').errorBefore).toBeNull();
  expect(call('SendGroupMessages')).toMatchObject({ errorBefore: null, errorAfterwards: { code: 'INTERNAL' } });
});

test('every Nth event is lost or held back', () => {
  const { faults } = create({ streams: [{ swallowEvery: 3, reorderEvery: 2 }] });
  const verdicts = Array.from({ length: 6 }, () => faults.judgeEvent({ method: 'SubscribeGroupMessages', caller }));
  expect(verdicts).toEqual(['deliver', 'hold', 'swallow', 'hold', 'deliver', 'swallow']);
});

test('refused writes and the cutover spare what only reads', () => {
  const { faults, call } = create({ refuseWrites: true });
  expect(call('UploadKeyPackage').errorBefore?.code).toBe('UNAVAILABLE');
  expect(call('QueryGroupMessages').errorBefore).toBeNull();
  faults.set({ cutoverMs: 1_001 });
  expect(call('SendGroupMessages').errorBefore).toBeNull();
  faults.set({ cutoverMs: 1_000 });
  expect(call('SendGroupMessages').errorBefore?.message).toMatch(/publishing to XMTP V3 is no longer available/);
  expect(call('SubscribeGroupMessages').errorBefore?.message).toMatch(/streaming is no longer available/);
  expect(call('QueryGroupMessages').errorBefore).toBeNull();
});

test.each([
  { rule: { installationId: 'aa' }, hit: true },
  { rule: { appVersion: 'app/1' }, hit: true },
  { rule: { peer: '127.0.0.1:1' }, hit: true },
  { rule: { installationId: 'bb' }, hit: false },
])('a partition finds its client by $rule', ({ rule, hit }) => {
  const refusing = create({ partitions: [rule] });
  expect(refusing.call('GetInboxIds').errorBefore !== null).toBe(hit);
  expect(refusing.faults.judgePartition(caller)).toBe(hit ? 'refuse' : null);
  const silent = create({ partitions: [{ ...rule, mode: 'silence' }] });
  expect(silent.call('GetInboxIds')).toMatchObject({ silent: hit, errorBefore: null });
});

test.each([
  { plan: { typo: 1 } },
  { plan: { errors: [{ code: 'INTERNAL', method: 'SendGroupMessage' }] } },
  { plan: { streams: [{ method: 'QueryGroupMessages', swallowEvery: 1 }] } },
  { plan: { errors: [{ code: 'NOT_A_CODE' }] } },
  { plan: { errors: [{ code: 'INTERNAL', probability: 2 }] } },
  { plan: { streams: [{ swallowEvery: 0 }] } },
  { plan: { partitions: [{ mode: 'refuse' }] } },
  { plan: { latency: [{ ms: -1 }] } },
])('a plan that means nothing is refused: $plan', ({ plan }) => {
  expect(faultPlanSchema.safeParse(plan).success).toBe(false);
});
