using System.Globalization;
using System.Security;
using System.Text;
using Parley.Cli.Load;

namespace Parley.Cli.Bench;

/// <summary>Draws the latencies of a report as an SVG picture: both axes logarithmic, so that one slow message in a million shows.</summary>
internal static class HistogramPicture
{
    private const int Width = 900;
    private const int Height = 470;
    private const int Left = 70;
    private const int Right = 40;
    private const int Top = 140;
    private const int Bottom = 50;

    public static string Draw(BenchReport report)
    {
        var svg = new StringBuilder();
        var bars = HistogramBars.Of(report.Latency.Buckets);
        // One message is a bar that can be seen, so the axis begins below 1.
        double top = Math.Ceiling(Math.Log10(Math.Max(10, bars.Counts.Max())));
        Append(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"13\">");
        Append(svg, $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"#fff\"/>");
        Text(svg, Left, 26, "start", "#222", "Latency of deliveries", "font-size=\"17\" font-weight=\"bold\"");
        Text(svg, Left, 46, "start", "#555", Subtitle(report));
        DrawAxes(svg, bars, top);
        for (int bar = 0; bar < bars.Counts.Count; bar++)
        {
            if (bars.Counts[bar] > 0)
            {
                double x = X((double)bar / bars.Counts.Count);
                double y = Y(Math.Log10(bars.Counts[bar]), top);
                double width = (double)(Width - Left - Right) / bars.Counts.Count;
                Append(svg, $"<rect x=\"{x:0.0}\" y=\"{y:0.0}\" width=\"{width:0.0}\" height=\"{Height - Bottom - y:0.0}\" fill=\"#4c78a8\"/>");
            }
        }

        DrawPercentiles(svg, bars, report.Latency);
        return svg.Append("</svg>\n").ToString();
    }

    private static string Subtitle(BenchReport report) =>
        $"{report.Scenario}; {Amount.Rate(report.ReceivedPerSecond)} received, {Amount.Count(report.Lost)} lost";

    private static void DrawAxes(StringBuilder svg, HistogramBars bars, double top)
    {
        for (int power = 0; power <= top; power++)
        {
            double y = Y(power, top);
            Append(svg, $"<line x1=\"{Left}\" y1=\"{y:0.0}\" x2=\"{Width - Right}\" y2=\"{y:0.0}\" stroke=\"#ddd\"/>");
            Text(svg, Left - 8, y + 4, "end", "#555", Amount.Count((long)Math.Pow(10, power)));
        }

        for (int decade = 0; decade <= bars.Decades; decade++)
        {
            double x = X((double)decade / bars.Decades);
            Append(svg, $"<line x1=\"{x:0.0}\" y1=\"{Top}\" x2=\"{x:0.0}\" y2=\"{Height - Bottom + 5}\" stroke=\"#ddd\"/>");
            Text(svg, x, Height - Bottom + 20, "middle", "#555", DecadeName(bars.FromDecade + decade));
        }

        Text(svg, Left, Height - 8, "start", "#555", "Deliveries per bar, by the time they took");
    }

    private static void DrawPercentiles(StringBuilder svg, HistogramBars bars, LatencyReport latency)
    {
        int row = 0;
        foreach ((string name, double milliseconds) in latency.Percentiles())
        {
            double x = X(bars.PositionOf(milliseconds));
            // Labels on the right half grow to the left. Each has a row of its own, as neighbours are often close.
            bool toLeft = x > Width / 2.0;
            double y = Top - 68 + row++ * 15;
            Append(svg, $"<line x1=\"{x:0.0}\" y1=\"{y - 10:0.0}\" x2=\"{x:0.0}\" y2=\"{Height - Bottom}\" stroke=\"#e45756\" stroke-dasharray=\"4 3\"/>");
            Text(svg, x + (toLeft ? -4 : 4), y, toLeft ? "end" : "start", "#b03a3a", $"{name} {ReportText.Time(milliseconds)}");
        }
    }

    private static string DecadeName(int decade) => decade switch
    {
        < 3 => $"{Math.Pow(10, decade)} ns",
        < 6 => $"{Math.Pow(10, decade - 3)} us",
        < 9 => $"{Math.Pow(10, decade - 6)} ms",
        _ => $"{Math.Pow(10, decade - 9)} s",
    };

    private static double X(double position) => Left + position * (Width - Left - Right);

    private static double Y(double power, double top) => Height - Bottom - (power + 0.3) / (top + 0.3) * (Height - Top - Bottom);

    private static void Text(StringBuilder svg, double x, double y, string anchor, string colour, string text, string more = "") => Append(
        svg, $"<text x=\"{x:0.0}\" y=\"{y:0.0}\" text-anchor=\"{anchor}\" fill=\"{colour}\" {more}>{SecurityElement.Escape(text)}</text>");

    private static void Append(StringBuilder svg, FormattableString element) =>
        svg.Append(element.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
