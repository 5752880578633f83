using System.Globalization;
using Parley.Cli.Load;
using Spectre.Console;

namespace Parley.Cli.Bench;

/// <summary>A comparison as a table for people.</summary>
internal static class ComparisonTable
{
    public static Table Draw(Comparison comparison)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("figure");
        foreach (string title in (string[])["before", "after", "ratio", ""])
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }

        foreach (ComparedFigure figure in comparison.Figures)
        {
            table.AddRow(
                figure.Name, Number(figure.Before), Number(figure.After),
                figure.Ratio.ToString("0.00", CultureInfo.InvariantCulture),
                figure.IsWorse(comparison.Threshold) ? "worse" : "");
        }

        return table;
    }

    private static string Number(double value) =>
        value >= 100 || value == Math.Floor(value) ? Amount.Count((long)Math.Round(value)) : value.ToString("0.000", CultureInfo.InvariantCulture);
}
