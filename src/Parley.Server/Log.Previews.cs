using Microsoft.Extensions.Logging;

namespace Parley.Server;

/// <summary>Entries about link previews. None has a link in it: who may read it is not the log's to decide.</summary>
internal static partial class Log
{
    [LoggerMessage(631, LogLevel.Warning, "A page of {Host} cannot be read for its preview")]
    public static partial void PageUnreadable(ILogger logger, string host, Exception exception);
}
