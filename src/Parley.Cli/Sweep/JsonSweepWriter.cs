using Parley.Cli.Terminal;
using Parley.Net.Sweep;

namespace Parley.Cli.Sweep;

/// <summary>An object for each target, whatever came of it, and one for the summary.</summary>
internal sealed class JsonSweepWriter(TextWriter output) : ISweepWriter
{
    private readonly JsonLines _lines = new(output);

    public bool Shows(SweepResult result) => true;

    public void Write(SweepResult result) => _lines.Write(json =>
    {
        json.WriteString("target", result.Target.Text);
        if (result.Address is { } address)
        {
            json.WriteString("address", address.ToString());
        }

        json.WriteString("result", Word(result.Reply.Kind));
        if (result.Reply.IsThere)
        {
            json.WriteNumber("roundTripMs", Milliseconds.Number(result.Reply.RoundTrip));
        }

        if (result.Reply.Detail is { } detail)
        {
            json.WriteString("detail", detail);
        }
    });

    public void Write(SweepSummary summary, TimeSpan elapsed) => _lines.Write(json =>
    {
        json.WriteStartObject("summary");
        json.WriteNumber("targets", summary.Total);
        foreach (ProbeReplyKind kind in Enum.GetValues<ProbeReplyKind>())
        {
            json.WriteNumber(Word(kind), summary.Count(kind));
        }

        json.WriteNumber("minMs", Milliseconds.Number(summary.Min));
        json.WriteNumber("avgMs", Milliseconds.Number(summary.Average));
        json.WriteNumber("maxMs", Milliseconds.Number(summary.Max));
        json.WriteNumber("mdevMs", Milliseconds.Number(summary.Deviation));
        json.WriteNumber("elapsedMs", Milliseconds.Number(elapsed));
        json.WriteEndObject();
    });

    private static string Word(ProbeReplyKind kind) => kind switch
    {
        ProbeReplyKind.Answered => "answered",
        ProbeReplyKind.Other => "other",
        ProbeReplyKind.Refused => "refused",
        ProbeReplyKind.Silent => "silent",
        ProbeReplyKind.Unreachable => "unreachable",
        _ => "failed",
    };
}
