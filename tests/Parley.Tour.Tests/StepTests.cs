namespace Parley.Tour.Tests;

/// <summary>The way from an echo server to the rooms server: each step is the one before with something added.</summary>
public sealed class StepTests
{
    /// <summary>A step that needs more changed lines in its server is two steps.</summary>
    private const int MaxChangedLines = 90;

    public static TheoryData<string, string> Pairs =>
        [.. Tour.Steps.Zip(Tour.Steps.Skip(1), (before, after) => (before.Path, after.Path))];

    [Fact]
    public void Steps_are_numbered_from_one_on_without_a_gap() => Assert.Equal(
        Enumerable.Range(1, Tour.Steps.Count).Select(number => $"{number}"),
        Tour.Steps.Select(step => step.Name.Split('-')[0]));

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task A_step_changes_little_and_its_change_is_on_the_page_of_the_tour(string before, string after)
    {
        StepDiff? diff = await StepDiff.BetweenAsync(Tour.Find(before), Tour.Find(after), TestContext.Current.CancellationToken);
        Assert.SkipWhen(diff is null, "there is no git");

        Assert.InRange(diff.ChangedLines, 1, MaxChangedLines);
        string page = await File.ReadAllTextAsync(TourPageTests.Files[0], TestContext.Current.CancellationToken);
        Assert.True(
            page.Contains(diff.Block, StringComparison.Ordinal),
            $"docs/tour.md must show what {after} changes, like this:\n\n{diff.Block}");
    }
}
