using System.Buffers;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Protocol.Lines;

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
            if (local.Date == today)
            {
                LinesWriter.Time(output, local);
            }
            else
            {
                LinesWriter.DateAndTime(output, local);
            }

            if (entry.Kind == MessageKind.Text)
            {
                LinesWriter.Message(output, entry.Author.Value, entry.Text.Span);
            }
            else
            {
                LinesWriter.Action(output, entry.Author.Value, entry.Text.Span);
            }
        }
    }
}
