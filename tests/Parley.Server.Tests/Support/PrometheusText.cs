using System.Globalization;
using System.Text.RegularExpressions;

namespace Parley.Server.Tests.Support;

/// <summary>Prometheus' text format, read strictly: whatever the format does not allow fails the test, with the line.</summary>
/// <remarks>https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format</remarks>
internal sealed partial class PrometheusText
{
    private readonly List<string> _order = [];

    private PrometheusText()
    {
    }

    /// <summary>Types by metric.</summary>
    public Dictionary<string, string> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>Values by name and labels, as they are written.</summary>
    public Dictionary<string, double> Samples { get; } = new(StringComparer.Ordinal);

    /// <summary>The names of all samples: of a histogram, those with _bucket, _sum and _count.</summary>
    public IEnumerable<string> Names => Samples.Keys.Select(sample => sample.Split('{')[0]).Distinct();

    public static PrometheusText Parse(string text)
    {
        var parsed = new PrometheusText();
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
        var helped = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in text[..^1].Split('\n'))
        {
            if (HelpPattern().Match(line) is { Success: true } help)
            {
                Assert.True(helped.Add(help.Groups["name"].Value), $"Two HELP lines: {line}");
                Assert.False(parsed.Types.ContainsKey(help.Groups["name"].Value), $"HELP behind TYPE: {line}");
            }
            else if (TypePattern().Match(line) is { Success: true } type)
            {
                Assert.True(parsed.Types.TryAdd(type.Groups["name"].Value, type.Groups["type"].Value), $"Two TYPE lines: {line}");
                parsed._order.Add(type.Groups["name"].Value);
            }
            else
            {
                parsed.AddSample(line);
            }
        }

        Assert.All(helped, name => Assert.Contains(name, parsed.Types.Keys));
        parsed.CheckHistograms();
        return parsed;
    }

    private void AddSample(string line)
    {
        var sample = SamplePattern().Match(line);
        Assert.True(sample.Success, $"Neither HELP, TYPE nor a sample: {line}");
        var name = sample.Groups["name"].Value;
        var metric = Types.ContainsKey(name) ? name : HistogramSuffix().Replace(name, "");
        Assert.True(_order.Count > 0 && _order[^1] == metric, $"Not together with its TYPE: {line}");
        Assert.Equal(name != metric, Types[metric] == "histogram");
        Assert.True(Types[metric] == "counter" == metric.EndsWith("_total", StringComparison.Ordinal), $"Counters end in _total, and only they: {line}");
        var labels = LabelPattern().Matches(sample.Groups["labels"].Value).Select(label => label.Groups["name"].Value).ToArray();
        Assert.Equal(labels.Length, labels.Distinct().Count());
        Assert.True(Samples.TryAdd(name + sample.Groups["labels"].Value, Number(sample.Groups["value"].Value)), $"Twice: {line}");
    }

    private void CheckHistograms()
    {
        foreach (var (metric, _) in Types.Where(type => type.Value == "histogram"))
        {
            var buckets = Samples
                .Where(sample => sample.Key.StartsWith(metric + "_bucket{", StringComparison.Ordinal))
                .Select(sample => (Match: BoundPattern().Match(sample.Key), sample.Value));
            foreach (var series in buckets.GroupBy(bucket => bucket.Match.Groups["others"].Value))
            {
                var bounds = series.Select(bucket => Number(bucket.Match.Groups["bound"].Value)).ToArray();
                var counts = series.Select(bucket => bucket.Value).ToArray();
                Assert.Equal(bounds.Order().Distinct(), bounds);
                Assert.Equal(counts.Order(), counts);
                Assert.Equal(double.PositiveInfinity, bounds[^1]);
                var labels = series.Key.Length == 0 ? "" : $"{{{series.Key}}}";
                Assert.Equal(counts[^1], Samples[metric + "_count" + labels]);
                Assert.Contains(metric + "_sum" + labels, Samples.Keys);
            }
        }
    }

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    [GeneratedRegex(@"^# HELP (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?:[^\\\n]|\\\\|\\n)*$")]
    private static partial Regex HelpPattern();

    [GeneratedRegex("^# TYPE (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<type>counter|gauge|histogram)$")]
    private static partial Regex TypePattern();

    [GeneratedRegex(@"^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?<labels>\{(?:[a-zA-Z_][a-zA-Z0-9_]*=""(?:[^\\""\n]|\\[\\""n])*""(?:,(?!\})|(?=\})))+\})? (?<value>[+-]Inf|NaN|-?[0-9.]+(?:E[+-]?[0-9]+)?)$")]
    private static partial Regex SamplePattern();

    [GeneratedRegex(@"(?<name>[a-zA-Z_][a-zA-Z0-9_]*)=""(?:[^\\""]|\\.)*""")]
    private static partial Regex LabelPattern();

    [GeneratedRegex(@"\{(?:(?<others>.*),)?le=""(?<bound>[^""]*)""\}$")]
    private static partial Regex BoundPattern();

    [GeneratedRegex("_(?:bucket|sum|count)$")]
    private static partial Regex HistogramSuffix();
}
