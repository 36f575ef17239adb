import { OptionDefaults } from 'typedoc';

/** @type {Partial<import('typedoc').TypeDocOptions>} */
export default {
  "name": "API",
  "entryPoints": [
    "../packages/agent/src/index.ts",
    "../packages/allowlist/src/index.ts",
    "../packages/client/src/index.ts",
    "../packages/devnet/src/index.ts",
    "../packages/ens-resolver/src/index.ts",
    "../packages/errors/src/index.ts",
    "../packages/glibc-compat/src/index.ts",
    "../packages/inbound-guard/src/index.ts",
    "../packages/ows-signer/src/index.ts",
    "../packages/team-config/src/index.ts",
    "../packages/xmtp-core/src/index.ts"
  ],
  "tsconfig": "tsconfig.api.json",
  "out": ".site/reference/api",
  "plugin": [
    "typedoc-plugin-markdown"
  ],
  "readme": "none",
  "entryFileName": "index",
  "hidePageHeader": true,
  "hideBreadcrumbs": true,
  "disableSources": true,
  "excludePrivate": true,
  "excludeInternal": true,
  "excludeExternals": true,
  "router": "module",
  "treatWarningsAsErrors": true,
  "skipErrorChecking": true,
  "logLevel": "Warn",
  "useCodeBlocks": true,
  "parametersFormat": "table",
  "propertiesFormat": "table",
  "interfacePropertiesFormat": "table",
  "validation": {
    "notExported": false,
    "invalidLink": true
  },
  "blockTags": [...OptionDefaults.blockTags, "@description"],
  "exclude": ["../packages/client/src/gen/**"]
};
