using Parley.Conformance.Tests.Support;
using Parley.TestKit;

namespace Parley.Conformance.Tests;

/// <summary>People on lines, addressed and IRC see each other in every way that one of them can show.</summary>
public sealed class CrossProtocolTests : ConformanceTest
{
    private const string FromLena = ":Lena!lines@localhost";
    private const string FromAdam = ":adam!addressed@localhost";

    private ScriptedClient _lena = null!;
    private ScriptedClient _adam = null!;
    private IrcClient _ann = null!;

    [Fact]
    public async Task A_room_is_a_channel_of_the_same_name()
    {
        await MeetAsync();
        await _lena.SendLineAsync("/rooms");
        await _lena.ExpectAsync("Rooms - main (2)");
        Assert.Equal(["Ann", "Lena"], (await _ann.AskAsync("NAMES #main"))[0].Text.Split(' ').Select(name => name.TrimStart('@')).Order());
        await _lena.SendLineAsync("/users");
        await _lena.ExpectAsync("Users - Ann, Lena");
    }

    [Fact]
    public async Task What_is_said_on_IRC_is_read_on_lines()
    {
        await MeetAsync();
        await _ann.AskAsync("PRIVMSG #main :hello: you, \u00e4\u4e2d\U0001F600");
        await _lena.ExpectAsync("Ann: hello: you, \u00e4\u4e2d\U0001F600");
    }

    [Fact]
    public async Task What_is_said_on_lines_is_read_on_IRC()
    {
        await MeetAsync();
        await _lena.SendLineAsync("hello: you, \u00e4\u4e2d\U0001F600");
        await _lena.ExpectAsync("Lena: hello: you, \u00e4\u4e2d\U0001F600");
        await _ann.ExpectLineAsync($"{FromLena} PRIVMSG #main :hello: you, \u00e4\u4e2d\U0001F600");
    }

    [Fact]
    public async Task A_direct_message_goes_from_each_to_each()
    {
        await MeetAsync();

        await _ann.AskAsync("PRIVMSG Lena,adam :from irc");
        await _lena.ExpectAsync("from Ann: from irc");
        await _adam.ExpectAsync("from Ann: from irc");

        await _lena.SendLinesAsync("/msg Ann from lines", "/msg adam from lines");
        await _lena.ExpectAsync("to Ann: from lines", "to adam: from lines");
        await _ann.ExpectLineAsync($"{FromLena} PRIVMSG Ann :from lines");
        await _adam.ExpectAsync("from Lena: from lines");

        await _adam.SendLineAsync("Ann, lena: from addressed");
        await _lena.ExpectAsync("from adam: from addressed");
        await _ann.ExpectLineAsync($"{FromAdam} PRIVMSG Ann :from addressed");
    }

    [Fact]
    public async Task Nobody_of_that_name_is_told_in_each_ones_words()
    {
        await MeetAsync();
        Assert.Equal("401", Assert.Single(await _ann.AskAsync("PRIVMSG Nobody :hi")).Command);
        await _lena.SendLineAsync("/msg Nobody hi");
        await _lena.ExpectAsync("Nobody is not here");
        await _adam.SendLineAsync("Nobody: hi");
        await _adam.ExpectAsync("error: Nobody is not here");
    }

    [Fact]
    public async Task Whoever_joins_and_leaves_on_IRC_does_on_lines()
    {
        await MeetAsync();
        var bob = await Server.JoinAsync("Bob", "#main");
        await _lena.ExpectAsync("Bob joined");
        await bob.AskAsync("PART #main :bye");
        await _lena.ExpectAsync("Bob left");
    }

    [Fact]
    public async Task Whoever_joins_and_leaves_on_lines_does_on_IRC()
    {
        await MeetAsync();
        await _lena.SendLineAsync("/join elsewhere");
        await _lena.ExpectAsync("You joined elsewhere");
        await _ann.ExpectLineAsync($"{FromLena} PART #main");
        await _lena.SendLineAsync("/join main");
        await _lena.ExpectAsync("You joined main");
        await _ann.ExpectLineAsync($"{FromLena} JOIN #main");
    }

    [Fact]
    public async Task Whoever_quits_is_gone_for_all()
    {
        await MeetAsync();
        var bob = await Server.JoinAsync("Bob", "#main");
        await _lena.ExpectAsync("Bob joined");
        await _ann.ExpectAsync("JOIN");

        await bob.SendAsync("QUIT :bye");
        await _lena.ExpectAsync("Bob left");
        await _ann.ExpectLineAsync(":Bob!~bob@localhost QUIT :Quit: bye");

        await _lena.SendLineAsync("/quit");
        Assert.Equal(["QUIT", "Lena"], [(await _ann.ExpectAsync("QUIT")).Command, "Lena"]);
        await _adam.SendLineAsync("Lena, Bob: still here?");
        await _adam.ExpectAsync("error: Lena is not here", "error: Bob is not here");
    }

    [Fact]
    public async Task A_rename_on_IRC_is_one_on_lines()
    {
        await MeetAsync();
        await _ann.AskAsync("NICK Anna");
        await _lena.ExpectAsync("Ann is now Anna");
        await _adam.SendLineAsync("Ann: hi");
        await _adam.ExpectAsync("error: Ann is not here");
    }

    [Fact]
    public async Task A_rename_on_lines_is_one_on_IRC()
    {
        await MeetAsync();
        await _lena.SendLineAsync("/name Helena");
        await _lena.ExpectAsync("Lena is now Helena");
        await _ann.ExpectLineAsync($"{FromLena} NICK Helena");
    }

    [Fact]
    public async Task A_name_belongs_to_one_whatever_the_protocol()
    {
        await MeetAsync();
        Assert.Equal("433", Assert.Single(await _ann.AskAsync("NICK LENA")).Command);
        Assert.Equal("433", Assert.Single(await _ann.AskAsync("NICK adam")).Command);
        await _lena.SendLineAsync("/name ann");
        await _lena.ExpectAsync("ann is already taken");
        await using var second = await ScriptedClient.ConnectAsync(Server.AddressOf("addressed"));
        await second.SendLineAsync("Lena");
        await second.ExpectMatchAsync("error: Lena is already taken.*");
    }

    [Fact]
    public async Task An_action_on_IRC_is_one_on_lines()
    {
        await MeetAsync();
        await _ann.AskAsync("PRIVMSG #main :\u0001ACTION waves\u0001");
        await _lena.ExpectAsync("* Ann waves");
    }

    [Fact]
    public async Task An_action_on_lines_is_one_on_IRC()
    {
        await MeetAsync();
        await _lena.SendLineAsync("/me waves");
        await _lena.ExpectAsync("* Lena waves");
        await _ann.ExpectLineAsync($"{FromLena} PRIVMSG #main :\u0001ACTION waves\u0001");
    }

    [Fact]
    public async Task An_action_to_one_user_reads_as_one()
    {
        await MeetAsync();
        await _ann.AskAsync("PRIVMSG Lena,adam :\u0001ACTION waves\u0001");
        await _lena.ExpectAsync("from Ann: * Ann waves");
        await _adam.ExpectAsync("from Ann: * Ann waves");
    }

    [Fact]
    public async Task A_notice_is_told_from_what_is_said()
    {
        await MeetAsync();
        await _ann.AskAsync("NOTICE #main :mind the gap");
        await _ann.AskAsync("NOTICE Lena,adam :mind the step");
        await _lena.ExpectAsync("-Ann- mind the gap", "from Ann: mind the step");
        await _adam.ExpectAsync("from Ann: mind the step");
    }

    [Fact]
    public async Task Several_lines_are_several_lines_of_theirs()
    {
        await MeetAsync("draft/multiline batch");
        await _ann.SendAllAsync("BATCH +1 draft/multiline #main", "@batch=1 PRIVMSG #main :one", "@batch=1 PRIVMSG #main :", "@batch=1 PRIVMSG #main :two", "BATCH -1");
        await _ann.SendAllAsync("BATCH +1 draft/multiline adam", "@batch=1 PRIVMSG adam :three", "@batch=1 PRIVMSG adam :four", "BATCH -1");
        await _lena.ExpectAsync("Ann: one", "Ann: two");
        await _adam.ExpectAsync("from Ann: three", "from Ann: four");
    }

    [Theory]
    [InlineData("\u0002bold\u0002 \u001ditalic\u000f", "bold italic")]
    [InlineData("\u00034red\u0003 \u000304,12both\u0003", "red both")]
    [InlineData("\u00031,2,3", ",3")]
    [InlineData("\u0003,5", ",5")]
    [InlineData("\u00031234", "34")]
    [InlineData("\u0004ff0000red\u0004 \u0004abc", "red abc")]
    [InlineData("\u001b[2Jgone", "[2Jgone")]
    public async Task Formatting_is_left_out(string said, string shown)
    {
        await MeetAsync();
        await _ann.AskAsync($"PRIVMSG #main :{said}");
        await _ann.AskAsync($"PRIVMSG adam :{said}");
        await _lena.ExpectAsync($"Ann: {shown}");
        await _adam.ExpectAsync($"from Ann: {shown}");
    }

    [Fact]
    public async Task What_only_clients_of_IRC_understand_is_not_shown_to_others()
    {
        await MeetAsync("message-tags");
        Assert.Empty(await _ann.AskAsync("@+typing=active TAGMSG #main,Lena,adam"));
        Assert.Empty(await _ann.AskAsync("PRIVMSG #main,Lena,adam :\u0001VERSION\u0001"));
        await _ann.AskAsync("PRIVMSG #main,Lena,adam :hello");
        await _lena.ExpectAsync("Ann: hello", "from Ann: hello");
        await _adam.ExpectAsync("from Ann: hello");
    }

    [Fact]
    public async Task With_times_each_line_has_its_own_and_what_is_not_shown_has_none()
    {
        await MeetAsync("message-tags draft/multiline batch");
        await _lena.SendLineAsync("/times on");
        await _lena.ReadLineAsync();
        await _ann.AskAsync("@+typing=active TAGMSG #main");
        await _ann.SendAllAsync("BATCH +1 draft/multiline #main", "@batch=1 PRIVMSG #main :one", "@batch=1 PRIVMSG #main :two", "BATCH -1");
        await _ann.AskAsync("NOTICE #main :three");
        await _lena.ExpectAsync("[12:00] Ann: one", "[12:00] Ann: two", "[12:00] -Ann- three");
    }

    [Fact]
    public async Task All_see_one_order()
    {
        await MeetAsync("echo-message");
        for (var i = 0; i < 50; i++)
        {
            await _lena.SendLineAsync($"l{i}");
            await _ann.SendAsync($"PRIVMSG #main :a{i}");
        }

        var lena = new List<string>();
        while (lena.Count < 100)
        {
            lena.Add((await _lena.ReadLineAsync())!.Split(": ")[1]);
        }

        Assert.Equal(lena, (await _ann.SyncAsync()).Select(line => line.Text));
    }

    /// <summary>Lena on lines and Ann on IRC, both in the first room, and Adam on addressed, who is in none.</summary>
    private async Task MeetAsync(string capabilities = "")
    {
        _lena = await Server.EnterLinesAsync("Lena");
        _ann = await Server.JoinAsync("Ann", "#main", capabilities);
        await _lena.ExpectAsync("Ann joined");
        _adam = await Server.EnterAddressedAsync("adam");
    }

    [Fact]
    public async Task Control_characters_from_a_protocol_of_plain_lines_are_no_commands_to_IRC_clients()
    {
        var ann = await Server.JoinAsync("Ann", "#main");
        var lena = await Server.EnterLinesAsync("Lena");
        var bert = await Server.EnterAddressedAsync("Bert");
        await ann.SyncAsync();

        await lena.SendLinesAsync("\u0001VERSION\u0001", "/msg Ann \u0001PING 1\u0001", "/me \u0002waves", "\u0001");
        await bert.SendLineAsync("Ann: \u0001TIME\u0001");

        string[] texts = [(await ann.ExpectAsync("PRIVMSG")).Text, (await ann.ExpectAsync("PRIVMSG")).Text, (await ann.ExpectAsync("PRIVMSG")).Text, (await ann.ExpectAsync("PRIVMSG")).Text];
        Assert.Equal(["PING 1", "TIME", "VERSION", "\u0001ACTION waves\u0001"], texts.OrderBy(text => text[0] == 1).ThenBy(text => text, StringComparer.Ordinal));
        await ann.ExpectNothingAsync();
    }
}
