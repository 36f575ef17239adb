/** Where messages of a page belong. */
export interface PageConversation {
  /** The group on the network. */
  groupId: string;
  /** The id that the agent knows, the same for duplicates of one direct message. */
  id: string;
  type: 'dm' | 'group';
}
