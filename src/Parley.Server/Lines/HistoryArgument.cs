using System.Globalization;
using System.Text;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Text;
using Parley.Protocol.Values;

namespace Parley.Server.Lines;

// history-argument = "" / count / ("since" / "before") SP moment / ("before" / "after") SP "#" number
// moment           = 2DIGIT ":" 2DIGIT                       ; today, or yesterday if that is still to come
//                  / 4DIGIT "-" 2DIGIT "-" 2DIGIT [SP 2DIGIT ":" 2DIGIT]

/// <summary>Reads what follows <c>/history</c>.</summary>
internal static class HistoryArgument
{
    private static readonly string[] MomentFormats = ["yyyy-MM-dd", "yyyy-MM-dd HH:mm"];

    /// <summary>The query it stands for; null if it makes no sense.</summary>
    /// <param name="argument">Trimmed UTF-8.</param>
    /// <param name="room">The room to ask about.</param>
    /// <param name="page">How many messages there are to a page.</param>
    /// <param name="time">Whose time zone is meant, and what time it is.</param>
    public static HistoryQuery? Parse(ReadOnlySpan<byte> argument, RoomName room, int page, TimeProvider time)
    {
        var text = Encoding.UTF8.GetString(argument);
        var query = new HistoryQuery(room) { Limit = page };
        if (text.Length == 0)
        {
            return query;
        }

        if (CountText.Of(text) is { } count)
        {
            return count > 0 ? query with { Limit = Math.Min(count, page) } : null;
        }

        return text.Split(' ', 2, StringSplitOptions.TrimEntries) switch
        {
            ["before", ['#', .. var number]] => TryParseNumber(number) is { } before ? query with { Before = before } : null,
            ["after", ['#', .. var number]] => TryParseNumber(number) is { } after ? query with { After = after, Oldest = true } : null,
            ["before", var moment] => TryParseMoment(moment, time) is { } until ? query with { Until = until } : null,
            ["since", var moment] => TryParseMoment(moment, time) is { } since ? query with { Since = since, Oldest = true } : null,
            _ => null,
        };
    }

    private static long? TryParseNumber(string text)
        => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTimeOffset? TryParseMoment(string text, TimeProvider time)
    {
        var now = time.GetLocalNow();
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock))
        {
            var today = now.Date + clock.ToTimeSpan();
            return AtLocal(today <= now.DateTime ? today : today.AddDays(-1), time);
        }

        return DateTime.TryParseExact(text, MomentFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? AtLocal(moment, time)
            : null;
    }

    private static DateTimeOffset AtLocal(DateTime moment, TimeProvider time) => ClientTime.FromLocal(moment, time.LocalTimeZone).Value;
}
