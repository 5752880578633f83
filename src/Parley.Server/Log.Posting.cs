using Microsoft.Extensions.Logging;

namespace Parley.Server;

/// <content>6xx: tokens and web hooks.</content>
internal static partial class Log
{
    [LoggerMessage(601, LogLevel.Error, "Tokens or web hooks cannot be read or written: {Reason}")]
    public static partial void TokensFailed(ILogger logger, string reason);

    [LoggerMessage(602, LogLevel.Error, "A message of {Name} was posted, and that is not remembered: should the request come again, it is posted twice. {Reason}")]
    public static partial void AnswerNotRemembered(ILogger logger, string name, string reason);

    [LoggerMessage(603, LogLevel.Error, "A request came again that was cut off before, and history cannot be asked what it had said: {Reason}")]
    public static partial void CutOffRequestNotFound(ILogger logger, string reason);

    [LoggerMessage(611, LogLevel.Information, "Web hooks: {Count}")]
    public static partial void HooksChanged(ILogger logger, int count);

    [LoggerMessage(612, LogLevel.Warning, "Web hook {Hook} ({Host}) does not take a message ({Reason}); it is tried again")]
    public static partial void HookFailed(ILogger logger, long hook, string host, string reason);

    [LoggerMessage(613, LogLevel.Information, "Web hook {Hook} ({Host}) takes messages again")]
    public static partial void HookRecovered(ILogger logger, long hook, string host);

    [LoggerMessage(614, LogLevel.Warning, "Web hook {Hook} ({Host}): message {Message} was not delivered ({Reason})")]
    public static partial void HookGaveUp(ILogger logger, long hook, string host, string message, string reason);

    [LoggerMessage(615, LogLevel.Warning, "Web hook {Hook} ({Host}) is behind: its oldest messages are dropped")]
    public static partial void HookOverflowed(ILogger logger, long hook, string host);

    [LoggerMessage(616, LogLevel.Warning, "Web hook {Hook} ({Host}): {Count} messages that waited were not delivered, as the server has stopped or the hook was removed")]
    public static partial void HookAbandoned(ILogger logger, long hook, string host, int count);
}
