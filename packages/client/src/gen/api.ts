// Generated from GET /openapi.json; `npm test -- client-types -u` writes it anew.
export interface paths {
    "/xmtp/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a message to an ENS name or an Ethereum address */
        post: operations["sendMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the mailbox is connected, and everything about its health */
        get: operations["getStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Accepted messages, or what was sent, in the order of the journal, optionally waiting for the next one */
        get: operations["listMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/messages/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One message, heard or sent, with the reactions to it */
        get: operations["getMessage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/messages/{id}/ack": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark a message as delivered */
        post: operations["acknowledgeMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/messages/{id}/text": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The whole of a long message, heard or sent, page by page
         * @description Each page is a block of its own, behind the same boundary. It may hold fewer lines than were asked for.
         */
        get: operations["getMessageText"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/messages/{id}/attachments/{n}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A file of a message that was heard or sent: fetched when it lies elsewhere, checked, in the clear */
        get: operations["getAttachment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/messages/{id}/attachments/{n}/text": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Some lines of a text file, inside the boundary of its message */
        get: operations["getAttachmentText"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/messages/{id}/reply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answer a message in its conversation */
        post: operations["replyToMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/messages/{id}/react": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** React to a message, or take a reaction back */
        post: operations["reactToMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Conversations by what happened last */
        get: operations["listConversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/conversations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One conversation */
        get: operations["getConversation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/conversations/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was heard and said in a conversation
         * @description `before` and `after` take cursors and ids of messages. Of others only what was accepted is shown. A page may hold less than `limit` and still have more.
         */
        get: operations["listConversationMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/conversations/{id}/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a message into a conversation */
        post: operations["sendToConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/conversations/{id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark a conversation as read, and send a read receipt */
        post: operations["markConversationRead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Accepted messages as server-sent events
         * @description The id of an event is the seq of its message. Starts behind Last-Event-ID, else behind `after`, else with the oldest message that is not acknowledged.
         */
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The status as server-sent events, at once and whenever it changes */
        get: operations["streamChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many messages were heard, sent and dropped in each hour */
        get: operations["getActivity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/outbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sends that are neither accepted by the network nor given up */
        get: operations["listUnsettledSends"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/problems": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The last warnings and errors of the log */
        get: operations["listProblems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who changed what trust when */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/backup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A backup of everything that this mailbox needs to go on elsewhere, sealed */
        post: operations["makeBackup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/allowlist": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The allowlist */
        get: operations["listAllowlist"];
        put?: never;
        /** Put somebody on the allowlist, by address or by name */
        post: operations["addToAllowlist"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/allowlist/{entry}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One entry of the allowlist */
        get: operations["getAllowlistEntry"];
        /** Put this address or name on the allowlist, or give who is on it another name or label */
        put: operations["putAllowlistEntry"];
        post?: never;
        /** Take somebody off the allowlist */
        delete: operations["removeFromAllowlist"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/denylist": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The denylist */
        get: operations["listDenylist"];
        put?: never;
        /** Put somebody on the denylist, by address or by name */
        post: operations["addToDenylist"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/denylist/{entry}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One entry of the denylist */
        get: operations["getDenylistEntry"];
        /** Put this address or name on the denylist, or give who is on it another name or label */
        put: operations["putDenylistEntry"];
        post?: never;
        /** Take somebody off the denylist */
        delete: operations["removeFromDenylist"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/grouplist": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The list of groups */
        get: operations["listGrouplist"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/grouplist/{entry}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Put a group on the list, or give one another label */
        put: operations["putGrouplistEntry"];
        post?: never;
        /** Take a group off the list */
        delete: operations["removeFromGrouplist"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/dropped": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who was turned away, how often and why */
        get: operations["listDropped"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/knocks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Strangers who wrote, and groups in which nobody may be heard */
        get: operations["listKnocks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/knocks/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept to be in a group: it is listed; who is heard there stays with the allowlist */
        post: operations["acceptInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/knocks/{id}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Refuse to be in a group: nothing of it is listened to, and the agent asks to leave it */
        post: operations["refuseInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a group */
        post: operations["createGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/groups/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A group and who is in it */
        get: operations["getGroup"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change what a group is called, how long its messages stay, and who may do what
         * @description Where a right is missing, nothing of it is done.
         */
        patch: operations["updateGroup"];
        trace?: never;
    };
    "/xmtp/groups/{id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add somebody to a group */
        post: operations["addGroupMembers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/groups/{id}/members/{member}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Make somebody an admin or a super admin of a group, or a mere member again */
        put: operations["setGroupMemberRole"];
        post?: never;
        /** Take somebody out of a group */
        delete: operations["removeGroupMember"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/groups/{id}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Leave a group */
        post: operations["leaveGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/delivery/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try now what waits for a later attempt, also after the agent answered 410 */
        post: operations["retryDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/dead/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Deliver the oldest dead letters again, at most 1,000 */
        post: operations["replayDeadLetters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/dead": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Messages that could not be delivered */
        get: operations["listDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/dead/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Deliver a dead letter again */
        post: operations["replayDeadLetter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/dead/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Give a dead letter up */
        delete: operations["discardDeadLetter"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/prompt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The fragment for the system prompt that explains the boundary of this agent */
        get: operations["getPrompt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The address that a name leads to now */
        get: operations["resolveName"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/reverse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The name that an address claims, if it leads back to the address */
        get: operations["reverseAddress"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process answers */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether messages can be sent and received */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Metrics in the Prometheus text format */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/restap.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What REST-AP clients can find here */
        get: operations["getCatalog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/page/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a link that opens the operator's page once, within two minutes */
        post: operations["createPageLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/xmtp/page/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Exchange the code of a link for a token of the page */
        post: operations["openPageSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        OutboundText: {
            text: string;
        };
        OutboundMarkdown: {
            markdown: string;
        };
        OutboundReaction: {
            reference: string;
            referenceInboxId?: string;
            /**
             * @default added
             * @enum {string}
             */
            action: "added" | "removed";
            content: string;
            /**
             * @default unicode
             * @enum {string}
             */
            schema: "unicode" | "shortcode" | "custom";
        };
        OutboundReadReceipt: Record<string, never>;
        OutboundAttachment: {
            filename?: string;
            mimeType: string;
            /** Format: base64 */
            content: string;
        };
        OutboundRemoteAttachment: {
            url: string;
            contentDigest: string;
            /** Format: base64 */
            secret: string;
            /** Format: base64 */
            salt: string;
            /** Format: base64 */
            nonce: string;
            /**
             * @default https
             * @constant
             */
            scheme: "https";
            contentLength?: number;
            filename?: string;
        };
        OutboundMultiRemoteAttachment: {
            attachments: {
                url: string;
                contentDigest: string;
                /** Format: base64 */
                secret: string;
                /** Format: base64 */
                salt: string;
                /** Format: base64 */
                nonce: string;
                /**
                 * @default https
                 * @constant
                 */
                scheme: "https";
                contentLength?: number;
                filename?: string;
            }[];
        };
        OutboundTransactionReference: {
            namespace?: string;
            networkId: string;
            reference: string;
            metadata?: {
                transactionType: string;
                currency: string;
                amount: number;
                decimals: number;
                fromAddress: string;
                toAddress: string;
            };
        };
        OutboundWalletSendCalls: {
            version: string;
            chainId: string;
            from: string;
            calls: {
                to?: string;
                data?: string;
                value?: string;
                gas?: string;
                metadata?: {
                    [key: string]: string;
                };
            }[];
            capabilities?: {
                [key: string]: string;
            };
        };
        OutboundActions: {
            id: string;
            description: string;
            actions: {
                id: string;
                label: string;
                imageUrl?: string;
                /** @enum {string} */
                style?: "primary" | "secondary" | "danger";
                expiresAtNs?: string;
            }[];
            expiresAtNs?: string;
        };
        OutboundIntent: {
            id: string;
            actionId: string;
            metadata?: {
                [key: string]: unknown;
            };
        };
        OutboundReply: {
            reference: string;
            referenceInboxId?: string;
            content: {
                /** @constant */
                type: "text";
                content: {
                    text: string;
                };
            } | {
                /** @constant */
                type: "markdown";
                content: {
                    markdown: string;
                };
            } | {
                /** @constant */
                type: "reaction";
                content: {
                    reference: string;
                    referenceInboxId?: string;
                    /**
                     * @default added
                     * @enum {string}
                     */
                    action: "added" | "removed";
                    content: string;
                    /**
                     * @default unicode
                     * @enum {string}
                     */
                    schema: "unicode" | "shortcode" | "custom";
                };
            } | {
                /** @constant */
                type: "readReceipt";
                content: Record<string, never>;
            } | {
                /** @constant */
                type: "attachment";
                content: {
                    filename?: string;
                    mimeType: string;
                    /** Format: base64 */
                    content: string;
                };
            } | {
                /** @constant */
                type: "remoteAttachment";
                content: {
                    url: string;
                    contentDigest: string;
                    /** Format: base64 */
                    secret: string;
                    /** Format: base64 */
                    salt: string;
                    /** Format: base64 */
                    nonce: string;
                    /**
                     * @default https
                     * @constant
                     */
                    scheme: "https";
                    contentLength?: number;
                    filename?: string;
                };
            } | {
                /** @constant */
                type: "multiRemoteAttachment";
                content: {
                    attachments: {
                        url: string;
                        contentDigest: string;
                        /** Format: base64 */
                        secret: string;
                        /** Format: base64 */
                        salt: string;
                        /** Format: base64 */
                        nonce: string;
                        /**
                         * @default https
                         * @constant
                         */
                        scheme: "https";
                        contentLength?: number;
                        filename?: string;
                    }[];
                };
            } | {
                /** @constant */
                type: "transactionReference";
                content: {
                    namespace?: string;
                    networkId: string;
                    reference: string;
                    metadata?: {
                        transactionType: string;
                        currency: string;
                        amount: number;
                        decimals: number;
                        fromAddress: string;
                        toAddress: string;
                    };
                };
            } | {
                /** @constant */
                type: "walletSendCalls";
                content: {
                    version: string;
                    chainId: string;
                    from: string;
                    calls: {
                        to?: string;
                        data?: string;
                        value?: string;
                        gas?: string;
                        metadata?: {
                            [key: string]: string;
                        };
                    }[];
                    capabilities?: {
                        [key: string]: string;
                    };
                };
            } | {
                /** @constant */
                type: "actions";
                content: {
                    id: string;
                    description: string;
                    actions: {
                        id: string;
                        label: string;
                        imageUrl?: string;
                        /** @enum {string} */
                        style?: "primary" | "secondary" | "danger";
                        expiresAtNs?: string;
                    }[];
                    expiresAtNs?: string;
                };
            } | {
                /** @constant */
                type: "intent";
                content: {
                    id: string;
                    actionId: string;
                    metadata?: {
                        [key: string]: unknown;
                    };
                };
            } | {
                type: string;
                content: {
                    /** @default {} */
                    parameters: {
                        [key: string]: string;
                    };
                    /**
                     * Format: base64
                     * @default
                     */
                    content: string;
                    fallback?: string;
                };
            };
        };
        SendResponse: {
            /** @enum {boolean} */
            ok: true;
            /** @enum {string} */
            message: "Message sent";
            id: string;
            conversationId: string;
            to: components["schemas"]["Recipient"];
            /** @description The result of an earlier request with the same key. */
            replayed: boolean;
            /** @description The other address that this name meant when it was last written to, and from when on. */
            changedSince?: {
                address: string;
                since: string;
            };
            /** @description What was taken out of the message before it was sent, by kind; absent when nothing was. */
            scrubbed?: string[];
            /** @description Whether what the recipient answers from this address will be heard. */
            heard: boolean;
        };
        Recipient: {
            name: string | null;
            address: string;
            /** @description Who gave the address: raw, hosts, id-cli, web3.bio or onchain. */
            source: string;
            /** @description Whether the chain confirmed it, or the caller gave it. */
            verified: boolean;
        };
        /** @description What went wrong (RFC 9457). */
        Problem: {
            /** @enum {boolean} */
            ok: false;
            type: string;
            title: string;
            status: number;
            /** @description Stable; programs decide by it. */
            code: string;
            detail: string;
            hint?: string;
            requestId: string;
            errors?: {
                pointer: string;
                detail: string;
            }[];
        } & {
            [key: string]: unknown;
        };
        SendRequest: {
            /**
             * @description ENS name or 0x address.
             * @example alice.agent-23.xid.eth
             */
            to: string;
            /**
             * @description Words.
             * @example Hello from my agent
             */
            message?: string;
            /** @description Of the words: text (the default) or markdown. Of `content`: text, markdown, reaction, readReceipt, attachment, remoteAttachment, multiRemoteAttachment, transactionReference, walletSendCalls, actions, intent, reply, or a full id (authority/type:major.minor). */
            contentType?: string;
            /** @description What `contentType` says. Of a custom type: parameters, fallback, and content in base64. */
            content?: {
                [key: string]: unknown;
            } | components["schemas"]["OutboundText"] | components["schemas"]["OutboundMarkdown"] | components["schemas"]["OutboundReaction"] | components["schemas"]["OutboundReadReceipt"] | components["schemas"]["OutboundAttachment"] | components["schemas"]["OutboundRemoteAttachment"] | components["schemas"]["OutboundMultiRemoteAttachment"] | components["schemas"]["OutboundTransactionReference"] | components["schemas"]["OutboundWalletSendCalls"] | components["schemas"]["OutboundActions"] | components["schemas"]["OutboundIntent"] | components["schemas"]["OutboundReply"] | Record<string, never>;
            /** @description A file inside the message, at most about 1,000,000 bytes. */
            attachment?: {
                filename?: string;
                mimeType: string;
                /** @description The file, base64. */
                data: string;
            };
            /** @description A file that is encrypted, uploaded where the settings say (XMTP_UPLOAD_URL), and named by the message. At most XMTP_UPLOAD_MAX bytes. */
            remoteAttachment?: {
                filename?: string;
                mimeType: string;
                /** @description The file, base64. */
                data: string;
            };
            /** @description Id of the message that this one answers. */
            replyTo?: string;
            /** @description Refuse a name that leads to another address than when it was last written to. */
            strict?: boolean;
        };
        Status: {
            /** @description True only while the last sync is recent and the last real work of every direction succeeded. */
            connected: boolean;
            /** @description What people call this agent: XMTP_AGENT, else its wallet. */
            name: string;
            /** @description `null` until the wallet has been asked. */
            address: string | null;
            /** @enum {string} */
            state: "starting" | "connected" | "degraded" | "rate-limited" | "failed" | "closing" | "closed";
            /** @description Why it is not connected, what to do, and the codes of the errors behind it. */
            reason: {
                code: string;
                message: string;
                hint: string;
                causes: string[];
            } | null;
            /** @description What an operator should not overlook, the most pressing first: what it is, and what to do. */
            warnings: {
                code: string;
                message: string;
                hint: string;
            }[];
            env: string;
            /** @enum {string} */
            mode: "closed" | "open";
            boundaryMode: string;
            inboxId: string | null;
            installationId: string | null;
            opening: {
                attempts: number;
                /** @description ISO 8601. */
                nextAttemptAt: string | null;
            };
            /** @description ISO 8601. */
            lastSyncAt: string | null;
            bell: {
                enabled: boolean;
                up: boolean;
                /** @description ISO 8601. */
                lastRingAt: string | null;
                /** @description ISO 8601. */
                since: string | null;
                reason: string | null;
            } | null;
            /**
             * @deprecated
             * @description The same as `bell`, by its name of before.
             */
            stream: {
                enabled: boolean;
                up: boolean;
                /** @description ISO 8601. */
                lastRingAt: string | null;
                /** @description ISO 8601. */
                since: string | null;
                reason: string | null;
            } | null;
            /** @description What the last real work of each kind showed. */
            directions: {
                receiving: {
                    /** @enum {string} */
                    state: "ok" | "failing" | "unknown";
                    /** @description ISO 8601. */
                    lastOkAt: string | null;
                    error: {
                        code: string;
                        message: string;
                        /** @description ISO 8601. */
                        at: string | null;
                    } | null;
                };
                sending: {
                    /** @enum {string} */
                    state: "ok" | "failing" | "unknown";
                    /** @description ISO 8601. */
                    lastOkAt: string | null;
                    error: {
                        code: string;
                        message: string;
                        /** @description ISO 8601. */
                        at: string | null;
                    } | null;
                };
                identity: {
                    /** @enum {string} */
                    state: "ok" | "failing" | "unknown";
                    /** @description ISO 8601. */
                    lastOkAt: string | null;
                    error: {
                        code: string;
                        message: string;
                        /** @description ISO 8601. */
                        at: string | null;
                    } | null;
                };
                storage: {
                    /** @enum {string} */
                    state: "ok" | "failing" | "unknown";
                    /** @description ISO 8601. */
                    lastOkAt: string | null;
                    error: {
                        code: string;
                        message: string;
                        /** @description ISO 8601. */
                        at: string | null;
                    } | null;
                };
            } | null;
            /** @description Calls to the network, by the count of this process; see the limits in the README. */
            budget: {
                reads: {
                    left: number;
                    limit: number;
                } | null;
                writes: {
                    left: number;
                    limit: number;
                } | null;
                calls: {
                    reads: number;
                    writes: number;
                };
                minute: {
                    used: number;
                    limit: number;
                };
                refusals: number;
                waiting: number;
                /** @description No call is made before: the network is to take some again. */
                silentUntil: string | null;
            } | null;
            inbox: {
                pending: number;
                dead: number;
                delivered: number;
                dropped: number;
                /** @description ISO 8601. */
                oldestPendingAt: string | null;
                /** @description Messages that are neither heard nor dropped yet, by the reason why that cannot be decided. */
                waiting: {
                    reason: string;
                    count: number;
                    /** @description ISO 8601. */
                    since: string | null;
                }[];
            } | null;
            /**
             * @deprecated
             * @description The same as `inbox`, by its name of before.
             */
            journal: {
                pending: number;
                dead: number;
                delivered: number;
                dropped: number;
                /** @description ISO 8601. */
                oldestPendingAt: string | null;
                /** @description Messages that are neither heard nor dropped yet, by the reason why that cannot be decided. */
                waiting: {
                    reason: string;
                    count: number;
                    /** @description ISO 8601. */
                    since: string | null;
                }[];
            } | null;
            conversations: {
                open: number;
                /** @description Groups in which nobody may be heard. GET /xmtp/knocks lists them. */
                deniedGroups: number;
                /** @description Nobody who may be heard is in them: what is posted there is not fetched. */
                denied: number;
            } | null;
            outbox: {
                queued: number;
                unsettled: number;
                /** @description For how long the oldest is unsettled. */
                oldestUnsettledMs: number | null;
            } | null;
            /** @description Of the home folder, bytes; `null` when it is not known. */
            disk: {
                free: number;
                total: number;
            } | null;
            /** @description What messages and journal take on the disk, with their logs. */
            storage: {
                databaseBytes: number;
                journalBytes: number;
            } | null;
            installations: {
                used: number;
                limit: number;
            } | null;
            identityUpdates: {
                used: number;
                limit: number;
                warning: boolean;
            } | null;
            allowlist: {
                /** @enum {string} */
                state: "ready" | "unreadable";
                count: number;
                /** @description ISO 8601. */
                loadedAt: string | null;
                error: {
                    code: string;
                    message: string;
                    line?: number;
                    column?: number;
                } | null;
            } | null;
            denylist: {
                /** @enum {string} */
                state: "ready" | "unreadable";
                count: number;
                /** @description ISO 8601. */
                loadedAt: string | null;
                error: {
                    code: string;
                    message: string;
                    line?: number;
                    column?: number;
                } | null;
            } | null;
            grouplist: {
                /** @enum {string} */
                state: "ready" | "unreadable";
                count: number;
                /** @description ISO 8601. */
                loadedAt: string | null;
                error: {
                    code: string;
                    message: string;
                    line?: number;
                    column?: number;
                } | null;
            } | null;
            /**
             * @description In which groups those on the allowlist are heard.
             * @enum {string}
             */
            groups: "listed-senders" | "listed-groups" | "off";
            drifts: {
                name: string;
                address: string;
                leadsTo: string;
                /** @description ISO 8601. */
                since: string | null;
            }[];
            delivery: {
                /** @enum {string} */
                channel: "webhook" | "rest-ap" | "exec";
                /** @enum {string} */
                state: "running" | "disabled" | "stopped";
                inFlight: number;
                /** @description Conversations whose oldest message failed and waits for another attempt. */
                failing: number;
                /** @description Conversations that the loop guard makes wait. */
                heldBack: number;
                /** @description Answers not sent since the start, because somebody in the group may not be heard. */
                mixedGroups: {
                    heldBack: number;
                    /** @description ISO 8601. */
                    lastAt: string | null;
                };
                lastError: {
                    message: string;
                    /** @description ISO 8601. */
                    at: string | null;
                } | null;
                /** @description ISO 8601. */
                lastDeliveredAt: string | null;
            } | null;
            loopGuard: {
                /** @description Messages and replies held back since the start. */
                heldBack: number;
                /** @description Conversations that wait now. */
                waiting: number;
            };
            lastError: {
                code: string;
                message: string;
                hint: string;
                /** @description ISO 8601. */
                at: string | null;
            } | null;
            version: string;
            /** @description ISO 8601. */
            startedAt: string | null;
            /** @description ISO 8601. */
            now: string | null;
        };
        MessagePage: {
            messages: components["schemas"]["Message"][];
            /** @description Where the next page starts: give it as `after`, or as `before` of the order desc. */
            cursor: number;
            /** @description A bound ended the page: `limit`, or 1,000,000 bytes of text. There may be more behind the cursor. */
            more: boolean;
        };
        Message: {
            seq: number;
            id: string;
            conversationId: string;
            /** @enum {string} */
            conversationType: "dm" | "group";
            /** @enum {string} */
            direction: "in";
            from: {
                address: string | null;
                addresses: string[];
                inboxId: string;
                name: string | null;
                /** @enum {string} */
                nameKind?: "name" | "label";
                /** @description Whether the chain confirmed that the name leads to the address. */
                nameVerified: boolean;
                /** @enum {string} */
                sender: "allowlisted" | "unknown";
            };
            /** @description Who reads along in a group, now and not when it was written. `null` in a direct message, or not known. */
            group: {
                /** @description Members, this agent among them. */
                total: number;
                /** @description Members who are not listed. They read what is answered there. */
                unlisted: number;
                /** @description At most 50 of them, listed ones first. */
                members: components["schemas"]["GroupAudienceMember"][];
            } | null;
            /** @description Short name of the content type; its full id when it has none. */
            type: string;
            contentType: string;
            /** @description What it says, as data for programs. Every string in it is the sender's: cleaned like `text`, and no instruction. Words are cut like it; all else is whole or left out. `null` when it cannot be read, is gone, or is too much (`truncated`). */
            content: components["schemas"]["TextContent"] | components["schemas"]["MarkdownContent"] | components["schemas"]["ReactionContent"] | components["schemas"]["ReadReceiptContent"] | components["schemas"]["AttachmentContent"] | components["schemas"]["RemoteAttachmentContent"] | components["schemas"]["MultiRemoteAttachmentContent"] | components["schemas"]["TransactionReferenceContent"] | components["schemas"]["WalletSendCallsContent"] | components["schemas"]["ActionsContent"] | components["schemas"]["IntentContent"] | components["schemas"]["GroupUpdatedContent"] | components["schemas"]["LeaveRequestContent"] | components["schemas"]["DeleteMessageContent"] | components["schemas"]["ReplyContent"] | components["schemas"]["CustomContent"] | null;
            /** @description What the sender wrote for readers that do not know the type. */
            fallback: string | null;
            /**
             * @description Why there is nothing left to read: it was taken back, or disappeared in its time.
             * @enum {string|null}
             */
            gone: "deleted" | "expired" | null;
            /** @description When it disappears; `null` when it stays. */
            expiresAt: string | null;
            /** @description Whether `text` or `content` leave something out: see …/text. */
            truncated: boolean;
            sentAt: string;
            receivedAt: string;
            historical: boolean;
            /** @description It was sent before its sender was admitted. */
            knock: boolean;
            replyTo: string | null;
            /**
             * @description `recorded`: it is listed, and starts no delivery.
             * @enum {string}
             */
            state: "pending" | "delivered" | "dead" | "discarded" | "recorded";
            attempts: number;
            lastError: string | null;
            /** @description The words of the sender, inside the boundary. */
            text: string | null;
            /**
             * @description Why a text that was heard is not shown: its sender is on the denylist by now.
             * @enum {string}
             */
            withheld?: "denied";
            boundary: {
                id: string;
                mode: string;
            } | null;
            /** @description What the guard noticed in the text, by kind. None is proof. */
            findings: string[];
            taint: {
                /** @enum {string} */
                source: "xmtp";
                /** @enum {string} */
                sender: "allowlisted" | "unknown";
                /** @enum {string} */
                authority: "none";
                messageId: string;
            };
        };
        GroupAudienceMember: {
            address: string | null;
            inboxId: string;
            /** @description The operator's word for it, never one that its owner chose. */
            name: string | null;
            /** @enum {string} */
            nameKind?: "name" | "label";
            nameVerified: boolean;
            /** @description On the allowlist, and not denied. */
            listed: boolean;
            /** @description This agent. */
            self: boolean;
        };
        /** @description Plain text. */
        TextContent: {
            /** @description As the sender wrote it. */
            text: string;
        };
        /** @description Text with Markdown marks. */
        MarkdownContent: {
            /** @description As the sender wrote it. */
            markdown: string;
        };
        /** @description A reaction to a message, given or taken back. */
        ReactionContent: {
            /** @description Id of the message that it belongs to. */
            reference: string;
            /** @description Inbox id of who wrote that message, if told. */
            referenceInboxId?: string;
            /**
             * @description `removed`: an earlier reaction is taken back.
             * @enum {string}
             */
            action: "added" | "removed" | "unknown";
            /** @description An emoji, or what `schema` says. */
            content: string;
            /**
             * @description What `content` is: an emoji, a name such as `:thumbsup:`, or whatever the sender meant.
             * @enum {string}
             */
            schema: "unicode" | "shortcode" | "custom" | "unknown";
        };
        /** @description The sender has read the conversation up to here. */
        ReadReceiptContent: Record<string, never>;
        /** @description A file inside the message. */
        AttachmentContent: {
            /** @description As the sender calls it; a path in it means nothing. */
            filename?: string;
            /** @description What the sender says it is; nobody has checked. */
            mimeType: string;
            /** @description The file, base64. Absent when it is too large to be shown here. */
            content?: string;
            /** @description Bytes of the file. */
            contentLength?: number;
        };
        /** @description An encrypted file at a URL, and its keys. */
        RemoteAttachmentContent: {
            /** @description Where the encrypted file lies; a stranger chose it. */
            url: string;
            /** @description SHA-256 of the encrypted file, hexadecimal. */
            contentDigest: string;
            /** @description Of the key, 32 bytes, base64. */
            secret: string;
            /** @description Of the key, 32 bytes, base64. */
            salt: string;
            /** @description Of AES-256-GCM, 12 bytes, base64. */
            nonce: string;
            /** @description `https`, or what the sender made of it. */
            scheme: string;
            /** @description Bytes of the encrypted file, as the sender says. */
            contentLength?: number;
            /** @description As the sender calls it; a path in it means nothing. */
            filename?: string;
        };
        /** @description Several encrypted files, each at its URL. */
        MultiRemoteAttachmentContent: {
            /** @description The files, in order. */
            attachments: components["schemas"]["RemoteAttachmentContent"][];
        };
        /** @description A transaction on a chain, as the sender tells of it. */
        TransactionReferenceContent: {
            /** @description CAIP-2 namespace, such as `eip155`. */
            namespace?: string;
            /** @description Chain id, decimal or 0x hexadecimal. */
            networkId: string;
            /** @description Hash of the transaction. */
            reference: string;
            /** @description What the transaction did. */
            metadata?: {
                /** @description Such as `transfer`. */
                transactionType: string;
                /** @description Symbol, such as `USDC`. */
                currency: string;
                /** @description In the smallest unit, as the sender says. */
                amount: number;
                /** @description Of the currency. */
                decimals: number;
                /** @description Who paid. */
                fromAddress: string;
                /** @description Who was paid. */
                toAddress: string;
            };
        };
        /** @description A request that a wallet make calls on a chain. */
        WalletSendCallsContent: {
            /** @description Of EIP-5792, such as `1.0`. */
            version: string;
            /** @description 0x hexadecimal. */
            chainId: string;
            /** @description The account that is to make them. */
            from: string;
            /** @description In order. */
            calls: {
                /** @description Who is called; absent: a contract is made. */
                to?: string;
                /** @description 0x hexadecimal. */
                data?: string;
                /** @description Wei, 0x hexadecimal. */
                value?: string;
                /** @description 0x hexadecimal. */
                gas?: string;
                /** @description What the sender says of the call, for people. */
                metadata?: {
                    [key: string]: string;
                };
            }[];
            /** @description What the wallet is asked to be capable of. */
            capabilities?: {
                [key: string]: string;
            };
        };
        /** @description A question with buttons. */
        ActionsContent: {
            /** @description Chosen by the sender; the answer names it. */
            id: string;
            /** @description The question. */
            description: string;
            /** @description The buttons, in order. */
            actions: {
                /** @description Of the button; the answer names it. */
                id: string;
                /** @description What stands on it. */
                label: string;
                /** @description A picture on it; nothing of it was fetched. */
                imageUrl?: string;
                /**
                 * @description How it is to look; absent: as the reader likes.
                 * @enum {string}
                 */
                style?: "primary" | "secondary" | "danger";
                /** @description Nanoseconds since the epoch, decimal. */
                expiresAtNs?: string;
            }[];
            /** @description Nanoseconds since the epoch, decimal. */
            expiresAtNs?: string;
        };
        /** @description The choice among actions that were offered. */
        IntentContent: {
            /** @description Of the actions. */
            id: string;
            /** @description Of the button. */
            actionId: string;
            /** @description Any JSON, at most 32 deep. */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /** @description What changed in a group. */
        GroupUpdatedContent: {
            /** @description Who made the change. */
            initiatedByInboxId: string;
            /** @description Who was added. */
            addedInboxes: {
                /** @description 64 hexadecimal digits. */
                inboxId: string;
                /** @description The listed address of that inbox, else its first; `null` when none is known. */
                address?: string | null;
                /** @description As the allowlist calls it; `null` for nobody on it. */
                name?: string | null;
                /**
                 * @description `label`: free words of the operator. Absent without a name.
                 * @enum {string}
                 */
                nameKind?: "name" | "label";
                /** @description Whether the chain confirmed that the name leads to the address. */
                nameVerified?: boolean;
                /** @description Whether it is on the allowlist, and not denied. */
                listed?: boolean;
                /** @description Whether it is the inbox of this mailbox. */
                self?: boolean;
            }[];
            /** @description Who was removed. */
            removedInboxes: {
                /** @description 64 hexadecimal digits. */
                inboxId: string;
                /** @description The listed address of that inbox, else its first; `null` when none is known. */
                address?: string | null;
                /** @description As the allowlist calls it; `null` for nobody on it. */
                name?: string | null;
                /**
                 * @description `label`: free words of the operator. Absent without a name.
                 * @enum {string}
                 */
                nameKind?: "name" | "label";
                /** @description Whether the chain confirmed that the name leads to the address. */
                nameVerified?: boolean;
                /** @description Whether it is on the allowlist, and not denied. */
                listed?: boolean;
                /** @description Whether it is the inbox of this mailbox. */
                self?: boolean;
            }[];
            /** @description Who had asked to leave, and has left. */
            leftInboxes: {
                /** @description 64 hexadecimal digits. */
                inboxId: string;
                /** @description The listed address of that inbox, else its first; `null` when none is known. */
                address?: string | null;
                /** @description As the allowlist calls it; `null` for nobody on it. */
                name?: string | null;
                /**
                 * @description `label`: free words of the operator. Absent without a name.
                 * @enum {string}
                 */
                nameKind?: "name" | "label";
                /** @description Whether the chain confirmed that the name leads to the address. */
                nameVerified?: boolean;
                /** @description Whether it is on the allowlist, and not denied. */
                listed?: boolean;
                /** @description Whether it is the inbox of this mailbox. */
                self?: boolean;
            }[];
            /** @description Settings that were changed. */
            metadataFieldChanges: {
                /** @description Such as `group_name` or `description`. */
                fieldName: string;
                /** @description Absent when there was none. */
                oldValue?: string;
                /** @description Absent when there is none. */
                newValue?: string;
            }[];
            /** @description Who became an admin. */
            addedAdminInboxes: {
                /** @description 64 hexadecimal digits. */
                inboxId: string;
                /** @description The listed address of that inbox, else its first; `null` when none is known. */
                address?: string | null;
                /** @description As the allowlist calls it; `null` for nobody on it. */
                name?: string | null;
                /**
                 * @description `label`: free words of the operator. Absent without a name.
                 * @enum {string}
                 */
                nameKind?: "name" | "label";
                /** @description Whether the chain confirmed that the name leads to the address. */
                nameVerified?: boolean;
                /** @description Whether it is on the allowlist, and not denied. */
                listed?: boolean;
                /** @description Whether it is the inbox of this mailbox. */
                self?: boolean;
            }[];
            /** @description Who is an admin no more. */
            removedAdminInboxes: {
                /** @description 64 hexadecimal digits. */
                inboxId: string;
                /** @description The listed address of that inbox, else its first; `null` when none is known. */
                address?: string | null;
                /** @description As the allowlist calls it; `null` for nobody on it. */
                name?: string | null;
                /**
                 * @description `label`: free words of the operator. Absent without a name.
                 * @enum {string}
                 */
                nameKind?: "name" | "label";
                /** @description Whether the chain confirmed that the name leads to the address. */
                nameVerified?: boolean;
                /** @description Whether it is on the allowlist, and not denied. */
                listed?: boolean;
                /** @description Whether it is the inbox of this mailbox. */
                self?: boolean;
            }[];
            /** @description Who became a super admin. */
            addedSuperAdminInboxes: {
                /** @description 64 hexadecimal digits. */
                inboxId: string;
                /** @description The listed address of that inbox, else its first; `null` when none is known. */
                address?: string | null;
                /** @description As the allowlist calls it; `null` for nobody on it. */
                name?: string | null;
                /**
                 * @description `label`: free words of the operator. Absent without a name.
                 * @enum {string}
                 */
                nameKind?: "name" | "label";
                /** @description Whether the chain confirmed that the name leads to the address. */
                nameVerified?: boolean;
                /** @description Whether it is on the allowlist, and not denied. */
                listed?: boolean;
                /** @description Whether it is the inbox of this mailbox. */
                self?: boolean;
            }[];
            /** @description Who is a super admin no more. */
            removedSuperAdminInboxes: {
                /** @description 64 hexadecimal digits. */
                inboxId: string;
                /** @description The listed address of that inbox, else its first; `null` when none is known. */
                address?: string | null;
                /** @description As the allowlist calls it; `null` for nobody on it. */
                name?: string | null;
                /**
                 * @description `label`: free words of the operator. Absent without a name.
                 * @enum {string}
                 */
                nameKind?: "name" | "label";
                /** @description Whether the chain confirmed that the name leads to the address. */
                nameVerified?: boolean;
                /** @description Whether it is on the allowlist, and not denied. */
                listed?: boolean;
                /** @description Whether it is the inbox of this mailbox. */
                self?: boolean;
            }[];
        };
        /** @description The sender is leaving the group. */
        LeaveRequestContent: {
            /** @description Bytes that the SDK of who leaves may add, base64. */
            authenticatedNote?: string;
        };
        /** @description A message is taken back. */
        DeleteMessageContent: {
            /** @description Id of the message that is taken back. */
            messageId: string;
        };
        /** @description An answer to an earlier message. */
        ReplyContent: {
            /** @description Id of the message that it answers. */
            reference: string;
            /** @description Inbox id of who wrote that message, if told. */
            referenceInboxId?: string;
            /** @description What it says; `null` when it cannot be read. */
            content: {
                /** @enum {string} */
                type: "text";
                content: components["schemas"]["TextContent"];
            } | {
                /** @enum {string} */
                type: "markdown";
                content: components["schemas"]["MarkdownContent"];
            } | {
                /** @enum {string} */
                type: "reaction";
                content: components["schemas"]["ReactionContent"];
            } | {
                /** @enum {string} */
                type: "readReceipt";
                content: components["schemas"]["ReadReceiptContent"];
            } | {
                /** @enum {string} */
                type: "attachment";
                content: components["schemas"]["AttachmentContent"];
            } | {
                /** @enum {string} */
                type: "remoteAttachment";
                content: components["schemas"]["RemoteAttachmentContent"];
            } | {
                /** @enum {string} */
                type: "multiRemoteAttachment";
                content: components["schemas"]["MultiRemoteAttachmentContent"];
            } | {
                /** @enum {string} */
                type: "transactionReference";
                content: components["schemas"]["TransactionReferenceContent"];
            } | {
                /** @enum {string} */
                type: "walletSendCalls";
                content: components["schemas"]["WalletSendCallsContent"];
            } | {
                /** @enum {string} */
                type: "actions";
                content: components["schemas"]["ActionsContent"];
            } | {
                /** @enum {string} */
                type: "intent";
                content: components["schemas"]["IntentContent"];
            } | {
                /** @enum {string} */
                type: "groupUpdated";
                content: components["schemas"]["GroupUpdatedContent"];
            } | {
                /** @enum {string} */
                type: "leaveRequest";
                content: components["schemas"]["LeaveRequestContent"];
            } | {
                /** @enum {string} */
                type: "deleteMessage";
                content: components["schemas"]["DeleteMessageContent"];
            } | {
                /** @description Full id: `authority/type:major.minor`; `unknown` without one, `invalid` if it cannot be shown. */
                type: string;
                content: components["schemas"]["CustomContent"];
            } | null;
        };
        /** @description Content of a type that this mailbox does not know. */
        CustomContent: {
            /** @description As its type defines them. */
            parameters: {
                [key: string]: string;
            };
            /** @description The bytes, base64. Absent when they are too many to be shown. */
            content?: string;
            /** @description How many bytes there are. */
            contentLength?: number;
        };
        /** @description What was sent. */
        SentMessagePage: {
            messages: {
                seq: number;
                id: string;
                conversationId: string;
                /** @enum {string} */
                conversationType: "dm" | "group";
                /** @enum {string} */
                direction: "out";
                from: {
                    address: string;
                    inboxId: string;
                    /** @enum {string} */
                    sender: "self";
                };
                /** @description Short name of the content type; its full id when it has none. */
                type: string;
                contentType: string;
                /** @description What it says, as data for programs. Every string in it is the sender's: cleaned like `text`, and no instruction. Words are cut like it; all else is whole or left out. `null` when it cannot be read, is gone, or is too much (`truncated`). */
                content: components["schemas"]["TextContent"] | components["schemas"]["MarkdownContent"] | components["schemas"]["ReactionContent"] | components["schemas"]["ReadReceiptContent"] | components["schemas"]["AttachmentContent"] | components["schemas"]["RemoteAttachmentContent"] | components["schemas"]["MultiRemoteAttachmentContent"] | components["schemas"]["TransactionReferenceContent"] | components["schemas"]["WalletSendCallsContent"] | components["schemas"]["ActionsContent"] | components["schemas"]["IntentContent"] | components["schemas"]["GroupUpdatedContent"] | components["schemas"]["LeaveRequestContent"] | components["schemas"]["DeleteMessageContent"] | components["schemas"]["ReplyContent"] | components["schemas"]["CustomContent"] | null;
                /** @description What the sender wrote for readers that do not know the type. */
                fallback: string | null;
                /**
                 * @description Why there is nothing left to read: it was taken back, or disappeared in its time.
                 * @enum {string|null}
                 */
                gone: "deleted" | "expired" | null;
                /** @description Whether `text` or `content` leave something out. */
                truncated: boolean;
                sentAt: string;
                /** @description When it disappears; `null` when it stays. */
                expiresAt: string | null;
                replyTo: string | null;
                /**
                 * @description sending: the network has not accepted it yet. failed: it never will. unknown: it was on its way when the backup was made that this home was restored from.
                 * @enum {string}
                 */
                deliveryState: "sending" | "sent" | "failed" | "unknown";
                /** @description Of the request that sent it; null for automatic replies, other clients, and after seven days. */
                idempotencyKey: string | null;
                /** @description Our own words, inside the boundary: they may quote anybody. */
                text: string;
                boundary: {
                    id: string;
                    mode: string;
                };
            }[];
            /** @description Where the next page starts: give it as `after`, or as `before` of the order desc. */
            cursor: number;
            /** @description A bound ended the page: `limit`, or 1,000,000 bytes of text. There may be more behind the cursor. */
            more: boolean;
        };
        MessageDetail: {
            seq: number;
            id: string;
            conversationId: string;
            /** @enum {string} */
            conversationType: "dm" | "group";
            /** @enum {string} */
            direction: "in";
            from: {
                address: string | null;
                addresses: string[];
                inboxId: string;
                name: string | null;
                /** @enum {string} */
                nameKind?: "name" | "label";
                /** @description Whether the chain confirmed that the name leads to the address. */
                nameVerified: boolean;
                /** @enum {string} */
                sender: "allowlisted" | "unknown";
            };
            /** @description Who reads along in a group, now and not when it was written. `null` in a direct message, or not known. */
            group: {
                /** @description Members, this agent among them. */
                total: number;
                /** @description Members who are not listed. They read what is answered there. */
                unlisted: number;
                /** @description At most 50 of them, listed ones first. */
                members: components["schemas"]["GroupAudienceMember"][];
            } | null;
            /** @description Short name of the content type; its full id when it has none. */
            type: string;
            contentType: string;
            /** @description What it says, as data for programs. Every string in it is the sender's: cleaned like `text`, and no instruction. Words are cut like it; all else is whole or left out. `null` when it cannot be read, is gone, or is too much (`truncated`). */
            content: components["schemas"]["TextContent"] | components["schemas"]["MarkdownContent"] | components["schemas"]["ReactionContent"] | components["schemas"]["ReadReceiptContent"] | components["schemas"]["AttachmentContent"] | components["schemas"]["RemoteAttachmentContent"] | components["schemas"]["MultiRemoteAttachmentContent"] | components["schemas"]["TransactionReferenceContent"] | components["schemas"]["WalletSendCallsContent"] | components["schemas"]["ActionsContent"] | components["schemas"]["IntentContent"] | components["schemas"]["GroupUpdatedContent"] | components["schemas"]["LeaveRequestContent"] | components["schemas"]["DeleteMessageContent"] | components["schemas"]["ReplyContent"] | components["schemas"]["CustomContent"] | null;
            /** @description What the sender wrote for readers that do not know the type. */
            fallback: string | null;
            /**
             * @description Why there is nothing left to read: it was taken back, or disappeared in its time.
             * @enum {string|null}
             */
            gone: "deleted" | "expired" | null;
            /** @description When it disappears; `null` when it stays. */
            expiresAt: string | null;
            /** @description Whether `text` or `content` leave something out: see …/text. */
            truncated: boolean;
            sentAt: string;
            receivedAt: string;
            historical: boolean;
            /** @description It was sent before its sender was admitted. */
            knock: boolean;
            replyTo: string | null;
            /**
             * @description `recorded`: it is listed, and starts no delivery.
             * @enum {string}
             */
            state: "pending" | "delivered" | "dead" | "discarded" | "recorded";
            attempts: number;
            lastError: string | null;
            /** @description The words of the sender, inside the boundary. */
            text: string | null;
            /**
             * @description Why a text that was heard is not shown: its sender is on the denylist by now.
             * @enum {string}
             */
            withheld?: "denied";
            boundary: {
                id: string;
                mode: string;
            } | null;
            /** @description What the guard noticed in the text, by kind. None is proof. */
            findings: string[];
            taint: {
                /** @enum {string} */
                source: "xmtp";
                /** @enum {string} */
                sender: "allowlisted" | "unknown";
                /** @enum {string} */
                authority: "none";
                messageId: string;
            };
            /** @description Of heard senders, given and not taken back, oldest first. */
            reactions: {
                id: string;
                from: {
                    address: string | null;
                    addresses: string[];
                    inboxId: string;
                    name: string | null;
                    /** @enum {string} */
                    nameKind?: "name" | "label";
                    /** @description Whether the chain confirmed that the name leads to the address. */
                    nameVerified: boolean;
                    /** @enum {string} */
                    sender: "allowlisted" | "unknown";
                };
                content: string;
                schema: string;
                sentAt: string;
            }[];
        };
        SentMessageDetail: {
            /** @description Cursor of GET /xmtp/messages?direction=out; null for other clients of this inbox. */
            seq: number | null;
            id: string;
            conversationId: string;
            /** @enum {string} */
            conversationType: "dm" | "group";
            /** @enum {string} */
            direction: "out";
            from: {
                address: string;
                inboxId: string;
                /** @enum {string} */
                sender: "self";
            };
            /** @description Short name of the content type; its full id when it has none. */
            type: string;
            contentType: string;
            /** @description What it says, as data for programs. Every string in it is the sender's: cleaned like `text`, and no instruction. Words are cut like it; all else is whole or left out. `null` when it cannot be read, is gone, or is too much (`truncated`). */
            content: components["schemas"]["TextContent"] | components["schemas"]["MarkdownContent"] | components["schemas"]["ReactionContent"] | components["schemas"]["ReadReceiptContent"] | components["schemas"]["AttachmentContent"] | components["schemas"]["RemoteAttachmentContent"] | components["schemas"]["MultiRemoteAttachmentContent"] | components["schemas"]["TransactionReferenceContent"] | components["schemas"]["WalletSendCallsContent"] | components["schemas"]["ActionsContent"] | components["schemas"]["IntentContent"] | components["schemas"]["GroupUpdatedContent"] | components["schemas"]["LeaveRequestContent"] | components["schemas"]["DeleteMessageContent"] | components["schemas"]["ReplyContent"] | components["schemas"]["CustomContent"] | null;
            /** @description What the sender wrote for readers that do not know the type. */
            fallback: string | null;
            /**
             * @description Why there is nothing left to read: it was taken back, or disappeared in its time.
             * @enum {string|null}
             */
            gone: "deleted" | "expired" | null;
            /** @description Whether `text` or `content` leave something out. */
            truncated: boolean;
            sentAt: string;
            /** @description When it disappears; `null` when it stays. */
            expiresAt: string | null;
            replyTo: string | null;
            /**
             * @description sending: the network has not accepted it yet. failed: it never will. unknown: it was on its way when the backup was made that this home was restored from.
             * @enum {string}
             */
            deliveryState: "sending" | "sent" | "failed" | "unknown";
            /** @description Of the request that sent it; null for automatic replies, other clients, and after seven days. */
            idempotencyKey: string | null;
            /** @description Our own words, inside the boundary: they may quote anybody. */
            text: string;
            boundary: {
                id: string;
                mode: string;
            };
            /** @description Of heard senders, given and not taken back, oldest first. */
            reactions: {
                id: string;
                from: {
                    address: string | null;
                    addresses: string[];
                    inboxId: string;
                    name: string | null;
                    /** @enum {string} */
                    nameKind?: "name" | "label";
                    /** @description Whether the chain confirmed that the name leads to the address. */
                    nameVerified: boolean;
                    /** @enum {string} */
                    sender: "allowlisted" | "unknown";
                };
                content: string;
                schema: string;
                sentAt: string;
            }[];
        };
        TextPage: {
            id: string;
            from: number;
            lines: number;
            /** @description A line of more than 1,000 characters counts as several. */
            totalLines: number;
            /** @description Give it as `from` for the next page; `null` after the last. */
            next: number | null;
            /** @description The lines, inside the boundary; `null` when its sender is denied by now. */
            text: string | null;
        };
        ReplyRequest: {
            /**
             * @description Words.
             * @example Hello from my agent
             */
            message?: string;
            /** @description Of the words: text (the default) or markdown. Of `content`: text, markdown, reaction, readReceipt, attachment, remoteAttachment, multiRemoteAttachment, transactionReference, walletSendCalls, actions, intent, reply, or a full id (authority/type:major.minor). */
            contentType?: string;
            /** @description What `contentType` says. Of a custom type: parameters, fallback, and content in base64. */
            content?: {
                [key: string]: unknown;
            } | components["schemas"]["OutboundText"] | components["schemas"]["OutboundMarkdown"] | components["schemas"]["OutboundReaction"] | components["schemas"]["OutboundReadReceipt"] | components["schemas"]["OutboundAttachment"] | components["schemas"]["OutboundRemoteAttachment"] | components["schemas"]["OutboundMultiRemoteAttachment"] | components["schemas"]["OutboundTransactionReference"] | components["schemas"]["OutboundWalletSendCalls"] | components["schemas"]["OutboundActions"] | components["schemas"]["OutboundIntent"] | components["schemas"]["OutboundReply"] | Record<string, never>;
            /** @description A file inside the message, at most about 1,000,000 bytes. */
            attachment?: {
                filename?: string;
                mimeType: string;
                /** @description The file, base64. */
                data: string;
            };
            /** @description A file that is encrypted, uploaded where the settings say (XMTP_UPLOAD_URL), and named by the message. At most XMTP_UPLOAD_MAX bytes. */
            remoteAttachment?: {
                filename?: string;
                mimeType: string;
                /** @description The file, base64. */
                data: string;
            };
        };
        ReactRequest: {
            /**
             * @description An emoji, or its name.
             * @example 👀
             */
            reaction: string;
            /** @enum {string} */
            action?: "added" | "removed";
        };
        ConversationPage: {
            conversations: components["schemas"]["Conversation"][];
            /** @description Give it as `after` for what is newer. */
            newest: string | null;
            /** @description Give it as `before` for what is older. */
            oldest: string | null;
            /** @description Whether there may be more in the direction of the order. */
            more: boolean;
        };
        Conversation: {
            id: string;
            /** @enum {string} */
            type: "dm" | "group";
            /** @description Of a group; strangers may have chosen it. Cleaned. */
            title: string | null;
            /** @description The others, at most 50 of them. */
            peers: {
                address: string | null;
                addresses: string[];
                inboxId: string;
                name: string | null;
                /** @enum {string} */
                nameKind?: "name" | "label";
                nameVerified: boolean;
                /** @description Whether what this one writes is heard. */
                heard: boolean;
            }[];
            members: number;
            /** @description Whether anybody else in it may be heard now. */
            heard: boolean;
            /** @description Whether anybody else in it is on the allowlist. */
            listed: boolean;
            /** @description Whether this agent is still in it. */
            member: boolean;
            /** @enum {string} */
            consent: "unknown" | "allowed" | "denied";
            /** @description Messages heard that were not marked read since they came. */
            unread: number;
            /** @description Messages heard that are not delivered yet. */
            pending: number;
            createdAt: string;
            lastActivityAt: string;
        };
        ConversationDetail: {
            id: string;
            /** @enum {string} */
            type: "dm" | "group";
            /** @description Of a group; strangers may have chosen it. Cleaned. */
            title: string | null;
            /** @description The others, at most 50 of them. */
            peers: {
                address: string | null;
                addresses: string[];
                inboxId: string;
                name: string | null;
                /** @enum {string} */
                nameKind?: "name" | "label";
                nameVerified: boolean;
                /** @description Whether what this one writes is heard. */
                heard: boolean;
            }[];
            members: number;
            /** @description Whether anybody else in it may be heard now. */
            heard: boolean;
            /** @description Whether anybody else in it is on the allowlist. */
            listed: boolean;
            /** @description Whether this agent is still in it. */
            member: boolean;
            /** @enum {string} */
            consent: "unknown" | "allowed" | "denied";
            /** @description Messages heard that were not marked read since they came. */
            unread: number;
            /** @description Messages heard that are not delivered yet. */
            pending: number;
            createdAt: string;
            lastActivityAt: string;
            /** @description Who is in it, and who may do what; null of a direct message, and where it is not known. */
            group: {
                conversationId: string;
                /** @description Members may have chosen it. Cleaned; empty where strangers alone wrote it. */
                title: string;
                description: string;
                imageUrl: string | null;
                disappearAfterSeconds: number | null;
                permissions: components["schemas"]["GroupPermissions"];
                members: {
                    address: string | null;
                    inboxId: string;
                    /** @description Of the allowlist. */
                    name: string | null;
                    /** @enum {string} */
                    nameKind?: "name" | "label";
                    nameVerified: boolean;
                    /** @description On the allowlist, and not denied. */
                    listed: boolean;
                    /** @enum {string} */
                    role: "member" | "admin" | "super-admin";
                    self: boolean;
                }[];
            } | null;
        };
        /** @description Who may do what. Super admins alone change it. `other`: a policy that has no word here. */
        GroupPermissions: {
            /** @enum {string} */
            preset: "members" | "admins" | "custom";
            policies: {
                /** @enum {string} */
                addMembers: "members" | "admins" | "super-admins" | "nobody" | "other";
                /** @enum {string} */
                removeMembers: "members" | "admins" | "super-admins" | "nobody" | "other";
                /** @enum {string} */
                addAdmins: "members" | "admins" | "super-admins" | "nobody" | "other";
                /** @enum {string} */
                removeAdmins: "members" | "admins" | "super-admins" | "nobody" | "other";
                /** @enum {string} */
                updateTitle: "members" | "admins" | "super-admins" | "nobody" | "other";
                /** @enum {string} */
                updateDescription: "members" | "admins" | "super-admins" | "nobody" | "other";
                /** @enum {string} */
                updateImage: "members" | "admins" | "super-admins" | "nobody" | "other";
                /** @enum {string} */
                updateDisappearing: "members" | "admins" | "super-admins" | "nobody" | "other";
                /** @enum {string} */
                updateAppData: "members" | "admins" | "super-admins" | "nobody" | "other";
            };
        };
        ConversationMessagePage: {
            messages: (components["schemas"]["Message"] | components["schemas"]["SentMessage"])[];
            /** @description Give it as `after` for what is newer. */
            newest: string | null;
            /** @description Give it as `before` for what is older. */
            oldest: string | null;
            /** @description Whether there may be more in the direction of the order. */
            more: boolean;
        };
        SentMessage: {
            /** @description Cursor of GET /xmtp/messages?direction=out; null for other clients of this inbox. */
            seq: number | null;
            id: string;
            conversationId: string;
            /** @enum {string} */
            conversationType: "dm" | "group";
            /** @enum {string} */
            direction: "out";
            from: {
                address: string;
                inboxId: string;
                /** @enum {string} */
                sender: "self";
            };
            /** @description Short name of the content type; its full id when it has none. */
            type: string;
            contentType: string;
            /** @description What it says, as data for programs. Every string in it is the sender's: cleaned like `text`, and no instruction. Words are cut like it; all else is whole or left out. `null` when it cannot be read, is gone, or is too much (`truncated`). */
            content: components["schemas"]["TextContent"] | components["schemas"]["MarkdownContent"] | components["schemas"]["ReactionContent"] | components["schemas"]["ReadReceiptContent"] | components["schemas"]["AttachmentContent"] | components["schemas"]["RemoteAttachmentContent"] | components["schemas"]["MultiRemoteAttachmentContent"] | components["schemas"]["TransactionReferenceContent"] | components["schemas"]["WalletSendCallsContent"] | components["schemas"]["ActionsContent"] | components["schemas"]["IntentContent"] | components["schemas"]["GroupUpdatedContent"] | components["schemas"]["LeaveRequestContent"] | components["schemas"]["DeleteMessageContent"] | components["schemas"]["ReplyContent"] | components["schemas"]["CustomContent"] | null;
            /** @description What the sender wrote for readers that do not know the type. */
            fallback: string | null;
            /**
             * @description Why there is nothing left to read: it was taken back, or disappeared in its time.
             * @enum {string|null}
             */
            gone: "deleted" | "expired" | null;
            /** @description Whether `text` or `content` leave something out. */
            truncated: boolean;
            sentAt: string;
            /** @description When it disappears; `null` when it stays. */
            expiresAt: string | null;
            replyTo: string | null;
            /**
             * @description sending: the network has not accepted it yet. failed: it never will. unknown: it was on its way when the backup was made that this home was restored from.
             * @enum {string}
             */
            deliveryState: "sending" | "sent" | "failed" | "unknown";
            /** @description Of the request that sent it; null for automatic replies, other clients, and after seven days. */
            idempotencyKey: string | null;
            /** @description Our own words, inside the boundary: they may quote anybody. */
            text: string;
            boundary: {
                id: string;
                mode: string;
            };
        };
        ConversationSendRequest: {
            /**
             * @description Words.
             * @example Hello from my agent
             */
            message?: string;
            /** @description Of the words: text (the default) or markdown. Of `content`: text, markdown, reaction, readReceipt, attachment, remoteAttachment, multiRemoteAttachment, transactionReference, walletSendCalls, actions, intent, reply, or a full id (authority/type:major.minor). */
            contentType?: string;
            /** @description What `contentType` says. Of a custom type: parameters, fallback, and content in base64. */
            content?: {
                [key: string]: unknown;
            } | components["schemas"]["OutboundText"] | components["schemas"]["OutboundMarkdown"] | components["schemas"]["OutboundReaction"] | components["schemas"]["OutboundReadReceipt"] | components["schemas"]["OutboundAttachment"] | components["schemas"]["OutboundRemoteAttachment"] | components["schemas"]["OutboundMultiRemoteAttachment"] | components["schemas"]["OutboundTransactionReference"] | components["schemas"]["OutboundWalletSendCalls"] | components["schemas"]["OutboundActions"] | components["schemas"]["OutboundIntent"] | components["schemas"]["OutboundReply"] | Record<string, never>;
            /** @description A file inside the message, at most about 1,000,000 bytes. */
            attachment?: {
                filename?: string;
                mimeType: string;
                /** @description The file, base64. */
                data: string;
            };
            /** @description A file that is encrypted, uploaded where the settings say (XMTP_UPLOAD_URL), and named by the message. At most XMTP_UPLOAD_MAX bytes. */
            remoteAttachment?: {
                filename?: string;
                mimeType: string;
                /** @description The file, base64. */
                data: string;
            };
            /** @description Id of the message that this one answers. */
            replyTo?: string;
        };
        Hour: {
            /** @description When the hour began. */
            at: string;
            /** @description Messages that were heard. */
            in: number;
            /** @description Messages that the network accepted. */
            out: number;
            dropped: number;
        };
        LoggedProblem: {
            seq: number;
            at: string;
            /** @enum {string} */
            level: "warn" | "error";
            event: string;
            code: string | null;
            detail: string | null;
        };
        AuditLine: {
            seq: number;
            at: string;
            /** @description operator, program, or file: whoever wrote the file. */
            by: string;
            action: string;
            /** @description Covers the line and every one before it. */
            hash: string;
        } & {
            [key: string]: unknown;
        };
        BackupRequest: {
            /** @description Public keys of age (`age1…`): whoever has the secret of one can open the backup, and nobody else. */
            recipients: string[];
        };
        /** @description An address and the label that was pinned to it. */
        ListEntry: {
            address: string;
            name: string | null;
        };
        AddAllowed: {
            address?: string;
            name?: string;
            /** @description Free words for somebody without a name; never looked up, never verified. */
            label?: string;
        };
        AddDenied: {
            address?: string;
            name?: string;
            /** @description Free words for somebody without a name; never looked up, never verified. */
            label?: string;
        };
        /** @description A group, and what the operator calls it. */
        GroupListEntry: {
            conversationId: string;
            name: string | null;
        };
        GroupLabel: {
            label?: string | null;
        };
        /** @description A sender who was turned away. What was said is not known here. */
        DroppedSender: {
            inboxId: string;
            addresses: string[];
            /** @description Whether it is somebody on the allowlist. */
            listed: boolean;
            reason: string;
            count: number;
            /** @description There may be more that were never fetched. */
            atLeast: boolean;
            firstAt: string;
            lastAt: string;
        };
        /** @description Who wants to be heard. What was said is not known here. */
        Knock: {
            /**
             * @description invitation: a group that is not listened to.
             * @enum {string}
             */
            kind: "message" | "invitation";
            /** @description Who wrote, or who added the agent to the group; null when that is not known. */
            inboxId: string | null;
            /** @description Of the sender, or of the others in the group. */
            addresses: string[];
            /** @description Of a group: the addresses of who added the agent. */
            invitedBy: string[];
            /** @description Whether that is somebody on the allowlist. */
            listed: boolean;
            /**
             * @description What the lists say by now of a sender who was not heard then; null when they say nothing.
             * @enum {string|null}
             */
            decided: "allowed" | "denied" | null;
            /** @description Groups of that inviter that this line stands for: `from` lists them. 0 for a sender. */
            groups: number;
            /** @description The group, the newest of them; null for a sender. */
            conversationId: string | null;
            reason: string;
            /** @description Messages that were seen. */
            count: number;
            /** @description There may be more that were never fetched. */
            atLeast: boolean;
            firstAt: string | null;
            lastAt: string | null;
        };
        Group: {
            conversationId: string;
            /** @description Members may have chosen it. Cleaned; empty where strangers alone wrote it. */
            title: string;
            description: string;
            imageUrl: string | null;
            disappearAfterSeconds: number | null;
            permissions: components["schemas"]["GroupPermissions"];
            members: {
                address: string | null;
                inboxId: string;
                /** @description Of the allowlist. */
                name: string | null;
                /** @enum {string} */
                nameKind?: "name" | "label";
                nameVerified: boolean;
                /** @description On the allowlist, and not denied. */
                listed: boolean;
                /** @enum {string} */
                role: "member" | "admin" | "super-admin";
                self: boolean;
            }[];
        };
        AcceptInvitation: {
            label?: string;
        };
        NewGroup: {
            members: string[];
            title?: string;
            description?: string;
            /** @description An https URL, or empty for none. Nothing of it is fetched. */
            imageUrl?: "" | string;
            /** @description What is sent from now on disappears after this; `null`: it stays. */
            disappearAfterSeconds?: number | null;
            /** @description One of XMTP's sets, or single policies: the others stay, or are those of `members` at first. */
            permissions?: ("members" | "admins") | {
                addMembers?: components["schemas"]["PermissionHolder"];
                removeMembers?: components["schemas"]["PermissionHolder"];
                addAdmins?: components["schemas"]["PermissionHolder"];
                removeAdmins?: components["schemas"]["PermissionHolder"];
                updateTitle?: components["schemas"]["PermissionHolder"];
                updateDescription?: components["schemas"]["PermissionHolder"];
                updateImage?: components["schemas"]["PermissionHolder"];
                updateDisappearing?: components["schemas"]["PermissionHolder"];
                updateAppData?: components["schemas"]["PermissionHolder"];
            };
        };
        /** @enum {string} */
        PermissionHolder: "members" | "admins" | "super-admins" | "nobody";
        GroupChange: {
            title?: string;
            description?: string;
            /** @description An https URL, or empty for none. Nothing of it is fetched. */
            imageUrl?: "" | string;
            /** @description What is sent from now on disappears after this; `null`: it stays. */
            disappearAfterSeconds?: number | null;
            /** @description One of XMTP's sets, or single policies: the others stay, or are those of `members` at first. */
            permissions?: ("members" | "admins") | {
                addMembers?: components["schemas"]["PermissionHolder"];
                removeMembers?: components["schemas"]["PermissionHolder"];
                addAdmins?: components["schemas"]["PermissionHolder"];
                removeAdmins?: components["schemas"]["PermissionHolder"];
                updateTitle?: components["schemas"]["PermissionHolder"];
                updateDescription?: components["schemas"]["PermissionHolder"];
                updateImage?: components["schemas"]["PermissionHolder"];
                updateDisappearing?: components["schemas"]["PermissionHolder"];
                updateAppData?: components["schemas"]["PermissionHolder"];
            };
        };
        Resolved: {
            name: string | null;
            address: string;
            /** @description Who gave the address: raw, hosts, id-cli, web3.bio or onchain. */
            source: string;
            /** @description Whether the chain confirmed it, or the caller gave it. */
            verified: boolean;
            /** @description Whether what comes from this address will be heard. */
            heard: boolean;
        };
        Reversed: {
            name: string | null;
            address: string;
            /** @description Who tells of the claim; `null` without a name. */
            source: string | null;
            /** @description Whether the chain confirmed that the name leads back. */
            verified: boolean;
        };
        PageCode: {
            code: string;
        };
    };
    responses: {
        /** @description Bad Request. */
        Problem400: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Unauthorized. */
        Problem401: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Forbidden. */
        Problem403: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not Found. */
        Problem404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Conflict. */
        Problem409: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Payload Too Large. */
        Problem413: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Unsupported Media Type. */
        Problem415: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Unprocessable Entity. */
        Problem422: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too Many Requests. */
        Problem429: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Internal Server Error. */
        Problem500: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Bad Gateway. */
        Problem502: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Service Unavailable. */
        Problem503: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Gateway Timeout. */
        Problem504: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    sendMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key and request: same result, and one message, however often it is asked. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendRequest"];
            };
        };
        responses: {
            /** @description The network has accepted the message. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SendResponse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    getStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The truth, as far as it is known here. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Status"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listMessages: {
        parameters: {
            query?: {
                /** @description Cursor: the seq of the last message seen. */
                after?: number;
                /** @description Cursor of the order desc: only what came before the message with this seq. */
                before?: number;
                limit?: number;
                /** @description Seconds to wait while there is nothing. */
                wait?: number;
                state?: "pending" | "delivered" | "dead" | "discarded" | "recorded";
                conversation?: string;
                /** @description ENS name, 0x address or inbox id of a sender. */
                from?: string;
                /** @description Of people on the allowlist, or of strangers (open mode), as it was when they wrote. */
                sender?: "allowlisted" | "unknown";
                /** @description in: what was accepted. out: what this agent sent; takes no `wait`, `state`, `sender` and `from`. */
                direction?: "in" | "out";
                /** @description desc: newest first. Does not wait. */
                order?: "asc" | "desc";
                /** @description text: the bare blocks, line by line. Without it, what the Accept header prefers. */
                format?: "json" | "text";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Messages, and the next cursor. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessagePage"] | components["schemas"]["SentMessagePage"];
                    "text/plain": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    getMessage: {
        parameters: {
            query?: {
                /** @description text: the bare blocks, line by line. Without it, what the Accept header prefers. */
                format?: "json" | "text";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The message. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageDetail"] | components["schemas"]["SentMessageDetail"];
                    "text/plain": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    acknowledgeMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is delivered; asking again changes nothing. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        ok: true;
                        id: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getMessageText: {
        parameters: {
            query?: {
                /** @description The first line, from 1. */
                from?: number;
                /** @description At most; by default what a block holds. */
                lines?: number;
                /** @description text: the bare blocks, line by line. Without it, what the Accept header prefers. */
                format?: "json" | "text";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Some lines of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TextPage"];
                    "text/plain": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getAttachment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                n: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. Its type is what its content says; its name and its bytes are the words of its sender. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    getAttachmentText: {
        parameters: {
            query?: {
                /** @description The first line, from 1. */
                from?: number;
                /** @description At most; by default what a block holds. */
                lines?: number;
            };
            header?: never;
            path: {
                id: string;
                n: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Some lines of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TextPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    replyToMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key and request: same result, and one message, however often it is asked. */
                "idempotency-key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplyRequest"];
            };
        };
        responses: {
            /** @description The network has accepted the answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        ok: true;
                        /** @enum {string} */
                        message: "Message sent";
                        id: string;
                        conversationId: string;
                        replayed: boolean;
                        /** @description What was taken out of the message before it was sent, by kind; absent when nothing was. */
                        scrubbed?: string[];
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    reactToMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key and request: same result, and one message, however often it is asked. */
                "idempotency-key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReactRequest"];
            };
        };
        responses: {
            /** @description The network has accepted the reaction. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        ok: true;
                        /** @enum {string} */
                        message: "Message sent";
                        id: string;
                        conversationId: string;
                        replayed: boolean;
                        /** @description What was taken out of the message before it was sent, by kind; absent when nothing was. */
                        scrubbed?: string[];
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    listConversations: {
        parameters: {
            query?: {
                /** @description Older than this cursor. */
                before?: string;
                /** @description Newer than this cursor. */
                after?: string;
                limit?: number;
                /** @description desc: newest first. */
                order?: "asc" | "desc";
                /** @description true: those alone in which somebody is on the allowlist; a page may hold less than `limit`. */
                listed?: "true";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Conversations, and where the page begins and ends. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    getConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The conversation. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationDetail"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    listConversationMessages: {
        parameters: {
            query?: {
                /** @description Older than this cursor. */
                before?: string;
                /** @description Newer than this cursor. */
                after?: string;
                limit?: number;
                /** @description desc: newest first. */
                order?: "asc" | "desc";
                /** @description text: the bare blocks, line by line. Without it, what the Accept header prefers. */
                format?: "json" | "text";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Messages, and where the page begins and ends. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationMessagePage"];
                    "text/plain": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    sendToConversation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key and request: same result, and one message, however often it is asked. */
                "idempotency-key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConversationSendRequest"];
            };
        };
        responses: {
            /** @description The network has accepted the message. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        ok: true;
                        /** @enum {string} */
                        message: "Message sent";
                        id: string;
                        conversationId: string;
                        replayed: boolean;
                        /** @description What was taken out of the message before it was sent, by kind; absent when nothing was. */
                        scrubbed?: string[];
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    markConversationRead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Nothing is unread; asking again changes nothing. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        ok: true;
                        conversationId: string;
                        /** @description Messages that were unread. */
                        marked: number;
                        /** @description null when nothing was unread, or nobody is heard there. */
                        receiptId: string | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    streamEvents: {
        parameters: {
            query?: {
                after?: number;
                /** @description text: the data of an event is the bare block. */
                format?: "json" | "text";
            };
            header?: {
                "last-event-id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    streamChanges: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream. The data of an event `change` has `status`, as GET /xmtp/status answers, and `marks`: positions of the newest message heard and sent, line of the audit log, and problem. One that has moved tells that there is more to read. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getActivity: {
        parameters: {
            query?: {
                hours?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every hour up to the one that runs, oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        hours: components["schemas"]["Hour"][];
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listUnsettledSends: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Oldest first. Each is tried until it succeeds or never can. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        sends: {
                            seq: number;
                            /** @description `null` before it is stored. */
                            messageId: string | null;
                            conversationId: string;
                            createdAt: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listProblems: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first, since the start, at most 100. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        problems: components["schemas"]["LoggedProblem"][];
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listAudit: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The last lines of audit.log, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        lines: components["schemas"]["AuditLine"][];
                        /** @description The first line that was not as it was written when the log was opened; `null`: none. */
                        brokenAt: number | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    makeBackup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BackupRequest"];
            };
        };
        responses: {
            /** @description A file of age (age-encryption.org/v1) around a tar archive. One that ends before its end cannot be opened. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listAllowlist: {
        parameters: {
            query?: {
                offset?: number;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its state and entries, in the order of the file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description While unreadable, nobody is on the list.
                         * @enum {string}
                         */
                        state: "ready" | "unreadable";
                        count: number;
                        error: {
                            code: string;
                            message: string;
                            line?: number;
                            column?: number;
                        } | null;
                        entries: components["schemas"]["ListEntry"][];
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    addToAllowlist: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddAllowed"];
            };
        };
        responses: {
            /** @description Was listed already. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        ok: true;
                        added: boolean;
                        /**
                         * @description It was listed already, and has another name or label now.
                         * @enum {boolean}
                         */
                        renamed?: true;
                        entry: components["schemas"]["ListEntry"];
                        /** @description The other address that this name meant when it was last written to, and from when on. */
                        changedSince?: {
                            address: string;
                            since: string;
                        };
                    };
                };
            };
            /** @description Is listed now. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        ok: true;
                        added: boolean;
                        /**
                         * @description It was listed already, and has another name or label now.
                         * @enum {boolean}
                         */
                        renamed?: true;
                        entry: components["schemas"]["ListEntry"];
                        /** @description The other address that this name meant when it was last written to, and from when on. */
                        changedSince?: {
                            address: string;
                            since: string;
                        };
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    getAllowlistEntry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Address or name. */
                entry: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The entry. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListEntry"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    putAllowlistEntry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Address or name. */
                entry: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string | null;
                    /** @description Free words for somebody without a name; never looked up, never verified. */
                    label?: string | null;
                };
            };
        };
        responses: {
            /** @description Was listed already. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        ok: true;
                        added: boolean;
                        /**
                         * @description It was listed already, and has another name or label now.
                         * @enum {boolean}
                         */
                        renamed?: true;
                        entry: components["schemas"]["ListEntry"];
                        /** @description The other address that this name meant when it was last written to, and from when on. */
                        changedSince?: {
                            address: string;
                            since: string;
                        };
                    };
                };
            };
            /** @description Is listed now. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        ok: true;
                        added: boolean;
                        /**
                         * @description It was listed already, and has another name or label now.
                         * @enum {boolean}
                         */
                        renamed?: true;
                        entry: components["schemas"]["ListEntry"];
                        /** @description The other address that this name meant when it was last written to, and from when on. */
                        changedSince?: {
                            address: string;
                            since: string;
                        };
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    removeFromAllowlist: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Address or name. */
                entry: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Is not listed any more. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        ok: true;
                        removed: components["schemas"]["ListEntry"];
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listDenylist: {
        parameters: {
            query?: {
                offset?: number;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its state and entries, in the order of the file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description While unreadable, nobody is on the list.
                         * @enum {string}
                         */
                        state: "ready" | "unreadable";
                        count: number;
                        error: {
                            code: string;
                            message: string;
                            line?: number;
                            column?: number;
                        } | null;
                        entries: components["schemas"]["ListEntry"][];
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    addToDenylist: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddDenied"];
            };
        };
        responses: {
            /** @description Was listed already. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        ok: true;
                        added: boolean;
                        /**
                         * @description It was listed already, and has another name or label now.
                         * @enum {boolean}
                         */
                        renamed?: true;
                        entry: components["schemas"]["ListEntry"];
                        /** @description The other address that this name meant when it was last written to, and from when on. */
                        changedSince?: {
                            address: string;
                            since: string;
                        };
                    };
                };
            };
            /** @description Is listed now. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        ok: true;
                        added: boolean;
                        /**
                         * @description It was listed already, and has another name or label now.
                         * @enum {boolean}
                         */
                        renamed?: true;
                        entry: components["schemas"]["ListEntry"];
                        /** @description The other address that this name meant when it was last written to, and from when on. */
                        changedSince?: {
                            address: string;
                            since: string;
                        };
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    getDenylistEntry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Address or name. */
                entry: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The entry. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListEntry"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    putDenylistEntry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Address or name. */
                entry: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string | null;
                    /** @description Free words for somebody without a name; never looked up, never verified. */
                    label?: string | null;
                };
            };
        };
        responses: {
            /** @description Was listed already. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        ok: true;
                        added: boolean;
                        /**
                         * @description It was listed already, and has another name or label now.
                         * @enum {boolean}
                         */
                        renamed?: true;
                        entry: components["schemas"]["ListEntry"];
                        /** @description The other address that this name meant when it was last written to, and from when on. */
                        changedSince?: {
                            address: string;
                            since: string;
                        };
                    };
                };
            };
            /** @description Is listed now. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        ok: true;
                        added: boolean;
                        /**
                         * @description It was listed already, and has another name or label now.
                         * @enum {boolean}
                         */
                        renamed?: true;
                        entry: components["schemas"]["ListEntry"];
                        /** @description The other address that this name meant when it was last written to, and from when on. */
                        changedSince?: {
                            address: string;
                            since: string;
                        };
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    removeFromDenylist: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Address or name. */
                entry: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Is not listed any more. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        ok: true;
                        removed: components["schemas"]["ListEntry"];
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listGrouplist: {
        parameters: {
            query?: {
                offset?: number;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its state and entries, in the order of the file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description While unreadable, no group is on the list.
                         * @enum {string}
                         */
                        state: "ready" | "unreadable";
                        /**
                         * @description In which groups those on the allowlist are heard: XMTP_GROUPS.
                         * @enum {string}
                         */
                        mode: "listed-senders" | "listed-groups" | "off";
                        count: number;
                        error: {
                            code: string;
                            message: string;
                            line?: number;
                            column?: number;
                        } | null;
                        entries: components["schemas"]["GroupListEntry"][];
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    putGrouplistEntry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the conversation, or what the list calls it. */
                entry: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GroupLabel"];
            };
        };
        responses: {
            /** @description Was listed already. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        ok: true;
                        added: boolean;
                        entry: components["schemas"]["GroupListEntry"];
                    };
                };
            };
            /** @description Is listed now. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        ok: true;
                        added: boolean;
                        entry: components["schemas"]["GroupListEntry"];
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    removeFromGrouplist: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the conversation, or what the list calls it. */
                entry: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Is not listed any more. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        ok: true;
                        removed: components["schemas"]["GroupListEntry"];
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listDropped: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the page before. */
                after?: string;
                /** @description Of people on the allowlist, or of others alone. */
                listed?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Those on the allowlist first, the newest of each kind. What strangers fill it with is forgotten before what others do. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        dropped: components["schemas"]["DroppedSender"][];
                        /** @description Give it as `after` for the next page; `null` after the last. */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listKnocks: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the page before. */
                after?: string;
                /** @description Of one inbox: what it wrote, and each group that it added the agent to. */
                from?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Groups of people on the allowlist first, then the newest; of a stranger one line for all of his groups. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        knocks: components["schemas"]["Knock"][];
                        /** @description Give it as `after` for the next page; `null` after the last. */
                        next: string | null;
                        /** @description Strangers who wrote, and groups that are not listened to, on all pages together. */
                        total: {
                            senders: number;
                            groups: number;
                        };
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    acceptInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcceptInvitation"];
            };
        };
        responses: {
            /** @description The group, listened to from now on. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Group"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    refuseInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Nothing of it is heard until it is accepted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        ok: true;
                        /**
                         * @description asked: its members see that, and an admin completes it.
                         * @enum {string}
                         */
                        leave: "asked" | "not-a-member" | "not-possible";
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    createGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key and request: same result, and one message, however often it is asked. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewGroup"];
            };
        };
        responses: {
            /** @description The group. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        conversationId: string;
                        /** @description Members may have chosen it. Cleaned; empty where strangers alone wrote it. */
                        title: string;
                        description: string;
                        imageUrl: string | null;
                        disappearAfterSeconds: number | null;
                        permissions: components["schemas"]["GroupPermissions"];
                        members: {
                            address: string | null;
                            inboxId: string;
                            /** @description Of the allowlist. */
                            name: string | null;
                            /** @enum {string} */
                            nameKind?: "name" | "label";
                            nameVerified: boolean;
                            /** @description On the allowlist, and not denied. */
                            listed: boolean;
                            /** @enum {string} */
                            role: "member" | "admin" | "super-admin";
                            self: boolean;
                        }[];
                        replayed: boolean;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    getGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The group as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Group"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    updateGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GroupChange"];
            };
        };
        responses: {
            /** @description The group as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Group"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    addGroupMembers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    members: string[];
                };
            };
        };
        responses: {
            /** @description The group as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Group"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    setGroupMemberRole: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                /** @description Name or address. */
                member: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    role: "member" | "admin" | "super-admin";
                };
            };
        };
        responses: {
            /** @description The group as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Group"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    removeGroupMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                /** @description Name or address. */
                member: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The group as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Group"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    leaveGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description It was asked for; an admin of the group completes it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    retryDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many messages no longer wait. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        ok: true;
                        woken: number;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    replayDeadLetters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        ok: true;
                        replayed: number;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listDeadLetters: {
        parameters: {
            query?: {
                after?: number;
                before?: number;
                limit?: number;
                /** @description desc: newest first, from `before` on. */
                order?: "asc" | "desc";
                /** @description Of people on the allowlist, or of strangers (open mode), as it was when they wrote. */
                sender?: "allowlisted" | "unknown";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Dead letters, and the next cursor. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessagePage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    replayDeadLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        ok: true;
                        id: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    discardDeadLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        ok: true;
                        id: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getPrompt: {
        parameters: {
            query?: {
                format?: "json" | "text";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The fragment. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        prompt: string;
                        mode: string;
                    };
                    "text/plain": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    resolveName: {
        parameters: {
            query: {
                /** @description ENS name or 0x address. */
                name: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who it is, and who says so. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resolved"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    reverseAddress: {
        parameters: {
            query: {
                address: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What it is called, as far as anybody may call itself so. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reversed"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They can. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        ok: true;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Metrics. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getCatalog: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The catalog. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createPageLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The link. Whoever has it is the operator. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        ok: true;
                        /** @description Give it to POST /xmtp/page/sessions; once. */
                        code: string;
                        /** @description Of the page, with the code behind the #, which no server sees. */
                        path: string;
                        expiresInSeconds: number;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    openPageSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PageCode"];
            };
        };
        responses: {
            /** @description The session. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        ok: true;
                        /** @description A bearer token, good for what the operator's is good for, until then or until that is changed. */
                        token: string;
                        expiresAt: string;
                        /**
                         * @description team: several agents are behind this port.
                         * @enum {string}
                         */
                        view: "agent" | "team";
                    };
                };
            };
            400: components["responses"]["Problem400"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
}
