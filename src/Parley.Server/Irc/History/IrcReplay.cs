using System.Buffers;
using System.Globalization;
using System.Text;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Protocol.Irc;
using Parley.Server.Connections;
using Parley.Server.Irc.Multiline;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.History;

/// <summary>Replays earlier messages to a client that joins a room or fell behind in it, and has not asked.</summary>
/// <remarks>
/// Past messages MUST NOT be taken for new ones, least of all by a program, which would act again. So a client that is told no times
/// by tags is shown the past as NOTICEs of the server, which programs do not answer; docs/decisions has the page about it.
/// </remarks>
internal static class IrcReplay
{
    /// <summary>Returns the number of a room's last messages that a client is shown when it joins.</summary>
    public static int CountFor(IrcSession session)
        => session.Has(IrcCapabilities.ChatHistory) || session.Self.Profile.IsBot ? 0 : session.Context.Options.HistoryReplay;

    /// <summary>Writes the messages that a client is shown when it has just joined a room: those that its person was not sent yet.</summary>
    public static void WriteArrival(IrcSession session, Past past, IBufferWriter<byte> output)
    {
        var unsent = session.Session.User is { } user ? session.Context.SentMarks.Unsent(user, past) : past.Entries;
        if (session.Has(IrcCapabilities.ZncPlayback))
        {
            session.LateReplay.Hold(past.Room, unsent, held => _ = ShowLateAsync(session, held), held => ShowHeld(session, held));
        }
        else
        {
            WritePast(session, past.Room, unsent, output);
        }
    }

    /// <summary>Shows what a client has not asked for itself, as far as it may still be read: messages are taken back, and rooms left, in a moment.</summary>
    private static async Task ShowLateAsync(IrcSession session, IReadOnlyList<KeyValuePair<RoomName, IReadOnlyList<HistoryEntry>>> held)
    {
        try
        {
            var readable = new List<KeyValuePair<RoomName, IReadOnlyList<HistoryEntry>>>(held.Count);
            foreach (var (room, entries) in held.Where(each => each.Value.Count > 0))
            {
                var query = new HistoryQuery(room) { After = entries[0].Number - 1, Before = entries[^1].Number + 1, Limit = session.Context.Options.HistoryReplay };
                var still = (await session.LookAsync(new ReadRoom(query), CancellationToken.None) ?? []).Select(entry => entry.Number).ToHashSet();
                readable.Add(new(room, [.. entries.Where(entry => still.Contains(entry.Number))]));
            }

            ShowHeld(session, readable);
        }
        catch (HistoryException)
        {
            // What cannot be looked at again is not shown: the client can ask for it.
        }
    }

    /// <summary>Shows what a client has not asked for itself, of the rooms that it is still in.</summary>
    private static void ShowHeld(IrcSession session, IReadOnlyList<KeyValuePair<RoomName, IReadOnlyList<HistoryEntry>>> held)
    {
        foreach (var (room, entries) in held.Where(each => session.Session.Rooms.Contains(each.Key)))
        {
            session.Session.Reply(output => WritePast(session, room, entries, output));
        }

        session.Session.Outbox.ScheduleSend();
    }

    /// <summary>Messages that are past, in a form in which that shows.</summary>
    public static void WritePast(IrcSession session, RoomName room, IReadOnlyList<HistoryEntry> entries, IBufferWriter<byte> output)
    {
        entries = WithoutOwn(session, entries);
        if (entries.Count == 0)
        {
            return;
        }

        if (!session.Has(IrcCapabilities.ServerTime))
        {
            WriteNotices(session, room, entries, output);
        }
        else if (session.Has(IrcCapabilities.Batch))
        {
            WriteBatch(session, room, entries, output);
        }
        else
        {
            // Some clients know the times, and do not show them unless they are told to.
            Notice(session, room, string.Create(CultureInfo.InvariantCulture, $"--- Said before you came, since {entries.Min(entry => entry.Time).UtcDateTime:yyyy-MM-dd HH:mm} UTC:"), output);
            WriteLines(session, entries, batch: null, output);
            Notice(session, room, "--- What follows is said now", output);
        }
    }

    /// <summary>Writes the messages that a client missed when it fell behind: with their times, in the text where tags do not tell them.</summary>
    public static void WriteMissed(IrcSession session, RoomName room, IReadOnlyList<HistoryEntry> entries, IBufferWriter<byte> output)
    {
        entries = WithoutOwn(session, entries);
        if (entries.Count > 0 && session.Has(IrcCapabilities.Batch))
        {
            WriteBatch(session, room, entries, output);
        }
        else
        {
            WriteLines(session, entries, batch: null, output);
        }
    }

    /// <summary>Writes direct messages that were kept while the client's user was away: as said to the name that it wears now, with their times.</summary>
    public static void WriteWaiting(IrcSession session, IReadOnlyList<HistoryEntry> entries, IBufferWriter<byte> output)
        => WriteLines(session, [.. entries.Select(entry => entry with { Recipient = session.Self.Name })], batch: null, output);

    /// <summary>A client that asked for no echo never reads its own words as another's: programs have answered themselves.</summary>
    private static IReadOnlyList<HistoryEntry> WithoutOwn(IrcSession session, IReadOnlyList<HistoryEntry> entries)
    {
        if (session.Has(IrcCapabilities.EchoMessage) || session.Session.User is not { } user)
        {
            return entries;
        }

        var (name, reader) = (user.Name, user.Reader);
        return [.. entries.Where(entry => entry.Author != name && !reader.Wrote(entry))];
    }

    /// <summary>As a batch for those who know batches (https://ircv3.net/specs/batches/chathistory).</summary>
    private static void WriteBatch(IrcSession session, RoomName room, IReadOnlyList<HistoryEntry> entries, IBufferWriter<byte> output)
    {
        var (batch, now) = (session.NextBatchId(), session.Context.Time.GetUtcNow());
        session.Events.Begin(now, default, output);
        output.WriteIrc($":{session.Context.ServerName} BATCH +{batch} chathistory #{room.Value}");
        WriteLines(session, entries, $"batch={batch}", output);
        session.Events.Begin(now, default, output);
        output.WriteIrc($":{session.Context.ServerName} BATCH -{batch}");
    }

    private static void WriteLines(IrcSession session, IReadOnlyList<HistoryEntry> entries, string? batch, IBufferWriter<byte> output)
    {
        foreach (var entry in entries)
        {
            var shown = session.Has(IrcCapabilities.ServerTime) ? entry : entry with { Text = (byte[])[.. Encoding.UTF8.GetBytes(Stamp(session, entry)), .. entry.Text.Span] };
            IrcPast.Write(session.Events, shown, batch, output);
        }
    }

    /// <summary>By the server, with author and time in the text: <c>[12:00] &lt;Ann&gt; hello</c>.</summary>
    private static void WriteNotices(IrcSession session, RoomName room, IReadOnlyList<HistoryEntry> entries, IBufferWriter<byte> output)
    {
        var maxBytes = IrcFramer.MaxBodyBytes - $":{session.Context.ServerName} NOTICE #{room.Value} :".Length;
        foreach (var entry in entries.Where(entry => entry.Kind is MessageKind.Text or MessageKind.Action or MessageKind.Notice))
        {
            var author = entry.Author.Value;
            var who = entry.Kind switch { MessageKind.Action => $"* {author} ", MessageKind.Notice => $"-{author}- ", _ => $"<{author}> " };
            var lines = new PlainLinesBudget(session.Context.Options.IrcPlainLines);
            var before = Encoding.UTF8.GetBytes(Stamp(session, entry) + who);
            foreach (var line in new PlainLines(entry.Text.Span))
            {
                foreach (var piece in IrcText.Split((byte[])[.. before, .. line], maxBytes))
                {
                    if (lines.TryTake())
                    {
                        Notice(session, room, Encoding.UTF8.GetString(piece), output);
                    }
                }
            }

            if (lines.Left > 0)
            {
                Notice(session, room, PlainLinesBudget.Rest(lines.Left), output);
            }
        }
    }

    private static void Notice(IrcSession session, RoomName room, string text, IBufferWriter<byte> output)
    {
        session.Events.Begin(session.Context.Time.GetUtcNow(), default, output);
        output.WriteIrc($":{session.Context.ServerName} NOTICE #{room.Value} :{text}");
    }

    private static string Stamp(IrcSession session, in HistoryEntry entry)
    {
        var time = session.Context.Time;
        var local = TimeZoneInfo.ConvertTime(entry.Time, time.LocalTimeZone);
        var format = local.Date == time.GetLocalNow().Date ? "'['HH:mm'] '" : "'['yyyy-MM-dd HH:mm'] '";
        return local.ToString(format, CultureInfo.InvariantCulture);
    }
}
