using System.Globalization;
using Parley.Core.Broker;
using Parley.Protocol.Irc;

namespace Parley.Server.Connections;

/// <summary>Words for the ban that keeps somebody out of a room.</summary>
internal static class BanWords
{
    /// <summary>Bytes of a reason that are told; the rest is cut off.</summary>
    public const int MaxReasonBytes = 200;

    /// <summary>Returns end and reason, to stand behind what says that there is a ban: <c> until 2026-12-01 10:00 UTC (flooding)</c>; empty if the ban has neither.</summary>
    public static string Of(EntryBan? ban)
    {
        var until = ban?.Until is { } end ? string.Create(CultureInfo.InvariantCulture, $" until {end.UtcDateTime:yyyy-MM-dd HH:mm} UTC") : "";
        return ban is null or { Reason: "" } ? until : $"{until} ({Cut(ban.Reason)})";
    }

    private static string Cut(string reason)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(reason);
        return bytes.Length <= MaxReasonBytes ? reason : System.Text.Encoding.UTF8.GetString(IrcText.Truncate(bytes, MaxReasonBytes)) + "...";
    }
}
