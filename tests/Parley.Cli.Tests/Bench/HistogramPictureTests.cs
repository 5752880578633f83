using System.Globalization;
using System.Xml.Linq;
using Parley.Cli.Bench;

namespace Parley.Cli.Tests.Bench;

public sealed class HistogramPictureTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void The_picture_is_well_formed_and_names_every_percentile()
    {
        XElement picture = Draw(Reports.Flawless);

        Assert.Equal(Svg + "svg", picture.Name);
        string[] texts = [.. picture.Elements(Svg + "text").Select(text => text.Value)];
        Assert.Contains("p50 2.01 ms", texts);
        Assert.Contains("max 9.00 ms", texts);
        Assert.Contains("1 ms", texts);
        Assert.Contains("10 ms", texts);
    }

    [Fact]
    public void Every_bar_and_label_is_within_the_picture()
    {
        BenchReport report = Reports.Flawless with { Latency = Reports.Latency(0, 0.0001, 0.05, 1, 1, 1, 1, 80, 60_000) };

        foreach (XElement element in Draw(report).Elements().Where(element => element.Attribute("x") is not null))
        {
            Assert.InRange(Number(element, "x"), 0, 900);
            Assert.InRange(Number(element, "y"), 0, 470);
            Assert.True(element.Attribute("height") is null || Number(element, "height") > 0, $"{element}");
        }
    }

    [Fact]
    public void More_is_a_higher_bar()
    {
        double[] heights = [.. Bars(Draw(Reports.Flawless with { Latency = Reports.Latency([.. Enumerable.Repeat(1.0, 50), 20]) }))];

        Assert.Equal(2, heights.Length);
        Assert.True(heights[0] > heights[1]);
    }

    [Fact]
    public void Nothing_measured_is_an_empty_picture() =>
        Assert.Empty(Bars(Draw(Reports.Flawless with { Latency = Reports.Latency() })));

    [Fact]
    public void Each_latency_is_in_one_bar()
    {
        LatencyReport latency = Reports.Latency([.. Enumerable.Range(1, 5000).Select(i => i * 0.013)]);

        Assert.Equal(5000, HistogramBars.Of(latency.Buckets).Counts.Sum());
    }

    private static XElement Draw(BenchReport report) => XElement.Parse(HistogramPicture.Draw(report));

    // All but the background.
    private static IEnumerable<double> Bars(XElement picture) => picture.Elements(Svg + "rect").Skip(1).Select(bar => Number(bar, "height"));

    private static double Number(XElement element, string attribute) =>
        double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
}
