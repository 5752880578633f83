using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Rooms;

/// <summary>https://modern.ircdocs.horse/#statusmsg-parameter</summary>
public sealed class StatusMessageTests : RoomTest
{
    private const string Privmsg = "https://modern.ircdocs.horse/#privmsg-message";

    [Theory]
    [InlineData("@", "@", "Op")]
    [InlineData("%", "%", "Op,Half")]
    [InlineData("+", "+", "Op,Half,Voiced")]
    [InlineData("@%", "%", "Op,Half")]
    [InlineData("@+", "+", "Op,Half,Voiced")]
    [Quote(Privmsg, "If <target> is a channel name, it may be prefixed with one or more channel membership prefix character (@, +, etc) and the message will be delivered only to the members of that channel with the given or higher status in the channel.")]
    public async Task Those_of_the_rank_and_above_hear_it_and_the_others_do_not(string prefix, string shown, string heard)
    {
        var all = await RanksAsync();

        Assert.Empty(await AskAsync(all[3], $"PRIVMSG {prefix}#room :psst"));

        foreach (var client in all)
        {
            string[] expected = heard.Split(',').Contains(client.Nick) ? [$":Plain!~plain@localhost PRIVMSG {shown}#room :psst"] : [];
            Assert.Equal(expected, await HeardAsync(client));
        }
    }

    [Fact]
    public async Task A_notice_goes_the_same_way()
    {
        var all = await RanksAsync();

        await all[0].AskAsync("NOTICE @#room :psst");
        await all[0].AskAsync("NOTICE +#room :psst");

        Assert.Equal([":Op!~op@localhost NOTICE +#room :psst"], await HeardAsync(all[1]));
    }

    [Fact]
    public async Task Its_author_is_shown_it_if_it_wants_echoes_though_it_has_no_rank()
    {
        var all = await MeetAsync(("Op", ""), ("Plain", "echo-message"));

        Assert.Equal([":Plain!~plain@localhost PRIVMSG @#room :psst"], await AskAsync(all[1], "PRIVMSG @#room :psst"));
    }

    [Fact]
    public async Task Whoever_may_not_speak_in_the_room_may_not_speak_to_its_operators()
    {
        var all = await MeetAsync("Op", "Plain");
        await all[0].AskAsync("MODE #room +m");
        await CatchUpAsync(all);
        var outside = await Server.RegisterAsync("Outside");

        Assert.Equal([":parley 404 Plain @#room :Cannot send to channel"], await AskAsync(all[1], "PRIVMSG @#room :psst"));
        Assert.Equal("404", Assert.Single(await outside.AskAsync("PRIVMSG @#room :psst")).Command);
        await all[0].ExpectNothingAsync();
    }

    [Fact]
    public async Task It_keeps_its_place_among_what_is_said_to_all()
    {
        var all = await MeetAsync("Op", "Plain");

        await all[1].SendAllAsync("PRIVMSG #room :1", "PRIVMSG @#room :2", "PRIVMSG #room :3");

        foreach (var (target, text) in new[] { ("#room", "1"), ("@#room", "2"), ("#room", "3") })
        {
            await all[0].ExpectLineAsync($":Plain!~plain@localhost PRIVMSG {target} :{text}");
        }
    }

    [Fact]
    [Quote(Privmsg, "Servers that support this feature will list the prefixes which this is supported for in the STATUSMSG RPL_ISUPPORT parameter, and this SHOULD NOT be attempted by clients unless the prefix has been advertised in this token.")]
    public async Task The_prefixes_are_advertised()
    {
        var client = await Server.ConnectAsync();
        await client.SendAllAsync("NICK Ann", "USER ann 0 * :Ann");

        Assert.Contains(await client.SyncAsync(), line => line.Command == "005" && line.Parameters.Contains("STATUSMSG=@%+"));
    }

    private async Task<IrcClient[]> RanksAsync()
    {
        var all = await MeetAsync("Op", "Half", "Voiced", "Plain");
        await all[0].AskAsync("MODE #room +hv Half Voiced");
        await CatchUpAsync(all);
        return all;
    }
}
