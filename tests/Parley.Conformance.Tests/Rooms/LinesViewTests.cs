using Parley.Conformance.Tests.Support;
using Parley.TestKit;

namespace Parley.Conformance.Tests.Rooms;

/// <summary>What somebody on the lines protocol sees of what IRC clients do to its room (docs/protocols/lines.md).</summary>
public sealed class LinesViewTests : RoomTest
{
    [Theory]
    [InlineData("TOPIC #main :tea: at five", "Ann changed the topic: tea: at five")]
    [InlineData("KICK #main Bob :enough", "Bob left, kicked by Ann (enough)")]
    [InlineData("TOPIC #main :\u0002bo\u0002ld \u000304,05red\u0003 \u0004ff0000hex\u0004", "Ann changed the topic: bold red hex")]
    [InlineData("KICK #main Bob :\u000304too\u0003 loud", "Bob left, kicked by Ann (too loud)")]
    [InlineData("MODE #main +o Bob", "Ann made Bob an operator")]
    [InlineData("MODE #main +h Bob", "Ann made Bob a half-operator")]
    [InlineData("MODE #main +v Bob", "Ann gave Bob a voice")]
    [InlineData("MODE #main -o Ann", "Ann made Ann an operator no more")]
    [InlineData("MODE #main +m", "Ann made the room moderated")]
    [InlineData("MODE #main +i", "Ann made the room invite-only")]
    [InlineData("MODE #main +b *!*@bad", "Ann banned *!*@bad")]
    [InlineData("MODE #main +mv-n Bob", "Ann made the room moderated", "Ann gave Bob a voice")]
    [InlineData("PRIVMSG #main :hi", "Ann: hi")]
    [InlineData("PART #main :bye", "Ann left")]
    [InlineData("QUIT :bye", "Ann left")]
    [InlineData("NICK Eve", "Ann is now Eve")]
    public async Task It_is_told_in_words(string done, params string[] told)
    {
        var all = await Server.JoinAllAsync("#main", ("Ann", ""), ("Bob", ""));
        var lena = await Server.EnterLinesAsync("Lena");

        await all[0].SendAsync(done);

        await lena.ExpectAsync(told);
    }

    [Theory]
    [InlineData("MODE #main +n-t")]
    [InlineData("MODE #main +spkl sesame 9")]
    [InlineData("MODE #main +eI x x")]
    [InlineData("INVITE Bob #main")]
    [InlineData("SETNAME :other")]
    public async Task What_does_not_concern_it_is_not_told_also_where_times_are_on(string done)
    {
        var ann = await Server.JoinAsync("Ann", "#main");
        await Server.RegisterAsync("Bob");
        var lena = await Server.EnterLinesAsync("Lena");
        await lena.SendLineAsync("/times on");
        await lena.ExpectAsync("Times are on");

        await ann.SendAsync(done);
        await ann.AskAsync("PRIVMSG #main :end");

        await lena.ExpectMatchAsync(@"\[\d\d:\d\d\] Ann: end");
    }

    [Fact]
    public async Task Every_line_of_a_change_has_its_time_where_times_are_on()
    {
        var all = await Server.JoinAllAsync("#main", ("Ann", ""), ("Bob", ""));
        var lena = await Server.EnterLinesAsync("Lena");
        await lena.SendLineAsync("/times on");
        await lena.ExpectAsync("Times are on");

        await all[0].SendAsync("MODE #main +mv Bob");

        await lena.ExpectMatchAsync(@"\[\d\d:\d\d\] Ann made the room moderated");
        await lena.ExpectMatchAsync(@"\[\d\d:\d\d\] Ann gave Bob a voice");
    }

    [Theory]
    [InlineData("hello", "You are in no room, /join one")]
    [InlineData("/me waves", "You are in no room, /join one")]
    [InlineData("/topic", "You are in no room, /join one")]
    [InlineData("/topic tea", "You are in no room, /join one")]
    [InlineData("/history", "You are in no room, /join one")]
    [InlineData("/search tea", "You are in no room, /join one")]
    [InlineData("/users", "Users - ")]
    [InlineData("/rooms", "Rooms - main (1)")]
    [InlineData("/name Lea", "Lena is now Lea")]
    [InlineData("/msg Ann hi", "to Ann: hi")]
    [InlineData("/times on", "Times are on")]
    [InlineData("/join", "Room must be 2 - 20 alphanumeric chars")]
    [InlineData("/join rust", "You joined rust")]
    [InlineData("/join main", "You joined main")]
    public async Task Whoever_is_kicked_is_in_no_room_and_every_command_says_what_to_make_of_it(string said, string told)
    {
        var (ann, lena) = await KickedAsync();

        await lena.SendLineAsync(said);

        await lena.ExpectAsync(told);
        await ann.SyncAsync();
    }

    [Fact]
    public async Task Whoever_is_kicked_may_quit()
    {
        var (_, lena) = await KickedAsync();

        await lena.SendLineAsync("/quit");

        await lena.ExpectClosedAsync();
    }

    [Fact]
    public async Task Whoever_is_kicked_hears_no_more_of_the_room()
    {
        var (ann, lena) = await KickedAsync();

        await ann.AskAsync("PRIVMSG #main :so");
        await lena.SendLineAsync("/join rust");

        await lena.ExpectAsync("You joined rust");
    }

    [Theory]
    [InlineData("+i", "/join room", "room is by invitation only")]
    [InlineData("+k sesame", "/join room", "room needs a key, /join room {key}")]
    [InlineData("+k sesame", "/join room wrong", "room needs a key, /join room {key}")]
    [InlineData("+l 1", "/join room", "room is full")]
    [InlineData("+b lena", "/join room", "You are banned from room")]
    public async Task Whoever_is_not_let_in_is_told_why_and_stays_where_it_is(string modes, string said, string told)
    {
        var ann = await Server.JoinAsync("Ann");
        await ann.AskAsync($"MODE #room {modes}");
        var lena = await Server.EnterLinesAsync("Lena");

        await lena.SendLineAsync(said);
        await lena.SendLineAsync("still here");

        await lena.ExpectAsync(told, "Lena: still here");
        await ann.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_key_is_given_behind_the_room()
    {
        var ann = await Server.JoinAsync("Ann");
        await ann.AskAsync("MODE #room +k sesame");
        var lena = await Server.EnterLinesAsync("Lena");

        await lena.SendLineAsync("/join room sesame");

        await lena.ExpectAsync("You joined room");
    }

    [Fact]
    public async Task Whoever_is_banned_from_main_is_greeted_and_told_to_go_elsewhere()
    {
        var ann = await Server.JoinAsync("Ann", "#main");
        await ann.AskAsync("MODE #main +b *!lines@*");
        var guest = await ScriptedClient.ConnectAsync(Server.AddressOf("lines"), "guest");

        await guest.ReadUntilAsync("You are banned from main");
        await guest.ExpectAsync("You are in no room, /join one");
        await guest.SendLineAsync("/join rust");
        await guest.ExpectAsync("You joined rust");
        await guest.DisposeAsync();
    }

    [Fact]
    public async Task A_secret_room_is_listed_for_those_who_are_in_it()
    {
        var ann = await Server.JoinAsync("Ann", "#cellar");
        await ann.AskAsync("MODE #cellar +s");
        var lena = await Server.EnterLinesAsync("Lena");

        await lena.SendLineAsync("/rooms");
        await lena.ExpectAsync("Rooms - main (1)");
        await lena.SendLineAsync("/join cellar");
        await lena.ExpectAsync("You joined cellar");
        await lena.SendLineAsync("/rooms");
        await lena.ExpectAsync("Rooms - cellar (2)");
    }

    [Fact]
    public async Task A_moderated_room_hears_it_when_it_is_given_a_voice()
    {
        var ann = await Server.JoinAsync("Ann", "#main");
        await ann.AskAsync("MODE #main +m");
        var lena = await Server.EnterLinesAsync("Lena");

        await lena.SendLineAsync("hush");
        await lena.ExpectAsync("You may not speak in main");
        await ann.AskAsync("MODE #main +v Lena");
        await lena.ExpectAsync("Ann gave Lena a voice");
        await lena.SendLineAsync("thanks");
        await lena.ExpectAsync("Lena: thanks");
    }

    [Fact]
    public async Task What_somebody_on_lines_does_IRC_clients_see()
    {
        var lena = await Server.EnterLinesAsync("Lena");
        var ann = await Server.JoinAsync("Ann", "#main");
        await lena.ExpectAsync("Ann joined");

        foreach (var said in new[] { "/topic tea", "hi", "/me waves", "/name Lea", "/quit" })
        {
            await lena.SendLineAsync(said);
        }

        await ann.ExpectLineAsync(":Lena!lines@localhost TOPIC #main :tea");
        await ann.ExpectLineAsync(":Lena!lines@localhost PRIVMSG #main :hi");
        await ann.ExpectLineAsync(":Lena!lines@localhost PRIVMSG #main :\u0001ACTION waves\u0001");
        await ann.ExpectLineAsync(":Lena!lines@localhost NICK Lea");
        Assert.Equal("QUIT", (await ann.ReadAsync()).Command);
    }

    private async Task<(IrcClient Ann, ScriptedClient Lena)> KickedAsync()
    {
        var ann = await Server.JoinAsync("Ann", "#main");
        var lena = await Server.EnterLinesAsync("Lena");
        await ann.AskAsync("KICK #main Lena :enough");
        await lena.ExpectAsync("Lena left, kicked by Ann (enough)");
        return (ann, lena);
    }
}
