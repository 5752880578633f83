using System.Buffers;
using System.Globalization;
using System.Text;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Protocol.Irc;

namespace Parley.Server.Irc.History;

/// <summary>What was said before, for a client that joins a room or fell behind in it, and has not asked.</summary>
internal static class IrcReplay
{
    /// <summary>
    /// As a batch for those who know batches (https://ircv3.net/specs/batches/chathistory). Whoever is told no times by tags
    /// is told them in the text: what is past must not be taken for what is said now.
    /// </summary>
    public static void Write(IrcSession session, RoomName room, IReadOnlyList<HistoryEntry> entries, IBufferWriter<byte> output)
    {
        var batch = session.Has(IrcCapabilities.Batch) ? session.NextBatchId() : null;
        var now = session.Context.Time.GetUtcNow();
        if (batch is not null)
        {
            session.Events.Begin(now, default, output);
            output.WriteIrc($":{session.Context.ServerName} BATCH +{batch} chathistory #{room.Value}");
        }

        foreach (var entry in entries)
        {
            var shown = session.Has(IrcCapabilities.ServerTime) ? entry : entry with { Text = Stamped(session, entry) };
            IrcPast.Write(session.Events, shown, batch is null ? null : $"batch={batch}", output);
        }

        if (batch is not null)
        {
            session.Events.Begin(now, default, output);
            output.WriteIrc($":{session.Context.ServerName} BATCH -{batch}");
        }
    }

    private static byte[] Stamped(IrcSession session, in HistoryEntry entry)
    {
        var time = session.Context.Time;
        var local = TimeZoneInfo.ConvertTime(entry.Time, time.LocalTimeZone);
        var format = local.Date == time.GetLocalNow().Date ? "'['HH:mm'] '" : "'['yyyy-MM-dd HH:mm'] '";
        return [.. Encoding.UTF8.GetBytes(local.ToString(format, CultureInfo.InvariantCulture)), .. entry.Text.Span];
    }
}
