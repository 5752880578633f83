using System.Text.RegularExpressions;

namespace Parley.Tour.Tests;

public sealed partial class TourPageTests
{
    public static string File { get; } = Path.Combine(Tour.Root, "docs", "tour.md");

    [Fact]
    public void The_page_leads_through_all_samples_in_their_order()
    {
        string[] linked =
        [
            .. SampleLink().Matches(System.IO.File.ReadAllText(File)).Select(match => match.Groups["path"].Value).Distinct(),
        ];
        Assert.Equal(Tour.All.Select(sample => sample.Path), linked);
    }

    [Fact]
    public void The_command_that_the_page_begins_with_is_one_that_is_tested()
    {
        Match command = Command().Match(System.IO.File.ReadAllText(File));
        Assert.Equal("samples/tour/01-cell.cs", command.Groups["path"].Value);
    }

    [GeneratedRegex(@"\]\(\.\./(?<path>samples/tour/[\w./-]+\.cs)\)")]
    private static partial Regex SampleLink();

    [GeneratedRegex(@"^dotnet run (?<path>\S+)$", RegexOptions.Multiline)]
    private static partial Regex Command();
}
