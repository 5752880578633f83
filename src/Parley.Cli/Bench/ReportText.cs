using System.Globalization;
using Parley.Cli.Load;

namespace Parley.Cli.Bench;

/// <summary>A report as lines for people.</summary>
internal static class ReportText
{
    public static IEnumerable<string> Lines(BenchReport report)
    {
        yield return $"{report.Scenario}";
        yield return $"Measured   {Number(report.MeasuredSeconds)} s on {report.Scenario.Server}";
        yield return $"Sent       {Amount.Rate(report.SentPerSecond)}, in all {Amount.Of(report.Sent, "message")}, {Amount.Bytes(report.BytesSent)}";
        yield return $"Received   {Amount.Rate(report.ReceivedPerSecond)}, in all {Amount.Of(report.Received, "message")}, {Amount.Bytes(report.BytesReceived)}";
        yield return $"Latency    {Percentiles(report.Latency)}";
        if (report.Lateness is { } lateness)
        {
            yield return $"of it here {Percentiles(lateness)}: sent later than due";
        }

        if (report.Unsent > 0)
        {
            yield return $"Unsent     {Amount.Of(report.Unsent, "message")}: the senders could not keep up, so the rate was not reached";
        }

        yield return $"Lost       {Amount.Count(report.Lost)}" + (report.ToldDropped > 0 ? $"; the server told of {Amount.Count(report.ToldDropped)}" : "");
        yield return $"Reordered  {Amount.Count(report.Reordered)}";
        yield return $"Duplicated {Amount.Count(report.Duplicated)}";
        if (report.OtherOrder > 0)
        {
            yield return $"Order      {Amount.Of(report.OtherOrder, "client")} saw the senders' messages interleaved in another way than the rest of the room";
        }

        if (report.Foreign > 0)
        {
            yield return $"Foreign    {Amount.Of(report.Foreign, "message")} of others, or altered on their way";
        }

        yield return $"Errors     {Amount.Count(report.Errors)}";
        foreach (string error in report.ErrorTexts)
        {
            yield return $"           {error}";
        }
    }

    /// <summary>A time with three digits, in the unit that suits it.</summary>
    public static string Time(double milliseconds) => milliseconds switch
    {
        0 => "0",
        < 1 => Number(milliseconds * 1000) + " us",
        < 1000 => Number(milliseconds) + " ms",
        _ => Number(milliseconds / 1000) + " s",
    };

    private static string Percentiles(LatencyReport latency) =>
        string.Join("   ", latency.Percentiles().Select(percentile => $"{percentile.Name} {Time(percentile.Milliseconds)}"));

    private static string Number(double value) =>
        value.ToString(value < 10 ? "0.00" : value < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
