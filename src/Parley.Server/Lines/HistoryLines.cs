using System.Buffers;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Lines;

/// <summary>Earlier messages in the words of the lines protocol: always with their time, and with the date if that is not today.</summary>
/// <param name="time">The clock.</param>
/// <param name="showsTags">Whether messages have their ids.</param>
internal sealed class HistoryLines(TimeProvider time, bool showsTags = false)
{
    /// <summary>Writes messages of a room.</summary>
    /// <param name="entries">The messages.</param>
    /// <param name="output">Takes the bytes.</param>
    /// <param name="room">Room before each line; empty for none.</param>
    public void Write(IReadOnlyList<HistoryEntry> entries, IBufferWriter<byte> output, RoomName room = default)
    {
        foreach (var entry in entries)
        {
            LinesMessage.Write(entry.Kind, entry.Author.Value, entry.Text.Span, TagsOf(entry, StampOf(entry), room), output);
        }
    }

    private LinesStamp TagsOf(in HistoryEntry entry, LinesStamp stamp, RoomName room)
        => showsTags ? stamp with { Room = room, Id = MessageId.Of(entry), Reference = RepliedTo.Of(entry.Tags.Span) } : stamp;

    /// <summary>Writes direct messages, to their recipient.</summary>
    public void WriteDirect(IReadOnlyList<HistoryEntry> entries, IBufferWriter<byte> output)
    {
        foreach (var entry in entries)
        {
            LinesMessage.WriteDirect(entry.Kind, entry.Author.Value, entry.Text.Span, entry.Tags.Span, StampOf(entry), output);
        }
    }

    private LinesStamp StampOf(in HistoryEntry entry)
    {
        var local = TimeZoneInfo.ConvertTime(entry.Time, time.LocalTimeZone);
        return local.Date == time.GetLocalNow().Date ? LinesStamp.Time(local) : LinesStamp.DateAndTime(local);
    }
}
