using System.Text.RegularExpressions;

namespace Parley.Tour.Tests;

/// <summary>The page of the tour, in each language that it is written in.</summary>
public sealed partial class TourPageTests
{
    /// <summary>The pages, the first of which the others are translations of.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. new[] { "tour.md", "tour.zh.md" }.Select(name => Path.Combine(Tour.Root, "docs", name))];

    public static TheoryData<string> Pages => [.. Files.Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_page_leads_through_all_samples_in_their_order(string page)
    {
        string[] linked =
        [
            .. SampleLink().Matches(Text(page)).Select(match => match.Groups["path"].Value).Distinct(),
        ];
        Assert.Equal(Tour.All.Select(sample => sample.Path), linked);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_command_that_the_page_begins_with_is_one_that_is_tested(string page)
    {
        Match command = Command().Match(Text(page));
        Assert.Equal("samples/tour/01-cell.cs", command.Groups["path"].Value);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_translation_shows_the_same_commands_pictures_and_changes_in_the_same_order(string page)
        => Assert.Equal(Block().Matches(Text(Path.GetFileName(Files[0]))).Select(block => block.Value), Block().Matches(Text(page)).Select(block => block.Value));

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_table_of_contents_leads_to_parts_that_there_are(string page)
    {
        string text = Text(page);
        HashSet<string> parts = [.. Heading().Matches(text).Select(match => Anchor(match.Groups["text"].Value))];
        Assert.Equal(7, Contents().Count(text));
        Assert.All(Contents().Matches(text), link => Assert.Contains(link.Groups["anchor"].Value, parts));
    }

    private static string Text(string page) => File.ReadAllText(Files.Single(file => Path.GetFileName(file) == page));

    /// <summary>The name by which GitHub links to a heading: small letters, blanks as hyphens, without punctuation.</summary>
    private static string Anchor(string heading)
        => string.Concat(heading.ToLowerInvariant().Where(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '-').Select(letter => letter == ' ' ? '-' : letter));

    [GeneratedRegex(@"\]\(\.\./(?<path>samples/tour/[\w./-]+\.cs)\)")]
    private static partial Regex SampleLink();

    [GeneratedRegex(@"^dotnet run (?<path>\S+)$", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex("^```.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("^## (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\| \[\d\]\(#(?<anchor>[^)]+)\) \|", RegexOptions.Multiline)]
    private static partial Regex Contents();
}
