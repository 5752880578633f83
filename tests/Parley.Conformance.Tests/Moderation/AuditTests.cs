using Parley.Conformance.Tests.Support;
using Parley.Conformance.Tests.Users;

namespace Parley.Conformance.Tests.Moderation;

/// <summary>docs/operations/moderation.md: decisions are recorded, whichever protocol they come by, and shown to operators alone.</summary>
public sealed class AuditTests : OperatorTest
{
    [Fact]
    public async Task Decisions_above_a_member_are_recorded_and_those_of_members_are_not()
    {
        var op = await Server.JoinAsync("Ann", "#main");
        var lines = await Server.EnterLinesAsync("Lena");
        await Server.JoinAsync("Bob", "#main");
        var root = await RaiseAsync(await Server.RegisterAsync("Root"));

        await op.AskAsync("MODE #main +ok Bob sesame");
        await op.AskAsync("MODE #main -t");
        await lines.SendLineAsync("/topic anybody may");
        await lines.ReadUntilContainsAsync("anybody may");
        await op.AskAsync("MODE #main +t");
        await op.AskAsync("TOPIC #main :only some may");
        await op.AskAsync("KICK #main Bob :enough");
        await op.AskAsync("KICK #main Nobody :refused");
        await root.AskAsync("UBAN ADD spam*!*@* :noise");
        await root.AskAsync("KILL Lena :bye");
        await root.AskAsync("REHASH");

        var lists = (await root.AskAsync("AUDIT")).Select(line => line.Text![(line.Text!.IndexOf("UTC", StringComparison.Ordinal) + 4)..]).ToArray();

        Assert.Equal(
        [
            "Root: oper root", "Ann: mode #main Bob - +Operator", "Ann: mode #main - +Key", "Ann: mode #main - -ProtectedTopic", "Ann: mode #main - +ProtectedTopic",
            "Ann: topic #main - only some may", "Ann: kick #main Bob - enough", "Root: ban spam*!*@* - forever: noise", "Root: kill Lena - Killed (Root (bye))", "Root: rehash",
        ], lists[..^1]);
    }

    [Fact]
    public async Task A_message_of_somebody_else_that_is_taken_away_is_recorded_and_one_of_ones_own_is_not()
    {
        var ann = await Server.JoinAsync("Ann", "#main", "draft/message-redaction message-tags echo-message");
        var bob = await Server.JoinAsync("Bob", "#main", "draft/message-redaction message-tags echo-message");
        await bob.SendAllAsync("PRIVMSG #main :spam", "PRIVMSG #main :oops");
        var (spam, oops) = ((await bob.ExpectAsync("PRIVMSG")).Tags["msgid"], (await bob.ExpectAsync("PRIVMSG")).Tags["msgid"]);

        await bob.AskAsync($"REDACT #main {oops}");
        await ann.AskAsync($"REDACT #main {spam} :enough");

        var root = await RaiseAsync(await Server.RegisterAsync("Root"));
        var decisions = (await root.AskAsync("AUDIT")).Select(line => line.Text!).Where(text => text.Contains(": redact", StringComparison.Ordinal));
        Assert.EndsWith("Ann: redact #main Bob - enough", Assert.Single(decisions), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_else_is_shown_it_and_nothing_tells_that_it_is_there()
    {
        var ann = await Server.RegisterAsync("Ann");
        Assert.Equal("481", Assert.Single(await ann.AskAsync("AUDIT")).Command);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("201")]
    [InlineData("-1")]
    [InlineData("all")]
    public async Task A_number_that_is_none_is_told(string number)
    {
        var root = await RaiseAsync(await Server.RegisterAsync("Root"));
        Assert.Equal("Give a number from 1 to 200", Assert.Single(await root.AskAsync($"AUDIT {number}")).Text);
    }
}
