/** An answer that is no success, in the connector's words. */
export class ConnectorError extends Error {
  readonly status: number;
  /** Teams' error code: https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability */
  readonly code: string;
  readonly retryAfter: number | undefined;

  constructor(status: number, code: string, message: string, retryAfter?: number) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }

  get body(): { error: { code: string; message: string } } {
    return { error: { code: this.code, message: this.message } };
  }
}

export const badArgument = (message: string): ConnectorError => new ConnectorError(400, 'Bad Argument', message);

export const conversationNotFound = (): ConnectorError =>
  new ConnectorError(404, 'ConversationNotFound', 'Conversation not found.');

export const activityNotFound = (): ConnectorError =>
  new ConnectorError(404, 'ActivityNotFoundInConversation', 'Activity not found in conversation.');

export const notInRoster = (): ConnectorError =>
  new ConnectorError(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.');

export const writesBlocked = (): ConnectorError =>
  new ConnectorError(403, 'MessageWritesBlocked', 'Message writes have been blocked by the user.');

const codes: Record<number, string> = {
  401: 'BotNotRegistered',
  412: 'PreconditionFailed',
  429: 'TooManyRequests',
  500: 'ServiceError',
  502: 'BadGateway',
  503: 'ServiceUnavailable',
  504: 'GatewayTimeout',
};

/** The error that a status stands for when it is asked for by a switch. */
export const scripted = (status: number, retryAfter?: number): ConnectorError =>
  new ConnectorError(
    status,
    codes[status] ?? 'ServiceError',
    `The chat window was told to answer ${status}.`,
    retryAfter,
  );
