using System.Buffers;
using Parley.Core.History;

namespace Parley.Server.Lines;

/// <summary>Earlier messages in the words of the lines protocol: always with their time, and with the date if that is not today.</summary>
internal sealed class HistoryLines(TimeProvider time)
{
    public void Write(IReadOnlyList<HistoryEntry> entries, IBufferWriter<byte> output)
    {
        var today = time.GetLocalNow().Date;
        foreach (var entry in entries)
        {
            var local = TimeZoneInfo.ConvertTime(entry.Time, time.LocalTimeZone);
            LinesMessage.Write(
                entry.Kind,
                entry.Author.Value,
                entry.Text.Span,
                local.Date == today ? LinesStamp.Time(local) : LinesStamp.DateAndTime(local),
                output);
        }
    }
}
