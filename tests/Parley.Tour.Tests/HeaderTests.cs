using System.Text.RegularExpressions;

namespace Parley.Tour.Tests;

public sealed partial class HeaderTests
{
    public static TheoryData<string> Samples => [.. Tour.All.Select(sample => sample.Path)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_header_has_a_title_an_explanation_the_trap_and_the_place_in_Parley(string path)
    {
        IReadOnlyList<string> paragraphs = Tour.Find(path).Paragraphs;

        Assert.True(paragraphs.Count >= 4, $"{path} has {paragraphs.Count} paragraphs above its output");
        Assert.DoesNotContain('.', paragraphs[0]);
        Assert.Contains(paragraphs, paragraph => paragraph.StartsWith("The trap: ", StringComparison.Ordinal));
        Assert.StartsWith("In Parley: ", paragraphs[^1], StringComparison.Ordinal);
        Assert.Matches(RepositoryPath(), paragraphs[^1]);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void What_a_header_names_is_there(string path)
    {
        string header = string.Join('\n', Tour.Find(path).Paragraphs);
        Assert.All(RepositoryPath().Matches(header), match => Assert.True(File.Exists(InRepository(match.Value)), $"{path} names {match.Value}"));
        Assert.All(NeighbourFile().Matches(header), match => Assert.Contains(Tour.All, sample => sample.Path.EndsWith("/" + match.Value, StringComparison.Ordinal)));
        Assert.All(MemberOfFile().Matches(header), match =>
            Assert.Contains(match.Groups["member"].Value, File.ReadAllText(InRepository(match.Groups["file"].Value)), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_needs_nothing_that_the_fast_compiler_does_not_know(string path)
    {
        Sample sample = Tour.Find(path);
        Assert.Equal("#:property PublishAot=false", sample.Directives[0]);
        Assert.Empty(sample.Directives.Except(SampleCompiler.KnownDirectives));
    }

    private static string InRepository(string path) => Path.Combine(Tour.Root, path);

    [GeneratedRegex(@"\b(?:src|tests)/[\w./-]+\.cs\b|\b[A-Z]+\.md\b")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex(@"(?<![\w/])\d+-[\w-]+\.cs\b")]
    private static partial Regex NeighbourFile();

    [GeneratedRegex(@"\b(?<member>[A-Z][a-z]+[A-Z]\w+)`? in (?<file>(?:src|tests)/[\w./-]+\.cs)")]
    private static partial Regex MemberOfFile();
}
