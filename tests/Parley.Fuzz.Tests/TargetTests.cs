namespace Parley.Fuzz.Tests;

public sealed class TargetTests
{
    private const int Inputs = 1500;
    private const int Conversations = 150;

    public static TheoryData<string> Names => [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_target_holds_on_its_corpus_and_on_what_is_made_of_it(string name)
    {
        var target = FuzzTargets.Find(name)!;

        Assert.Null(FuzzRun.OnCorpusAndMutations(target, target.IsConversation ? Conversations : Inputs));
    }

    [Fact]
    public void Names_of_targets_are_unique() => Assert.Equal(FuzzTargets.All.Count, FuzzTargets.All.DistinctBy(target => target.Name).Count());

    [Fact]
    public void A_claim_that_does_not_hold_is_reported_with_its_input()
    {
        var target = new FuzzTarget("name", input => FuzzTarget.Require(input.Length < 3, "Inputs are short"));

        Assert.Contains("Inputs are short\ninput: ", FuzzRun.OnCorpusAndMutations(target, 50), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"a\r\n\x00\xffé\\#", "a\r\n\0\xFF\xC3\xA9\\#")]
    [InlineData(@"\#room", "#room")]
    public void A_corpus_line_stands_for_bytes(string line, string latin1)
    {
        var bytes = Corpus.Unescape(line);

        Assert.Equal(latin1, System.Text.Encoding.Latin1.GetString(bytes));
        Assert.Equal(bytes, Corpus.Unescape(Corpus.Escape(bytes)));
    }
}
