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
    [InlineData("TBAN {0} 1h x!*@*", "403")]
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

    [Theory]
    [InlineData("+si", "JOIN #room")]
    [InlineData("+sk sesame", "JOIN #room")]
    [InlineData("+sk sesame", "JOIN #room wrong")]
    [InlineData("+sl 1", "JOIN #room")]
    [InlineData("+sb *!*@*", "JOIN #room")]
    [InlineData("+sm-n", "PRIVMSG #room :hi")]
    [InlineData("+sb-n *!*@*", "PRIVMSG #room :hi")]
    public async Task Whatever_keeps_somebody_out_the_answer_is_the_same(string modes, string line)
    {
        var ann = await Server.JoinAsync("Ann");
        await ann.AskAsync($"MODE #room {modes}");
        var bob = await Server.RegisterAsync("Bob");

        Assert.Equal([":parley 403 Bob #room :No such channel"], await AskAsync(bob, line));
        await ann.ExpectNothingAsync();
    }

    [Theory]
    [InlineData("+si", "/join room")]
    [InlineData("+sk sesame", "/join room")]
    [InlineData("+sl 1", "/join room")]
    [InlineData("+sb *!*@*", "/join room")]
    public async Task Nor_is_anybody_on_lines_told_why_it_is_kept_out(string modes, string line)
    {
        var ann = await Server.JoinAsync("Ann");
        await ann.AskAsync($"MODE #room {modes}");
        var lena = await Server.EnterLinesAsync("Lena");

        await lena.SendLinesAsync(line, "/rooms");

        await lena.ExpectAsync("You may not come into room");
        await lena.ExpectAsync("Rooms - main (1)");
        await ann.ExpectNothingAsync();
    }

    [Fact]
    public async Task On_lines_a_wrong_key_of_a_secret_room_is_a_second_word_as_in_no_room_and_the_right_one_opens_it()
    {
        var ann = await Server.JoinAsync("Ann");
        await ann.AskAsync("MODE #room +sk sesame");
        var lena = await Server.EnterLinesAsync("Lena");

        await lena.SendLinesAsync("/join room wrong", "/join moor wrong", "/join room sesame");

        await lena.ExpectAsync("Room must be 2 - 20 alphanumeric chars");
        await lena.ExpectAsync("Room must be 2 - 20 alphanumeric chars");
        await lena.ExpectAsync("You joined room");
    }

    [Fact]
    public async Task Whoever_was_asked_in_may_know_of_it()
    {
        var ann = await Server.JoinAsync("Ann");
        await ann.AskAsync("MODE #room +si");
        await ann.AskAsync("TOPIC #room :tea");
        var bob = await Server.RegisterAsync("Bob");
        await ann.AskAsync("INVITE Bob #room");
        await bob.SyncAsync();

        Assert.Contains(":parley 332 Bob #room :tea", await AskAsync(bob, "TOPIC #room"));
        Assert.Equal([":parley 366 Bob #room :End of /NAMES list"], await AskAsync(bob, "NAMES #room"));
        Assert.Contains(await AskAsync(bob, "JOIN #room"), answer => answer.Contains("JOIN #room", StringComparison.Ordinal));
    }

    [Fact]
    public async Task That_somebody_is_in_a_private_room_is_told_by_no_question()
    {
        var ann = await Server.JoinAsync("Ann");
        await ann.AskAsync("MODE #room +p");
        var bob = await Server.RegisterAsync("Bob");

        foreach (var line in new[] { "WHOIS Ann", "WHO Ann", "WHO *", "WHO #room", "NAMES #room" })
        {
            Assert.DoesNotContain(await AskAsync(bob, line), answer => answer.Contains("#room", StringComparison.Ordinal) && answer.Contains("Ann", StringComparison.Ordinal));
        }
    }
}
