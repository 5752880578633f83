using System.Diagnostics;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Parley.Core.Names;

namespace Parley.Core.Tests.Names;

/// <summary>https://modern.ircdocs.horse/#wildcard-expressions</summary>
public sealed class GlobTests
{
    [Theory]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("a*c", "ac", true)]
    [InlineData("a*c", "abbc", true)]
    [InlineData("a*c", "abcd", false)]
    [InlineData("*!*@*.example.com", "ana!a@x.example.com", true)]
    [InlineData("*!*@*.example.com", "ana!a@example.com", false)]
    [InlineData("ANA!*@*", "ana!a@b", true)]
    [InlineData("a[", "A{", false)]
    [InlineData("\u00c9", "\u00e9", true)]
    [InlineData("@", "`", false)]
    [InlineData("", "", true)]
    [InlineData("*", "", true)]
    [InlineData("?", "", false)]
    [InlineData("", "a", false)]
    [InlineData("?", "😀", true)]
    [InlineData("*?😀*", "a😀b", true)]
    [InlineData(@"\*", "*", true)]
    [InlineData(@"\*", "a", false)]
    [InlineData(@"\?x", "?x", true)]
    [InlineData(@"\\*", @"\abc", true)]
    [InlineData(@"a\b", @"A\B", true)]
    [InlineData(@"a\", @"a\", true)]
    [InlineData(@"*\", "a", false)]
    public void A_pattern_matches_the_whole_text_without_case(string mask, string text, bool expected) =>
        Assert.Equal(expected, Glob.Matches(mask, text));

    [Fact]
    public void Every_pattern_matches_what_the_same_regular_expression_does()
    {
        var masks = Gen.Elements("a", "b", "*", "?", @"\*", @"\?", @"\\").ListOf();
        var texts = Gen.Elements("a", "A", "b", "*", "?", "\\").ListOf().Select(string.Concat);
        Prop.ForAll(Arb.From(masks), Arb.From(texts), (mask, text) =>
        {
            var pattern = string.Concat(mask.Select(one => one switch
            {
                "*" => ".*",
                "?" => ".",
                _ => Regex.Escape(one[^1..]),
            }));
            var expected = Regex.IsMatch(text, $@"\A(?:{pattern})\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline);
            return Glob.Matches(string.Concat(mask), text) == expected;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Fact]
    public void A_pattern_made_to_backtrack_takes_no_longer_than_both_lengths_multiplied()
    {
        var mask = string.Concat(Enumerable.Repeat("*a", 200)) + "b";
        var text = new string('a', 400);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 100; i++)
        {
            Assert.False(Glob.Matches(mask, text));
        }

        // Backtracking over every star would take longer than the universe is old; the bound is only there to fail at all.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");
    }
}
