using System.Buffers;
using Parley.Core.History;

namespace Parley.Server.Lines;

/// <summary>Earlier messages in the words of the lines protocol: always with their time, and with the date if that is not today.</summary>
internal sealed class HistoryLines(TimeProvider time)
{
    public void Write(IReadOnlyList<HistoryEntry> entries, IBufferWriter<byte> output)
    {
        foreach (var entry in entries)
        {
            LinesMessage.Write(entry.Kind, entry.Author.Value, entry.Text.Span, StampOf(entry), output);
        }
    }

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
