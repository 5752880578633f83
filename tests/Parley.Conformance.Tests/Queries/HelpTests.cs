using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Queries;

/// <summary>https://modern.ircdocs.horse/#help-message</summary>
public sealed class HelpTests : ConformanceTest
{
    private const string Help = "https://modern.ircdocs.horse/#help-message";

    [Theory]
    [InlineData("HELP")]
    [InlineData("HELPOP")]
    [Quote(Help, "message, then arbitrarily many")]
    [Quote(Help, "This is what most servers do today.")]
    public async Task Without_a_subject_the_commands_are_listed(string line)
    {
        var ann = await Server.RegisterAsync("Ann");

        var lines = await ann.AskAsync(line);

        Assert.Equal("704", lines[0].Command);
        Assert.Equal("706", lines[^1].Command);
        Assert.All(lines[1..^1], each => Assert.Equal("705", each.Command));
        Assert.All(lines, each => Assert.Equal("*", each.Parameters[1]));
        Assert.Equal("", lines[1].Text);
        Assert.Contains("WHOIS", lines.SelectMany(each => each.Text.Split(' ')));
    }

    [Fact]
    [Quote(Help, "Servers typically have documentation for most of the IRC commands they support.")]
    public async Task Every_command_that_is_listed_has_help()
    {
        var ann = await Server.RegisterAsync("Ann");
        var words = (await ann.AskAsync("HELP")).Of("705").SelectMany(line => line.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToArray();

        Assert.InRange(words.Length, 30, 200);
        foreach (var word in words)
        {
            var lines = await ann.AskAsync($"HELP {word}");

            Assert.True(lines is [{ Command: "704" }, { Command: "705", Text: "" }, { Command: "705" }, { Command: "706" }], $"{word}: {lines[0].Raw}");
            Assert.StartsWith(word, lines[0].Text, StringComparison.Ordinal);
            Assert.All(lines, line => Assert.InRange(line.Raw.Length, 1, 510));
        }
    }

    [Theory]
    [InlineData("HELP join", "JOIN")]
    [InlineData("HELPOP JOIN", "JOIN")]
    [Quote("https://modern.ircdocs.horse/#rplhelpstart-704", "The `<subject>` MUST be the one requested by the client, but may be casefolded; unless it would be an invalid parameter, in which case it MUST be `*`.")]
    public async Task A_command_is_explained(string line, string subject)
    {
        var ann = await Server.RegisterAsync("Ann");

        var lines = await ann.AskAsync(line);

        Assert.Equal(["704", "705", "705", "706"], lines.Commands());
        Assert.All(lines, each => Assert.Equal(subject, each.Parameters[1]));
        Assert.Equal("JOIN #room{,#room} [key{,key}] | 0", lines[0].Text);
    }

    [Theory]
    [InlineData("HELP nonsense", "NONSENSE")]
    [InlineData("HELP :unknown subject", "*")]
    [InlineData("HELP ::x", "*")]
    [Quote("https://modern.ircdocs.horse/#errhelpnotfound-524", "command requested help on a subject the server does not know about.")]
    public async Task What_there_is_no_help_about_is_told(string line, string subject)
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal([$":parley 524 Ann {subject} :There is no help about this: HELP lists the commands"], (await ann.AskAsync(line)).Bodies());
    }
}
