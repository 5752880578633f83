using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Rooms;

/// <summary>https://modern.ircdocs.horse/#secret-channel-mode: nothing that somebody outside tries tells that there is such a room.</summary>
public sealed class SecretRoomTests : RoomTest
{
    [Theory]
    [InlineData("TOPIC {0}", "403")]
    [InlineData("TOPIC {0} :new", "403")]
    [InlineData("MODE {0}", "403")]
    [InlineData("MODE {0} b", "403")]
    [InlineData("MODE {0} +o Bob", "403")]
    [InlineData("KICK {0} Ann", "403")]
    [InlineData("INVITE Bob {0}", "403")]
    [InlineData("RENAME {0} #other", "403")]
    [InlineData("PART {0}", "403")]
    [InlineData("PRIVMSG {0} :hi", "403")]
    [InlineData("PRIVMSG @{0} :hi", "403")]
    [InlineData("NAMES {0}", "366")]
    [InlineData("WHO {0}", "315")]
    [InlineData("NOTICE {0} :hi", "")]
    [Quote("https://modern.ircdocs.horse/#secret-channel-mode", "A channel that is set to secret will not show up in responses to the LIST or NAMES command unless the client sending the command is joined to the channel.")]
    public async Task To_whoever_is_outside_it_is_as_if_there_were_no_such_room(string line, string numeric)
    {
        var ann = await Server.JoinAsync("Ann");
        await ann.AskAsync("MODE #room +s");
        var bob = await Server.RegisterAsync("Bob");

        var secret = await AskAsync(bob, string.Format(null, line, "#room"));
        var none = await AskAsync(bob, string.Format(null, line, "#moor"));

        Assert.Equal(none, secret.Select(answer => answer.Replace("#room", "#moor", StringComparison.Ordinal)));
        Assert.Equal(numeric.Length == 0 ? [] : [numeric], secret.Select(answer => answer.Split(' ')[1]));
        await ann.ExpectNothingAsync();
    }
}
