using System.Globalization;
using Parley.Cli.Terminal;
using Parley.Net.Sweep;

namespace Parley.Cli.Sweep;

/// <summary>A line for each target that was found, for people.</summary>
internal sealed class TextSweepWriter(TextWriter output, Palette palette, SweepOptions options) : ISweepWriter
{
    /// <summary>Returns true for every result if all are wanted; else for answers, failures and, without a greeting to look for, any sign of the host.</summary>
    public bool Shows(SweepResult result)
        => options.ShowsAll
            || result.Reply.Kind is ProbeReplyKind.Answered or ProbeReplyKind.Failed
            || (options.Greeting is null && result.Reply.IsThere);

    public void Write(SweepResult result)
    {
        (SweepTarget target, _, ProbeReply reply) = result;
        string name = target.Address is null && result.Address is { } address ? $"{target.Text} ({address})" : target.Text;
        string roundTrip = reply.IsThere ? $"  {Milliseconds.Text(reply.RoundTrip)}" : "";
        string detail = reply.Detail is null ? "" : $"  {VisibleText.Of(reply.Detail)}";
        output.WriteLine($"{name,-15}  {Word(reply.Kind)}{roundTrip}{detail}");
    }

    public void Write(SweepSummary summary, TimeSpan elapsed)
    {
        IEnumerable<string> counts = Enum.GetValues<ProbeReplyKind>()
            .Where(kind => kind is ProbeReplyKind.Answered or ProbeReplyKind.Silent || summary.Count(kind) > 0)
            .Select(kind => $"{summary.Count(kind)} {SummaryWord(kind)}");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{summary.Total} targets in {elapsed.TotalSeconds:0.00} s: {string.Join(", ", counts)}"));
        if (summary.Count(ProbeReplyKind.Answered) > 0)
        {
            output.WriteLine(
                $"round trip min/avg/max/mdev {Number(summary.Min)}/{Number(summary.Average)}/{Number(summary.Max)}/{Milliseconds.Text(summary.Deviation)}");
        }
    }

    private static string Number(TimeSpan time) => time.TotalMilliseconds.ToString("0.000", CultureInfo.InvariantCulture);

    private string Word(ProbeReplyKind kind) => kind switch
    {
        ProbeReplyKind.Answered => palette.Good("answers"),
        ProbeReplyKind.Other => palette.Doubtful("something else"),
        ProbeReplyKind.Refused => palette.Doubtful("refuses"),
        ProbeReplyKind.Silent => palette.Bad("silent"),
        ProbeReplyKind.Unreachable => palette.Bad("unreachable"),
        _ => palette.Bad("failed"),
    };

    private static string SummaryWord(ProbeReplyKind kind) => kind switch
    {
        ProbeReplyKind.Answered => "answering",
        ProbeReplyKind.Other => "something else",
        ProbeReplyKind.Refused => "refusing",
        ProbeReplyKind.Silent => "silent",
        ProbeReplyKind.Unreachable => "unreachable",
        _ => "failed",
    };
}
