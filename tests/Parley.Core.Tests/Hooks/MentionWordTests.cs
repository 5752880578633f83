using Parley.Core.Hooks;

namespace Parley.Core.Tests.Hooks;

public sealed class MentionWordTests
{
    [Theory]
    [InlineData("deploy")]
    [InlineData("@Deploy: now!")]
    [InlineData("redeploy, then deploy")]
    [InlineData("(DEPLOY)")]
    public void A_word_is_found_in_any_case_where_it_stands_by_itself(string text) => Assert.True(MentionWord.IsIn(text, "deploy"));

    [Theory]
    [InlineData("")]
    [InlineData("redeploy")]
    [InlineData("deploys deploy_it deploy-now 1deploy")]
    public void Part_of_another_word_or_name_is_not_a_mention(string text) => Assert.False(MentionWord.IsIn(text, "deploy"));

    [Fact]
    public void Words_of_other_alphabets_are_words() =>
        Assert.Equal((true, false), (MentionWord.IsIn("viele GRÜSSE", "grüsse"), MentionWord.IsIn("äöüx", "öü")));
}
