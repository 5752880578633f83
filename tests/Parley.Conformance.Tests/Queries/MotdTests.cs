using Parley.Conformance.Tests.Support;
using Parley.Conformance.Tests.Users;
using Parley.Server.Options;

namespace Parley.Conformance.Tests.Queries;

/// <summary>What a server says of itself that was told what: https://modern.ircdocs.horse/#motd-message, https://modern.ircdocs.horse/#admin-message</summary>
public sealed class MotdTests : OperatorTest
{
    private const string Motd = "https://modern.ircdocs.horse/#motd-message";

    [Fact]
    [Quote(Motd, "If the MOTD can be found, one `RPL_MOTDSTART` numeric is returned, followed by one or more `RPL_MOTD` numeric, then one `RPL_ENDOFMOTD` numeric.")]
    public async Task The_file_is_shown_line_by_line()
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal(
            [
                ":irc.example.org 375 Ann :- irc.example.org Message of the day - ",
                ":irc.example.org 372 Ann :- Welcome!",
                ":irc.example.org 372 Ann :- ",
                ":irc.example.org 372 Ann :-    *** have fun ***",
                ":irc.example.org 376 Ann :End of /MOTD command.",
            ],
            (await ann.AskAsync("MOTD")).Bodies());
    }

    [Fact]
    public async Task It_ends_the_greeting()
    {
        var client = await Server.ConnectAsync();
        await client.SendAllAsync("NICK Ann", "USER ann 0 * :Ann");

        Assert.Equal(["375", "372", "372", "372", "376"], (await client.ReadUntilAsync("376")).Commands()[^5..]);
    }

    [Fact]
    public async Task A_long_line_is_shown_in_pieces()
    {
        await File.WriteAllTextAsync(MotdFile, new string('é', 500) + "\n" + string.Join(' ', Enumerable.Repeat("word", 300)), TestContext.Current.CancellationToken);
        var ann = await RaiseAsync(await Server.RegisterAsync("Ann"));
        await ann.AskAsync("REHASH");

        var lines = (await ann.AskAsync("MOTD")).Of("372");

        Assert.All(lines, line => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(line.Raw), 1, 510));
        Assert.Equal(500, string.Concat(lines.Select(line => line.Text)).Count(character => character == 'é'));
        Assert.Equal(300, string.Concat(lines.Select(line => line.Text[2..])).Split("word").Length - 1);
    }

    [Fact]
    public async Task An_empty_file_is_none()
    {
        await File.WriteAllTextAsync(MotdFile, "", TestContext.Current.CancellationToken);
        var ann = await RaiseAsync(await Server.RegisterAsync("Ann"));
        await ann.AskAsync("REHASH");

        Assert.Equal([":irc.example.org 422 Ann :MOTD File is missing"], (await ann.AskAsync("MOTD")).Bodies());
    }

    [Fact]
    [Quote("https://modern.ircdocs.horse/#rpladminemail-259", "`<info>` MUST contain the email address to contact the administrator(s) of the server.")]
    public async Task Admin_says_who_runs_the_server()
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal(
            [
                ":irc.example.org 256 Ann irc.example.org :Administrative info",
                ":irc.example.org 257 Ann :ExampleNet",
                ":irc.example.org 258 Ann :The Example Club",
                ":irc.example.org 259 Ann :club@example.org",
            ],
            (await ann.AskAsync("ADMIN")).Bodies());
    }

    [Fact]
    [Quote("https://modern.ircdocs.horse/#rplyourhost-002", "Part of the post-registration greeting, this numeric returns the name and software/version of the server the client is currently connected to.")]
    public async Task The_server_and_its_network_have_the_names_they_were_given()
    {
        var client = await Server.ConnectAsync();
        await client.SendAllAsync("NICK Ann", "USER ann 0 * :Ann");

        var greeting = await client.ReadUntilAsync("376");

        Assert.All(greeting, line => Assert.Equal("irc.example.org", line.Source));
        Assert.Contains("ExampleNet", greeting[0].Text, StringComparison.Ordinal);
        Assert.Contains("irc.example.org", greeting[1].Text, StringComparison.Ordinal);
        Assert.Contains("NETWORK=ExampleNet", greeting.Of("005").SelectMany(line => line.Parameters));
        Assert.Equal([":irc.example.org PONG irc.example.org :x"], (await client.AskAsync("PING x")).Bodies());
        Assert.Equal("irc.example.org", (await client.AskAsync("WHOIS Ann")).Of("312")[0].Parameters[2]);
    }

    private protected override void Configure(ParleyOptions options)
    {
        base.Configure(options);
        options.ServerName = "irc.example.org";
        options.NetworkName = "ExampleNet";
        options.AdminName = "The Example Club";
        options.AdminEmail = "club@example.org";
    }
}
