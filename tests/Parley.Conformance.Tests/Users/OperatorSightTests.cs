using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Users;

/// <summary>Whoever runs the server sees every room as its members do, whichever question it asks.</summary>
public sealed class OperatorSightTests : OperatorTest
{
    [Theory]
    [InlineData("MODE #room", "324", "sesame")]
    [InlineData("TOPIC #room", "332", "tea")]
    [InlineData("NAMES #room", "353", "@Ann")]
    [InlineData("WHO #room", "352", "Ann")]
    [InlineData("WHO Ann", "352", "#room")]
    [InlineData("WHOIS Ann", "319", "@#room")]
    [InlineData("LIST", "322", "#room")]
    [InlineData("METADATA #room LIST", "761", "blue")]
    [InlineData("METADATA #room GET color", "761", "blue")]
    public async Task A_secret_room_is_none_to_a_stranger_and_open_to_who_runs_the_server(string question, string numeric, string told)
    {
        var ann = await Server.JoinAsync("Ann", capabilities: "draft/metadata-2 batch");
        await ann.AskAsync("TOPIC #room :tea");
        await ann.AskAsync("METADATA #room SET color :blue");
        await ann.AskAsync("MODE #room +sk sesame");
        await ann.AskAsync("MODE Ann +i");
        var oper = await Server.RegisterAsync("Root", "draft/metadata-2 batch");
        Assert.DoesNotContain((await oper.AskAsync(question)).Of(numeric), line => line.Raw.Contains(told, StringComparison.Ordinal) && line.Raw.Contains("room", StringComparison.Ordinal));

        await oper.AskAsync($"OPER root :{Password}");

        Assert.Contains((await oper.AskAsync(question)).Of(numeric), line => line.Raw.Contains(told, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_runs_the_server_sets_topics_and_asks_people_in_from_outside()
    {
        var ann = await Server.JoinAsync("Ann");
        await ann.AskAsync("MODE #room +ist");
        var bob = await Server.RegisterAsync("Bob");
        var oper = await Server.RegisterAsync("Root");
        Assert.Equal("403", (await oper.AskAsync("TOPIC #room :mine"))[0].Command);
        Assert.Equal("403", (await oper.AskAsync("INVITE Bob #room"))[0].Command);

        await oper.AskAsync($"OPER root :{Password}");
        Assert.DoesNotContain((await oper.AskAsync("TOPIC #room :read the rules")).Commands(), command => command is "403" or "442");
        Assert.Equal("341", (await oper.AskAsync("INVITE Bob #room"))[0].Command);
        Assert.Equal("443", (await oper.AskAsync("INVITE Ann #room"))[0].Command);

        Assert.Contains("INVITE Bob #room", Assert.Single((await bob.AskAsync("JOIN #room")).Of("INVITE")).Raw, StringComparison.Ordinal);
        Assert.Equal("read the rules", (await bob.AskAsync("TOPIC #room")).Of("332")[0].Text);
        Assert.Contains(":read the rules", Assert.Single((await ann.AskAsync("PING x")).Of("TOPIC")).Raw, StringComparison.Ordinal);
    }
}
