using System.Globalization;
using Parley.Cli.Terminal;
using Parley.Core.Text;
using Parley.Net.Echo;

namespace Parley.Cli.Echo;

/// <summary>Writes the result of an echo test as text or as a JSON object.</summary>
internal static class EchoReportWriter
{
    private static readonly double[] Percentiles = [50, 90, 99, 99.9];

    public static void Write(TextWriter output, EchoReport report, EchoLoad load, TimeSpan elapsed, bool isJson)
    {
        if (isJson)
        {
            WriteJson(output, report, load, elapsed);
        }
        else
        {
            WriteText(output, report, load, elapsed);
        }
    }

    private static void WriteText(TextWriter output, EchoReport report, EchoLoad load, TimeSpan elapsed)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Connected} of {Counted.Of(load.Clients, "client")}, {Counted.Of(report.Sent, "line")} of {Counted.Of(load.LineBytes, "byte")} in {elapsed.TotalSeconds:0.00} s: {report.Returned} came back, {report.Wrong} wrong, {report.Lost} lost"));
        if (report.Returned > 0)
        {
            IEnumerable<string> percentiles = Percentiles.Select(
                percent => string.Create(CultureInfo.InvariantCulture, $"p{percent} {Milliseconds.Text(report.RoundTrips.Percentile(percent))}"));
            output.WriteLine($"round trip {string.Join(", ", percentiles)}, max {Milliseconds.Text(report.RoundTrips.Max)}");
        }

        foreach ((string reason, int clients) in report.Failures)
        {
            output.WriteLine($"{Counted.Of(clients, "client")} failed: {reason}");
        }
    }

    private static void WriteJson(TextWriter output, EchoReport report, EchoLoad load, TimeSpan elapsed) => new JsonLines(output).Write(json =>
    {
        json.WriteNumber("clients", load.Clients);
        json.WriteNumber("connected", report.Connected);
        json.WriteNumber("lineBytes", load.LineBytes);
        json.WriteNumber("sent", report.Sent);
        json.WriteNumber("returned", report.Returned);
        json.WriteNumber("wrong", report.Wrong);
        json.WriteNumber("lost", report.Lost);
        json.WriteNumber("elapsedMs", Milliseconds.Number(elapsed));
        json.WriteStartObject("roundTripMs");
        foreach (double percent in Percentiles)
        {
            json.WriteNumber(string.Create(CultureInfo.InvariantCulture, $"p{percent}"), Milliseconds.Number(report.RoundTrips.Percentile(percent)));
        }

        json.WriteNumber("max", Milliseconds.Number(report.RoundTrips.Max));
        json.WriteEndObject();
        json.WriteStartObject("failures");
        foreach ((string reason, int clients) in report.Failures)
        {
            json.WriteNumber(reason, clients);
        }

        json.WriteEndObject();
    });
}
