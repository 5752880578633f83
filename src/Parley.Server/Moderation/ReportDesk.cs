using System.Net;
using Parley.Core.Events;
using Parley.Core.Text;
using Parley.Server.Accounts;
using Parley.Server.Connections;
using Parley.Server.Options;

namespace Parley.Server.Moderation;

/// <summary>Takes what people report to the moderators of the server: operators who are here are told, and the audit keeps it for the others.</summary>
internal sealed class ReportDesk(AuditLog audit, ParleyOptions options, TimeProvider time)
{
    /// <summary>Longest text of a report, in characters.</summary>
    public const int MaxTextLength = 400;

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly AttemptWindow<string> _reports = new(() => options.ReportsPerHour, Window);

    /// <summary>Is told each report, in words for operators; MUST NOT block.</summary>
    public Action<string>? WhenReported { get; set; }

    /// <summary>Takes a report; returns why it was not taken, without a full stop, or null.</summary>
    /// <param name="by">Who reports.</param>
    /// <param name="address">Where from; null if it came over no network.</param>
    /// <param name="room">The room that a message was said in; empty for a report on somebody.</param>
    /// <param name="subject">Whom it is about.</param>
    /// <param name="text">What the reporter says.</param>
    /// <param name="quote">The message that it is about; empty for a report on somebody.</param>
    public async Task<string?> ReportAsync(Actor by, IPAddress? address, string room, string subject, string text, string quote = "")
    {
        if (options.ReportsPerHour == 0)
        {
            return "This server takes no reports";
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            return "Say what is wrong";
        }

        var key = by.Identity.IsAccount || address is null ? by.Identity.Value.ToString(System.Globalization.CultureInfo.InvariantCulture) : AddressKey.Of(address).ToString();
        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (!_reports.HasRoom(key, now))
            {
                return $"You have reported {Counted.Of(options.ReportsPerHour, "time")} within an hour, which is as often as one may: try again later";
            }

            _reports.Add(key, now);
        }

        var words = Clean(quote.Length == 0 ? text : $"{text} [{quote}]");
        await audit.RecordAsync(by, "report", room, subject, words);
        WhenReported?.Invoke($"{by.Name} reports {subject}{(room.Length == 0 ? "" : $" in #{room}")}: {words}");
        return null;
    }

    private static string Clean(string text)
    {
        var clean = string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character)).Trim();
        return clean.Length <= MaxTextLength ? clean : clean[..(char.IsHighSurrogate(clean[MaxTextLength - 1]) ? MaxTextLength - 1 : MaxTextLength)];
    }
}
