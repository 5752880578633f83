using System.Globalization;
using Parley.Cli.Load;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Parley.Cli.Bench;

/// <summary>Draws the progress of a run; each drawing shows the rates since the previous one.</summary>
internal sealed class BenchProgress(BenchRun run, BenchOptions options)
{
    private const int BarWidth = 40;

    private (TimeSpan At, long Sent, long Received) _last;

    public IRenderable Draw()
    {
        (TimeSpan At, long Sent, long Received) now =
            (run.Elapsed, run.Senders.Sum(sender => sender.Sent), run.Receivers.Sum(receiver => receiver.Check.Received));
        double seconds = Math.Max((now.At - _last.At).TotalSeconds, 1e-3);
        string rates = $"sent {Amount.Rate((now.Sent - _last.Sent) / seconds)}   received {Amount.Rate((now.Received - _last.Received) / seconds)}";
        _last = now;
        string latency = $"p50 {Milliseconds(50)}   p99 {Milliseconds(99)}   max {ReportText.Time(run.Latency.Max.TotalMilliseconds)}";
        long lost = run.Receivers.Sum(receiver => receiver.Check.Missing(sentBy: null));
        return new Rows(
            new Text($"{Bar(now.At)} {Phase(now.At)}"),
            new Text(rates),
            new Text($"{latency}   lost {Amount.Count(lost)}"));
    }

    private string Bar(TimeSpan now)
    {
        int done = (int)(Math.Min(1, now / options.MeasureTo) * BarWidth);
        return new string('#', done) + new string('.', BarWidth - done);
    }

    private string Phase(TimeSpan now)
    {
        string phase = now < options.Ramp ? "ramp" : now < options.MeasureFrom ? "warm-up" : now < options.MeasureTo ? "measuring" : "waiting for the rest";
        return string.Create(CultureInfo.InvariantCulture, $"{phase}, {now.TotalSeconds:0} of {options.MeasureTo.TotalSeconds:0} s");
    }

    private string Milliseconds(double percent) => ReportText.Time(run.Latency.Percentile(percent).TotalMilliseconds);
}
