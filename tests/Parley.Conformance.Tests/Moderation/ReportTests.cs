using Parley.Conformance.Tests.Support;
using Parley.Conformance.Tests.Users;
using Parley.Server.Options;

namespace Parley.Conformance.Tests.Moderation;

/// <summary>docs/operations/moderation.md: reports from lines and IRC.</summary>
public sealed class ReportTests : OperatorTest
{
    // The clock is moved by hours, and clients of tests answer no PING.
    private protected override void Configure(ParleyOptions options)
    {
        base.Configure(options);
        (options.IrcPingInterval, options.IrcPingTimeout) = (TimeSpan.FromDays(1), TimeSpan.FromDays(2));
    }

    [Fact]
    public async Task A_report_reaches_the_operators_who_are_here_and_the_audit_and_nobody_else()
    {
        var root = await RaiseAsync(await Server.RegisterAsync("Root"));
        var mallory = await Server.JoinAsync("Mallory", "#main", "echo-message message-tags");
        var lena = await Server.EnterLinesAsync("Lena");
        var ann = await Server.JoinAsync("Ann", "#main");
        await mallory.SyncAsync();
        var id = (await mallory.AskAsync("PRIVMSG #main :buy this"))[0].Tags["msgid"];

        await lena.SendLineAsync("/report mallory spams all day");
        await lena.ReadUntilAsync("Your report has reached the moderators");
        Assert.Equal("Your report has reached the moderators", (await ann.AskAsync($"REPORT {id} :spam"))[^1].Text);

        Assert.Equal(["Lena reports mallory in #main: spams all day", "Ann reports Mallory in #main: spam [buy this]"], (await root.SyncAsync()).Select(line => line.Text));
        await mallory.ExpectNothingAsync();
        Assert.Contains(await root.AskAsync("AUDIT"), line => line.Text!.EndsWith("Lena: report #main mallory - spams all day", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_report_takes_somebody_or_a_message_that_one_may_see()
    {
        var ann = await Server.JoinAsync("Ann", "#secret", "echo-message message-tags");
        var id = (await ann.AskAsync("PRIVMSG #secret :hidden"))[0].Tags["msgid"];
        var bob = await Server.RegisterAsync("Bob");

        Assert.Equal(["FAIL", "REPORT", "UNKNOWN_MSGID"], Words(Assert.Single(await bob.AskAsync($"REPORT {id} :x"))));
        Assert.Equal(["FAIL", "REPORT", "UNKNOWN_MSGID"], Words(Assert.Single(await ann.AskAsync("REPORT secret.999 :x"))));
        Assert.Equal(["FAIL", "REPORT", "INVALID_TARGET"], Words(Assert.Single(await bob.AskAsync("REPORT Nobody :x"))));
        Assert.Equal(["FAIL", "REPORT", "CANNOT_REPORT"], Words(Assert.Single(await bob.AskAsync("REPORT Ann :  "))));
        Assert.Equal("461", Assert.Single(await bob.AskAsync("REPORT Ann")).Command);
    }

    [Fact]
    public async Task More_reports_than_the_setting_allows_are_told_and_reach_nobody()
    {
        var ann = await Server.RegisterAsync("Ann");
        for (var number = 0; number < 5; number++)
        {
            Assert.Equal("NOTICE", Assert.Single(await ann.AskAsync("REPORT Ann :again")).Command);
        }

        Assert.Contains("5 times within an hour", Assert.Single(await ann.AskAsync("REPORT Ann :again")).Text, StringComparison.Ordinal);
        Server.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("NOTICE", Assert.Single(await ann.AskAsync("REPORT Ann :again")).Command);
    }

    private static string[] Words(IrcLine line) => [line.Command, .. line.Parameters.Take(2)];
}
