import type {
  BackupElementSelectionOption,
  ConsentEntityType,
  ConsentState,
  GroupPermissionsOptions,
  IdentifierKind,
  PermissionPolicy,
  PermissionUpdateType,
  ReactionAction,
  ReactionSchema,
} from '@xmtp/node-sdk';

// The SDK's enums are ambient const enums, which isolated modules cannot read: here are the values that the tests need.
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller names the enum
const member = <Enum>(value: number | string) => value as Enum;

export const ethereum = member<IdentifierKind>(0);
export const passkey = member<IdentifierKind>(1);
export const consent = {
  unknown: member<ConsentState>(0),
  allowed: member<ConsentState>(1),
  denied: member<ConsentState>(2),
  ofGroup: member<ConsentEntityType>(0),
  ofInbox: member<ConsentEntityType>(1),
};
export const preset = {
  default: member<GroupPermissionsOptions>(0),
  adminOnly: member<GroupPermissionsOptions>(1),
  custom: member<GroupPermissionsOptions>(2),
};
export const policy = {
  allow: member<PermissionPolicy>(0),
  deny: member<PermissionPolicy>(1),
  admin: member<PermissionPolicy>(2),
  superAdmin: member<PermissionPolicy>(3),
};
export const permission = { addMember: member<PermissionUpdateType>(0) };
export const reaction = { added: member<ReactionAction>(1), unicode: member<ReactionSchema>(1) };
export const archive = {
  messages: member<BackupElementSelectionOption>('Messages'),
  consent: member<BackupElementSelectionOption>('Consent'),
};
