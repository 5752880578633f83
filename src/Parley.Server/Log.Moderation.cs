using Microsoft.Extensions.Logging;

namespace Parley.Server;

/// <summary>Entries about moderation.</summary>
internal static partial class Log
{
    [LoggerMessage(801, LogLevel.Information, "{Operator} has banned {Subject} ({Time}): {Reason}")]
    public static partial void BanMade(ILogger logger, string @operator, string subject, string time, string reason);

    [LoggerMessage(802, LogLevel.Information, "{Operator} has lifted the ban on {Subject}")]
    public static partial void BanLifted(ILogger logger, string @operator, string subject);

    [LoggerMessage(803, LogLevel.Information, "The ban on {Subject} has ended the sessions of {Count} users")]
    public static partial void Banned(ILogger logger, string subject, int count);

    [LoggerMessage(811, LogLevel.Error, "Decisions of moderators cannot be kept, which is tried again once a minute; entries 812 have them: {Reason}")]
    public static partial void AuditFailed(ILogger logger, string reason);

    [LoggerMessage(812, LogLevel.Warning, "Not in the audit yet: {Time:u} {Actor} {Action} {Room} {Subject} {Reason}")]
    public static partial void NotAudited(ILogger logger, DateTimeOffset time, string actor, string action, string room, string subject, string reason);
}
