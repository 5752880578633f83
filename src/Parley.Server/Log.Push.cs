using Microsoft.Extensions.Logging;

namespace Parley.Server;

/// <summary>Entries about web push. None has an endpoint in it: whoever knows one may send there.</summary>
internal static partial class Log
{
    [LoggerMessage(621, LogLevel.Error, "Subscriptions to web push cannot be read or written: {Reason}")]
    public static partial void PushStoreFailed(ILogger logger, string reason);

    [LoggerMessage(622, LogLevel.Warning, "A message was not pushed to a device of {Account} by {Service}, {Reason}; what failed in the same way since is counted")]
    public static partial void PushFailed(ILogger logger, string account, string service, string reason);

    [LoggerMessage(623, LogLevel.Information, "A device of {Account} at {Service} is pushed to no more: {Reason}")]
    public static partial void PushEnded(ILogger logger, string account, string service, string reason);
}
